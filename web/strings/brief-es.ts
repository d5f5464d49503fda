import type { BriefWords } from './brief-words.ts'

export const briefEs: BriefWords = {
  headlineTimes: '{service}: los avisos llegaron a {ratio} veces lo habitual',
  headlinePlain: '{service}: más avisos de problemas de lo habitual',
  headlineSpillOver: '{service}: aumento de avisos durante un incidente de {other}',
  headlineDismissed: '{service}: aumento de avisos, no considerado una caída',

  suspected: 'Este aumento es una sospecha sin confirmar: los indicios son débiles o proceden de muy pocas redes.',
  neverConfirmed: 'Este aumento nunca se confirmó: los indicios fueron débiles o procedieron de muy pocas redes.',
  spillOver:
    'Este aumento se clasifica como efecto indirecto: un incidente de {other} transcurrió en los mismos minutos y regiones, fue mayor y empezó antes. No demuestra que {service} fallara.',
  spillOverUnknown:
    'Este aumento se clasifica como efecto indirecto de un incidente ajeno. No demuestra que {service} fallara.',
  dismissed: 'El operador de esta instancia descartó este aumento: no cuenta como una caída de {service}.',

  onset:
    'Los avisos de problemas con {service} empezaron a aumentar hacia este momento: {time} UTC (estimación; entre {from} y {until} UTC).',
  onsetPoint: 'Los avisos de problemas con {service} empezaron a aumentar hacia este momento: {time} UTC (estimación).',
  onsetLocal: 'Hora local de donde procedió la parte más grande del aumento ({place}): {time} (zona de {zone}).',

  noticed: 'Se advirtió por los avisos de los visitantes: {time} UTC, {delay} después del inicio estimado.',
  noticedAtOnce:
    'Se advirtió por los avisos de los visitantes: {time} UTC, menos de un minuto después del inicio estimado.',
  confirmed: 'Lo confirmaron avisos de suficientes redes: {time} UTC.',
  reopened: 'Tras haberse anotado un final, los avisos volvieron a aumentar: {time} UTC.',

  reportsFrom: {
    one: 'Se contó {count} aviso de problemas, de {reporters}.',
    many: 'Se contaron {count} de avisos de problemas, de {reporters}.',
    other: 'Se contaron {count} avisos de problemas, de {reporters}.',
  },
  reportsOnly: {
    one: 'Se contó {count} aviso de problemas.',
    many: 'Se contaron {count} de avisos de problemas.',
    other: 'Se contaron {count} avisos de problemas.',
  },
  noReports: 'No se contó ningún aviso de problemas.',
  reporters: {
    one: '{count} persona',
    many: '{count} de personas distintas',
    other: '{count} personas distintas',
  },
  reportersAtMost: {
    one: '{count} persona como máximo',
    many: '{count} de personas distintas como máximo (quien avisa en dos días UTC cuenta en cada uno)',
    other: '{count} personas distintas como máximo (quien avisa en dos días UTC cuenta en cada uno)',
  },
  reportersUnknown: 'No consta de cuántas personas distintas proceden.',
  caveat:
    'Un aviso es la palabra de una sola persona: los avisos no dicen cuántos clientes tuvieron el problema ni qué proporción del total.',

  peakTimes: {
    one: 'En el máximo llegó {count} aviso en los 15 minutos hasta {time} UTC: {ratio} veces los {expected} habituales a esa hora de la semana.',
    many: 'En el máximo llegaron {count} de avisos en los 15 minutos hasta {time} UTC: {ratio} veces los {expected} habituales a esa hora de la semana.',
    other:
      'En el máximo llegaron {count} avisos en los 15 minutos hasta {time} UTC: {ratio} veces los {expected} habituales a esa hora de la semana.',
  },
  peakRare: {
    one: 'En el máximo llegó {count} aviso en los 15 minutos hasta {time} UTC; a esa hora de la semana lo habitual es menos de uno.',
    many: 'En el máximo llegaron {count} de avisos en los 15 minutos hasta {time} UTC; a esa hora de la semana lo habitual es menos de uno.',
    other:
      'En el máximo llegaron {count} avisos en los 15 minutos hasta {time} UTC; a esa hora de la semana lo habitual es menos de uno.',
  },
  peakPlain: {
    one: 'En el máximo llegó {count} aviso en los 15 minutos hasta {time} UTC; a esa hora de la semana son habituales unos {expected}.',
    many: 'En el máximo llegaron {count} de avisos en los 15 minutos hasta {time} UTC; a esa hora de la semana son habituales unos {expected}.',
    other:
      'En el máximo llegaron {count} avisos en los 15 minutos hasta {time} UTC; a esa hora de la semana son habituales unos {expected}.',
  },
  peakEarlier:
    'Esos 15 minutos empezaron antes del inicio estimado y por eso contienen avisos que no están en el total.',
  secondPeak: {
    one: 'Un segundo máximo, con {count} aviso en 15 minutos: {time} UTC.',
    many: 'Un segundo máximo, con {count} de avisos en 15 minutos: {time} UTC.',
    other: 'Un segundo máximo, con {count} avisos en 15 minutos: {time} UTC.',
  },

  types: {
    one: 'Qué fallaba, según {count} aviso: {list}.',
    many: 'Qué fallaba, según {count} de avisos: {list}.',
    other: 'Qué fallaba, según {count} avisos: {list}.',
  },
  typeItem: '{type} ({share})',
  typesFew: 'Muy pocos avisos dicen qué fallaba para dar proporciones.',
  typesUnknown: 'Ningún aviso dice qué fallaba.',
  errorTypes: {
    unavailable: 'servicio no disponible',
    timeout: 'tiempo de espera agotado',
    login: 'fallo al iniciar sesión',
    slow: 'lentitud',
    connection: 'sin conexión',
    feature: 'falla una parte',
    data: 'datos erróneos o ausentes',
    other: 'otra cosa',
  },

  whereMany: 'El aumento procedió de muchos países, sobre todo de {list}.',
  whereList: 'De dónde procedió el aumento: {list}.',
  whereOne: 'Hasta donde se conoce el lugar, el aumento procedió solo de {place}.',
  whereRest: 'El {share} restante procedió de otros lugares o de lugares desconocidos.',
  whereUnknown: 'No se sabe de dónde procedieron los avisos.',
  whereNot: 'Los avisos se mantuvieron en su rango habitual en {list}.',
  whereNotUnknown: 'En otros lugares los avisos habituales son muy pocos para decir si el servicio funcionaba allí.',
  unplaced: 'El {share} de los avisos no indica lugar.',
  placeItem: '{place} ({share})',

  votes: {
    one: 'De {count} voto, el {share} dijo «problema» y el resto «a mí me funciona» (intervalo del 95 %: de {lower} a {upper}). Quien vota se elige a sí mismo: no es una proporción de todos los clientes.',
    many: 'De {count} de votos, el {share} dijo «problema» y el resto «a mí me funciona» (intervalo del 95 %: de {lower} a {upper}). Quien vota se elige a sí mismo: no es una proporción de todos los clientes.',
    other:
      'De {count} votos, el {share} dijo «problema» y el resto «a mí me funciona» (intervalo del 95 %: de {lower} a {upper}). Quien vota se elige a sí mismo: no es una proporción de todos los clientes.',
  },
  votesNone: 'Nadie votó que funciona, así que no puede darse una proporción entre los votos.',

  providerNone: 'Aquí no consta ninguna declaración del proveedor de {service}; eso no significa que no la hubiera.',
  providerAfter:
    'El proveedor de {service} lo reconoció por primera vez: {time} UTC, {delay} después de que destacaran los avisos y {sinceOnset} después del inicio estimado.',
  providerSame:
    'El proveedor de {service} lo reconoció por primera vez: {time} UTC, en el mismo minuto en que destacaron los avisos.',
  providerBefore:
    'El proveedor de {service} ya lo había reconocido: {time} UTC, {delay} antes de que destacaran los avisos.',
  providerSaid: 'Sus últimas palabras registradas: «{text}» ({time} UTC).',
  providerResolved: 'Dio el problema por resuelto: {time} UTC.',
  source: '(Fuente: {url})',

  cause: 'Causa, según el proveedor ({time} UTC): «{text}».',
  causeNone: 'No consta aquí que el proveedor haya indicado una causa.',
  causeUnknown: 'No consta aquí ninguna causa.',
  workaround: 'Solución provisional, según el proveedor ({time} UTC): «{text}».',

  ended:
    'Los avisos volvieron a su rango habitual: {time} UTC, {duration} después del inicio estimado. Este final se deduce de los avisos, no desde dentro del servicio.',
  ongoing: 'No había terminado: {time} UTC, {duration} después del inicio estimado.',

  reclassified: 'Corrección ({time} UTC): se clasifica como {to} en vez de {from}.',
  classes: { outage: 'caída', 'spill-over': 'efecto indirecto', dismissed: 'ninguna caída' },
  annotated: 'Nota ({time} UTC): {text}',
  asOf: 'Todas las cifras a fecha de {time} UTC, según la versión {version} del método.',

  safe: {
    one: 'Outcry contó {count} aviso de problemas con {service} entre {from} y {until} UTC; un aviso es la palabra de una sola persona y no un número de clientes.',
    many: 'Outcry contó {count} de avisos de problemas con {service} entre {from} y {until} UTC; un aviso es la palabra de una sola persona y no un número de clientes.',
    other:
      'Outcry contó {count} avisos de problemas con {service} entre {from} y {until} UTC; un aviso es la palabra de una sola persona y no un número de clientes.',
  },
  safeNone: 'Outcry no contó ningún aviso de problemas con {service} entre {from} y {until} UTC.',
}
