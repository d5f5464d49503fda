import { en, type Strings } from './en.ts'

export const pt: Strings = en
