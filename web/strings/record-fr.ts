import { type RecordStrings, recordEn } from './record-en.ts'

export const recordFr: RecordStrings = recordEn
