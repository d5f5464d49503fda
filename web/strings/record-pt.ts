import { type RecordStrings, recordEn } from './record-en.ts'

export const recordPt: RecordStrings = recordEn
