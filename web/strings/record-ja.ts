import { type RecordStrings, recordEn } from './record-en.ts'

export const recordJa: RecordStrings = recordEn
