import { type RecordStrings, recordEn } from './record-en.ts'

export const recordEs: RecordStrings = recordEn
