import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type Strings } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import type { Language } from './language.ts'
import { pt } from './pt.ts'

/** Every word of the pages, by language; a language without its catalogue does not compile. */
export const catalogues: Record<Language, Strings> = { en, de, es, fr, pt, ja, ar }
