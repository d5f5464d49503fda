import { briefAr } from './brief-ar.ts'
import { briefDe } from './brief-de.ts'
import { briefEn } from './brief-en.ts'
import { briefEs } from './brief-es.ts'
import { briefFr } from './brief-fr.ts'
import { briefJa } from './brief-ja.ts'
import { briefPt } from './brief-pt.ts'
import type { BriefWords } from './brief-words.ts'
import type { Language } from './language.ts'

/** The words of briefs by language; a language without them does not compile. */
export const briefWords: Record<Language, BriefWords> = {
  en: briefEn,
  de: briefDe,
  es: briefEs,
  fr: briefFr,
  pt: briefPt,
  ja: briefJa,
  ar: briefAr,
}
