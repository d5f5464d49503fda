import { en, type Strings } from './en.ts'

export const ar: Strings = en
