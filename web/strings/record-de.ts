import { type RecordStrings, recordEn } from './record-en.ts'

export const recordDe: RecordStrings = recordEn
