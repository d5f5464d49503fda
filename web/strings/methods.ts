import type { Language } from './language.ts'
import { methodAr } from './method-ar.ts'
import { methodDe } from './method-de.ts'
import { methodEn } from './method-en.ts'
import { methodEs } from './method-es.ts'
import { methodFr } from './method-fr.ts'
import { methodJa } from './method-ja.ts'
import { methodPt } from './method-pt.ts'
import type { MethodWords } from './method-words.ts'

/** The methodology by language; a language without it does not compile. */
export const methodWords: Record<Language, MethodWords> = {
  en: methodEn,
  de: methodDe,
  es: methodEs,
  fr: methodFr,
  pt: methodPt,
  ja: methodJa,
  ar: methodAr,
}
