import { type RecordStrings, recordEn } from './record-en.ts'

export const recordAr: RecordStrings = recordEn
