import type { Plural } from './en.ts'

/** Parts of the methodology, in their order; each is an address (`/methodology#usual`) that figures link to. */
export const METHOD_SECTIONS = [
  'report',
  'once',
  'usual',
  'suspected',
  'onset',
  'severity',
  'suppression',
  'places',
  'spill-over',
  'biases',
  'example',
  'accuracy',
  'changes',
] as const

export type MethodSection = (typeof METHOD_SECTIONS)[number]

/** The whole prose of `/methodology`. Numbers that the program also works with are slots, so that they cannot differ. */
export interface MethodWords {
  contents: string
  titles: Record<MethodSection, string>
  /** Paragraphs of the parts that are prose alone. */
  prose: Record<Exclude<MethodSection, 'biases' | 'example' | 'accuracy' | 'changes'>, readonly string[]>
  biases: readonly string[]
  example: {
    none: string
    /** `{incident}` is a link. */
    lead: string
    peak: string
    onset: string
    votes: string
  }
  accuracy: {
    none: string
    watched: string
    rises: string
    erred: string
    /** After the sentence before, where there is something to divide by. */
    erredShare: string
    unknown: string
    delay: string
    wordAfter: Plural
    wordBefore: Plural
    /** What is measured on the counts themselves. */
    measured: {
      rate: string
      /** After the sentence before, while what was believed before still outweighs what was seen. */
      belief: string
      band: string
      /** Caption of a table of three columns. */
      peaks: string
      nats: string
      seen: string
      promised: string
    }
    /** `{link}` leads to the same measures as data. */
    data: string
  }
  changes: { inForce: string; version: string; what: Record<'1' | '2' | '3' | '4', string> }
}
