import { en, type Strings } from './en.ts'

export const ja: Strings = en
