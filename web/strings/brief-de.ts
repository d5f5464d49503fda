import type { BriefWords } from './brief-words.ts'

export const briefDe: BriefWords = {
  headlineTimes: '{service}: Meldungen erreichten das {ratio}-Fache des Üblichen',
  headlinePlain: '{service}: mehr Störungsmeldungen als üblich',
  headlineSpillOver: '{service}: mehr Meldungen während einer Störung bei {other}',
  headlineDismissed: '{service}: Anstieg der Meldungen, nicht als Störung gewertet',

  suspected:
    'Dieser Anstieg ist ein Verdacht und nicht bestätigt: Die Hinweise sind schwach oder stammen aus zu wenigen Netzen.',
  neverConfirmed:
    'Dieser Anstieg wurde nie bestätigt: Die Hinweise blieben schwach oder stammten aus zu wenigen Netzen.',
  spillOver:
    'Dieser Anstieg gilt als Folge eines anderen: Eine Störung bei {other} lief in denselben Minuten und Regionen, war größer und begann früher. Er belegt nicht, dass {service} selbst ausfiel.',
  spillOverUnknown:
    'Dieser Anstieg gilt als Folge einer Störung an anderer Stelle. Er belegt nicht, dass {service} selbst ausfiel.',
  dismissed: 'Der Betreiber dieser Instanz hat den Anstieg verworfen: Er zählt nicht als Störung von {service}.',

  onset:
    'Störungsmeldungen zu {service} begannen etwa um diese Zeit zuzunehmen: {time} UTC (geschätzt; zwischen {from} und {until} UTC).',
  onsetPoint: 'Störungsmeldungen zu {service} begannen etwa um diese Zeit zuzunehmen: {time} UTC (geschätzt).',
  onsetLocal: 'Ortszeit dort, wo der größte Teil des Anstiegs herkam ({place}): {time} (Zeitzone {zone}).',

  noticed: 'Bemerkt aus den Meldungen der Besucher: {time} UTC, {delay} nach dem geschätzten Beginn.',
  noticedAtOnce: 'Bemerkt aus den Meldungen der Besucher: {time} UTC, binnen einer Minute nach dem geschätzten Beginn.',
  confirmed: 'Bestätigt durch Meldungen aus genügend Netzen: {time} UTC.',
  reopened: 'Nachdem schon ein Ende vermerkt war, nahmen die Meldungen wieder zu: {time} UTC.',

  reportsFrom: {
    one: 'Gezählt wurde {count} Störungsmeldung von {reporters}.',
    other: 'Gezählt wurden {count} Störungsmeldungen von {reporters}.',
  },
  reportsOnly: {
    one: 'Gezählt wurde {count} Störungsmeldung.',
    other: 'Gezählt wurden {count} Störungsmeldungen.',
  },
  noReports: 'Es wurde keine Störungsmeldung gezählt.',
  reporters: { one: '{count} meldenden Person', other: '{count} verschiedenen Meldenden' },
  reportersAtMost: {
    one: 'höchstens {count} meldenden Person',
    other: 'höchstens {count} verschiedenen Meldenden (wer an zwei Tagen nach UTC meldet, zählt an jedem)',
  },
  reportersUnknown: 'Von wie vielen verschiedenen Meldenden sie stammen, ist nicht festgehalten.',
  caveat:
    'Eine Meldung ist die Aussage einer einzelnen Person: Aus Meldungen folgt weder, wie viele Kunden das Problem hatten, noch welcher Anteil aller Kunden.',

  peakTimes: {
    one: 'Höhepunkt: {count} Meldung in den 15 Minuten bis {time} UTC, das {ratio}-Fache der {expected}, die zu dieser Stunde der Woche üblich sind.',
    other:
      'Höhepunkt: {count} Meldungen in den 15 Minuten bis {time} UTC, das {ratio}-Fache der {expected}, die zu dieser Stunde der Woche üblich sind.',
  },
  peakRare: {
    one: 'Höhepunkt: {count} Meldung in den 15 Minuten bis {time} UTC; üblich ist zu dieser Stunde der Woche weniger als eine.',
    other:
      'Höhepunkt: {count} Meldungen in den 15 Minuten bis {time} UTC; üblich ist zu dieser Stunde der Woche weniger als eine.',
  },
  peakPlain: {
    one: 'Höhepunkt: {count} Meldung in den 15 Minuten bis {time} UTC; üblich sind zu dieser Stunde der Woche etwa {expected}.',
    other:
      'Höhepunkt: {count} Meldungen in den 15 Minuten bis {time} UTC; üblich sind zu dieser Stunde der Woche etwa {expected}.',
  },
  peakEarlier:
    'Diese 15 Minuten begannen vor dem geschätzten Beginn und enthalten daher Meldungen, die in der Gesamtzahl nicht stehen.',
  secondPeak: {
    one: 'Ein zweiter Höhepunkt mit {count} Meldung in 15 Minuten: {time} UTC.',
    other: 'Ein zweiter Höhepunkt mit {count} Meldungen in 15 Minuten: {time} UTC.',
  },

  types: {
    one: 'Was nicht ging, laut {count} Meldung: {list}.',
    other: 'Was nicht ging, laut {count} Meldungen: {list}.',
  },
  typeItem: '{type} ({share})',
  typesFew: 'Zu wenige Meldungen sagen, was nicht ging, um Anteile anzugeben.',
  typesUnknown: 'Keine Meldung sagt, was nicht ging.',
  errorTypes: {
    unavailable: 'Dienst nicht verfügbar',
    timeout: 'Zeitüberschreitung',
    login: 'Anmeldung scheitert',
    slow: 'langsam',
    connection: 'keine Verbindung',
    feature: 'ein Teil geht nicht',
    data: 'falsche oder fehlende Daten',
    other: 'etwas anderes',
  },

  whereMany: 'Der Anstieg kam aus vielen Ländern, voran {list}.',
  whereList: 'Woher der Anstieg kam: {list}.',
  whereOne: 'Soweit der Ort bekannt ist, kam der Anstieg von einem einzigen: {place}.',
  whereRest: 'Die übrigen {share} kamen von anderen oder unbekannten Orten.',
  whereUnknown: 'Woher die Meldungen kamen, ist nicht bekannt.',
  whereNot: 'Im üblichen Bereich blieben die Meldungen hier: {list}.',
  whereNotUnknown: 'Anderswo sind zu wenige Meldungen üblich, um zu sagen, ob der Dienst dort ging.',
  unplaced: '{share} der Meldungen haben keine Ortsangabe.',
  placeItem: '{place} ({share})',

  votes: {
    one: 'Von {count} Stimme sagten {share} „Problem“ und der Rest „bei mir geht es“ (95-%-Intervall {lower} bis {upper}). Wer abstimmt, wählt sich selbst aus; das ist kein Anteil aller Kunden.',
    other:
      'Von {count} Stimmen sagten {share} „Problem“ und der Rest „bei mir geht es“ (95-%-Intervall {lower} bis {upper}). Wer abstimmt, wählt sich selbst aus; das ist kein Anteil aller Kunden.',
  },
  votesNone: 'Niemand meldete, dass es geht; daher lässt sich kein Anteil unter den Stimmen angeben.',

  providerNone:
    'Eine Stellungnahme des Anbieters von {service} ist hier nicht festgehalten; das heißt nicht, dass es keine gab.',
  providerAfter:
    'Der Anbieter von {service} bestätigte es zuerst: {time} UTC, {delay} nachdem die Meldungen auffielen und {sinceOnset} nach dem geschätzten Beginn.',
  providerSame:
    'Der Anbieter von {service} bestätigte es zuerst: {time} UTC, in der Minute, in der die Meldungen auffielen.',
  providerBefore:
    'Der Anbieter von {service} hatte es schon bestätigt: {time} UTC, {delay} bevor die Meldungen auffielen.',
  providerSaid: 'Seine letzte festgehaltene Aussage: „{text}“ ({time} UTC).',
  providerResolved: 'Er erklärte das Problem für behoben: {time} UTC.',
  source: '(Quelle: {url})',

  cause: 'Ursache laut Anbieter ({time} UTC): „{text}“.',
  causeNone: 'Der Anbieter hat, soweit hier festgehalten, keine Ursache genannt.',
  causeUnknown: 'Eine Ursache ist hier nicht festgehalten.',
  workaround: 'Umgehung laut Anbieter ({time} UTC): „{text}“.',

  ended:
    'Die Meldungen waren wieder im üblichen Bereich: {time} UTC, {duration} nach dem geschätzten Beginn. Dieses Ende ist aus den Meldungen erschlossen, nicht aus dem Inneren des Dienstes.',
  ongoing: 'Noch nicht zu Ende: Stand {time} UTC, {duration} nach dem geschätzten Beginn.',

  reclassified: 'Berichtigung ({time} UTC): eingestuft als {to} statt als {from}.',
  classes: { outage: 'Störung', 'spill-over': 'Folge einer anderen Störung', dismissed: 'keine Störung' },
  annotated: 'Anmerkung ({time} UTC): {text}',
  asOf: 'Alle Zahlen nach dem Stand von {time} UTC, Methode Version {version}.',

  safe: {
    one: 'Outcry zählte {count} Störungsmeldung zu {service} zwischen {from} und {until} UTC; eine Meldung ist die Aussage einer einzelnen Person und keine Kundenzahl.',
    other:
      'Outcry zählte {count} Störungsmeldungen zu {service} zwischen {from} und {until} UTC; eine Meldung ist die Aussage einer einzelnen Person und keine Kundenzahl.',
  },
  safeNone: 'Outcry zählte keine Störungsmeldung zu {service} zwischen {from} und {until} UTC.',
}
