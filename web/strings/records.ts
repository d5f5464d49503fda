import type { Language } from './language.ts'
import { recordAr } from './record-ar.ts'
import { recordDe } from './record-de.ts'
import { type RecordStrings, recordEn } from './record-en.ts'
import { recordEs } from './record-es.ts'
import { recordFr } from './record-fr.ts'
import { recordJa } from './record-ja.ts'
import { recordPt } from './record-pt.ts'

/** Words of the record's pages by language; a language without them does not compile. */
export const recordStrings: Record<Language, RecordStrings> = {
  en: recordEn,
  de: recordDe,
  es: recordEs,
  fr: recordFr,
  pt: recordPt,
  ja: recordJa,
  ar: recordAr,
}
