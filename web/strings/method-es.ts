import type { MethodWords } from './method-words.ts'

export const methodEs: MethodWords = {
  contents: 'En esta página',
  titles: {
    report: 'Qué es un aviso',
    once: 'Cómo cada persona cuenta una vez',
    usual: 'Qué es lo habitual',
    suspected: '«Sospecha» y «confirmado», en probabilidades',
    onset: 'Cuándo empezó',
    severity: 'Gravedad',
    suppression: 'Qué se reserva',
    places: 'De dónde proceden los avisos',
    'spill-over': 'Efectos indirectos',
    biases: 'Sesgos conocidos',
    example: 'Un ejemplo con sus cuentas',
    accuracy: 'Cómo ha acertado esta instancia',
    changes: 'Cambios del método',
  },
  prose: {
    report: [
      'Un aviso es una persona que dice «a mí me falla», o «a mí me funciona», de un servicio. Es la palabra de una persona, no una medición del servicio ni un número de clientes: la mayoría de quienes tienen un problema nunca avisa, y quienes no lo tienen rara vez vienen aquí. Los avisos dicen, pues, cuándo y dónde cambió algo y con qué fuerza; no pueden decir cuántos clientes tuvieron un problema.',
    ],
    once: [
      'La dirección de una persona (una dirección IPv4 o un /64 de IPv6) se convierte en un código con un secreto que cambia cada día y luego se destruye. El mismo código cuenta una vez por servicio en {voiceMinutes} minutos; lo que envía entretanto completa su aviso. Salvo en los minutos en torno a la medianoche UTC, no se puede reconocer a nadie de un día para otro; por eso, en un incidente que abarca dos días, el número de personas distintas es un máximo. Los avisos sueltos se borran a los {days} días; los recuentos se conservan.',
      'Una sola dirección, una red o una lista alquilada de proxies no debe crear una caída. Para la detección, cada aviso pesa menos cuanto más ha dicho su red en la última media hora: {weight}, con n avisos anteriores del mismo /24 (o /48) y w del /16 (o /32) que lo rodea. Un aumento solo se confirma cuando procede de al menos {networks} redes, y de más cuanto mayor es. Las cifras de las páginas son de personas, sin ponderar.',
    ],
    usual: [
      'Cada serie (un servicio en el mundo, en un país, en una región) se compara con su propio pasado: su nivel, su ritmo a lo largo del día y de la semana en hora local y su dispersión, sin los incidentes anteriores. La banda gris contiene el 95 % de lo que trae el azar. Queda fijada cuando termina un cuarto de hora: mañana, el gráfico de hoy mostrará la misma banda.',
    ],
    suspected: [
      'El indicio es una razón de verosimilitudes: cuánto mejor encajan los recuentos en un aumento que en el nivel habitual. Un aumento es una sospecha desde una razón de unos {suspectRatio} ({suspectNats} nats) y queda confirmado desde unos {openRatio} ({openNats} nats), si lo respaldan suficientes redes. Hacen falta razones tan altas porque cada minuto se vigilan miles de series.',
      'Dado que las caídas empiezan pocas veces, un aumento recién abierto es tan probable como el azar (probabilidad de un medio); cada factor de diez más en la razón multiplica por diez las posibilidades, y esa probabilidad es la «confidence» de un aumento. El umbral aspira a una falsa alarma por servicio y año; todas las regiones de un servicio comparten otra.',
      'Una alarma termina cuando los últimos recuentos encajan unas {endRatio} veces mejor ({endNats} nats) en el nivel habitual que en la mitad de la altura del aumento. «Sin datos» nunca se dibuja como «todo bien»: los minutos en que esta instancia no escuchaba son huecos.',
    ],
    onset: [
      'El inicio es el minuto desde el que los recuentos llegaron, lo más probable, a un ritmo mayor, con el intervalo de los minutos casi igual de probables; queda fijado en un cuarto de hora. Es una estimación: los avisos siguen a un fallo con minutos de retraso, y un fallo lento empieza antes de que nadie pueda notarlo.',
    ],
    severity: [
      'Crítica: 200 personas o más en 15 minutos en el mundo, a 20 veces lo habitual o más. Grave: 50 o más, a 5 veces o más. Si no, leve. Un incidente conserva la mayor gravedad que ha tenido.',
    ],
    suppression: [
      'Los recuentos de un lugar por debajo de {smallest} personas no se muestran, ni en las páginas ni en los archivos, y tampoco aquello que permitiría deducirlos de los totales. Con ellos se ocultan lugares sin avisos, para que no se sepa cuál tiene alguno. En el archivo abierto saldría el mismo fichero, procedieran de donde procedieran esos avisos. Los totales mundiales y los tipos de fallo se muestran tal cual, porque no dicen nada de un lugar.',
    ],
    places: [
      'El lugar se estima por la dirección o lo elige la persona dentro del país que ve la plataforma. El país suele ser correcto; la región es una estimación, porque las redes móviles a menudo salen a internet en otro sitio. La dirección misma no se guarda. Los lugares siguen la norma ISO 3166-2. Donde una frontera está en disputa, decide el prefijo del código ISO; los límites son de Natural Earth.',
    ],
    'spill-over': [
      'Cuando falla una red, todo lo que está en ella parece averiado. Un incidente en los mismos minutos y regiones que otro mayor y anterior de otro servicio, casi siempre un competidor, se clasifica como efecto indirecto si subió mucho menos sobre su propia normalidad. Los servicios de varios tipos que suben por igual más bien comparten una causa, y sus historias se enlazan. Un operador puede corregir la clasificación, y la corrección lleva fecha y permanece.',
    ],
  },
  biases: [
    'Se avisa cuando el servicio importa en ese momento: las noches, los fines de semana y los festivos son más tranquilos.',
    'Las noticias de una caída traen avisos; un segundo aumento puede seguir a los titulares y no al fallo.',
    'Desde lenguas y países en los que este sitio es poco conocido llegan menos avisos.',
    'Los votos de que funciona son de los pocos que miran aunque nada vaya mal.',
    'El final es cuando los avisos vuelven al rango habitual, que puede ser antes o después de la reparación; es una estimación, que se da unos diez minutos más tarde, cuando ya es segura.',
  ],
  example: {
    none: 'Ningún incidente de esta instancia es todavía bastante grande para mostrar las cuentas.',
    lead: '{incident}; clase: {class}; gravedad: {severity}.',
    peak: 'En los 15 minutos hasta las {time} UTC llegaron {observed} avisos de problemas, cuando a esa hora de la semana son habituales {expected}: {observed} / {expected} = {ratio} veces lo habitual.',
    onset:
      'El indicio empezó a crecer a las {onset} UTC (entre {from} y {until}) y bastó a las {noticed}: {delay} después del inicio.',
    votes:
      'Problemas: {problems}; «funciona»: {ok}; votos: {votes}. Así, el {share} de los votos son problemas; el intervalo de Wilson del 95 % para {problems} de {votes} va de {lower} a {upper}. Es una proporción de los votos y de nada más.',
  },
  accuracy: {
    none: 'Esta instancia no ha advertido todavía ningún aumento, así que no hay nada con que juzgarla.',
    watched: 'Desde el {since} (un año como máximo). Series vigiladas ahora: {series}; servicios: {services}.',
    rises: 'Aumentos confirmados: {confirmed}. Aumentos que quedaron en sospecha: {suspected}.',
    erred:
      'De los confirmados, descartados después por no ser caídas: {dismissed}; explicados por otro servicio: {spillOvers}.',
    erredShare: 'Es el {share} de todos los confirmados.',
    unknown: 'Los errores que nadie ha advertido no están en estas cifras.',
    delay: 'La mitad de los aumentos confirmados se advirtió dentro de este plazo desde el inicio estimado: {delay}.',
    wordAfter: {
      one: 'En {count} incidente consta la palabra del proveedor; llegó {delay} después de que se advirtiera.',
      many: 'En {count} de incidentes consta la palabra del proveedor; llegó {delay} después de que se advirtieran (mediana).',
      other:
        'En {count} incidentes consta la palabra del proveedor; llegó {delay} después de que se advirtieran (mediana).',
    },
    wordBefore: {
      one: 'En {count} incidente consta la palabra del proveedor; llegó {delay} antes de que se advirtiera.',
      many: 'En {count} de incidentes consta la palabra del proveedor; llegó {delay} antes de que se advirtieran (mediana).',
      other:
        'En {count} incidentes consta la palabra del proveedor; llegó {delay} antes de que se advirtieran (mediana).',
    },
    measured: {
      rate: 'Falsas alarmas por serie mundial y semana, estimadas a partir de los últimos {days} días ({weeks} semanas de serie vigiladas): {rate}; intervalo del 95 %: de {lower} a {upper}. Prometido: como máximo {promised}.',
      belief: 'Se ha vigilado tan poco que esto es sobre todo lo que se suponía antes.',
      band: 'Cuartos de hora fuera de incidentes en los que se esperaba lo suficiente: {quarters}. Dentro de su banda gris del 95 %: {within}; por debajo: {below}; por encima: {above}.',
      peaks:
        'Picos de evidencia de los que no salió un aumento confirmado. La evidencia es sólida si en todos los niveles se ven menos de los que permite la promesa.',
      nats: 'Evidencia, al menos (nats)',
      seen: 'Vistos',
      promised: 'Permitidos',
    },
    data: 'Lo mismo como datos: {link}.',
  },
  changes: {
    inForce:
      'Versión vigente: {version}. Cada cifra lleva la versión con la que se hizo; una versión nueva no cambia lo dicho antes.',
    version: 'Versión {version}, {since}',
    what: {
      '1': 'Primer método publicado: verosimilitudes exactas de los recuentos frente a un ritmo semanal aprendido, pesos según la diversidad de redes y, para cada serie, una parte de un presupuesto común de alarmas.',
      '2': 'El final de un festivo o de un silencio no cuenta como subida; una caída en la primera semana de una serie sigue abierta y no se toma por habitual; las series con colas más pesadas que las del modelo se reconocen antes.',
      '3': 'La dispersión de una serie se aprende aparte de los festivos y de otros errores de lo previsto; lo que una serie vio una sola vez, durante una alarma de su primera semana, no se toma por habitual; en intervalos de más de un minuto (recuentos ajenos que se juzgan con este método), un exceso no dice más de lo que permite su rareza en el pasado de la propia serie, salvo que persista.',
      '4': 'Lo que subió a la misma hora tres días seguidos se toma por habitual desde el cuarto día, hasta el triple de lo habitual antes; una alarma continúa cuando la subida disminuye sin acabar; la mezcla de errores no se juzga mientras el número de avisos da cuenta de una caída, y su cambio solo se confirma si se mantiene también según el peso de las redes; una subida se atribuye a otro servicio según cuánto supera cada uno su propio nivel habitual; inicio y final se estiman a partir de los recuentos, el inicio con su intervalo.',
    },
  },
}
