import type { MethodWords } from './method-words.ts'

export const methodPt: MethodWords = {
  contents: 'Nesta página',
  titles: {
    report: 'O que é um relato',
    once: 'Como cada pessoa conta uma vez',
    usual: 'O que é habitual',
    suspected: '“Suspeita” e “confirmado”, em probabilidades',
    onset: 'Quando começou',
    severity: 'Gravidade',
    suppression: 'O que é retido',
    places: 'De onde vêm os relatos',
    'spill-over': 'Efeitos indiretos',
    biases: 'Vieses conhecidos',
    example: 'Um exemplo com as contas',
    accuracy: 'Como esta instância tem acertado',
    changes: 'Mudanças do método',
  },
  prose: {
    report: [
      'Um relato é uma pessoa dizendo “para mim falha”, ou “para mim funciona”, sobre um serviço. É a palavra de uma pessoa, não uma medição do serviço nem um número de clientes: a maioria de quem tem um problema nunca o relata, e quem não tem raramente vem aqui. Os relatos dizem, portanto, quando e onde algo mudou, e com que força; não podem dizer quantos clientes tiveram um problema.',
    ],
    once: [
      'O endereço de uma pessoa (um endereço IPv4 ou um /64 de IPv6) é transformado em um código com um segredo que muda todos os dias e depois é destruído. O mesmo código conta uma vez por serviço em {voiceMinutes} minutos; o que envia nesse intervalo completa o seu relato. Fora dos minutos em torno da meia-noite UTC, ninguém pode ser reconhecido de um dia para o outro; por isso, num incidente que abrange dois dias, o número de pessoas distintas é um máximo. Relatos isolados são apagados após {days} dias; as contagens ficam.',
      'Um único endereço, uma rede ou uma lista alugada de proxies não deve criar uma falha. Para a detecção, cada relato pesa menos quanto mais a sua rede disse na última meia hora: {weight}, com n relatos anteriores do mesmo /24 (ou /48) e w do /16 (ou /32) em torno dele. Um aumento só é confirmado quando vem de pelo menos {networks} redes, e de mais redes quanto maior for. As contagens das páginas são de pessoas, sem ponderação.',
    ],
    usual: [
      'Cada série (um serviço no mundo, num país, numa região) é comparada com o seu próprio passado: o seu nível, o seu ritmo ao longo do dia e da semana na hora local e a sua dispersão, sem os incidentes passados. A faixa cinza contém 95% do que o acaso traz. Ela é congelada quando termina um quarto de hora: amanhã, o gráfico de hoje mostrará a mesma faixa.',
    ],
    suspected: [
      'O indício é uma razão de verossimilhanças: quanto melhor as contagens se ajustam a um aumento do que ao nível habitual. Um aumento é suspeita a partir de uma razão de cerca de {suspectRatio} ({suspectNats} nats) e é confirmado a partir de cerca de {openRatio} ({openNats} nats), com redes suficientes por trás. Razões assim são necessárias porque milhares de séries são observadas a cada minuto.',
      'Como as falhas começam raramente, um aumento recém-aberto é tão provável quanto o acaso (probabilidade de um meio); cada fator de dez a mais na razão multiplica as chances por dez, e essa probabilidade é a “confidence” de um aumento. O limiar visa um alarme falso por serviço e ano; todas as regiões de um serviço dividem outro.',
      'Um alarme termina quando as últimas contagens se ajustam cerca de {endRatio} vezes melhor ({endNats} nats) ao nível habitual do que à metade da altura do aumento. “Sem dados” nunca é desenhado como “tudo bem”: os minutos em que esta instância não ouvia são lacunas.',
    ],
    onset: [
      'O início é o minuto a partir do qual as contagens vieram, o mais provavelmente, a um ritmo maior, com o intervalo dos minutos quase tão prováveis; fica fixado em um quarto de hora. É uma estimativa: os relatos seguem uma falha com minutos de atraso, e uma falha lenta começa antes que alguém possa notá-la.',
    ],
    severity: [
      'Crítica: 200 pessoas ou mais em 15 minutos no mundo, a 20 vezes o habitual ou mais. Grave: 50 ou mais, a 5 vezes ou mais. Senão, leve. Um incidente guarda a maior gravidade que teve.',
    ],
    suppression: [
      'Contagens de um lugar abaixo de {smallest} pessoas não são mostradas, nem nas páginas nem nos arquivos, e tampouco o que permitiria deduzi-las dos totais. Com elas são ocultados lugares sem relatos, para que não se saiba qual deles tem algum. No arquivo aberto sairia o mesmo ficheiro, viessem de onde viessem esses relatos. Os totais mundiais e os tipos de falha são mostrados como são, pois não dizem nada de um lugar.',
    ],
    places: [
      'O lugar é estimado pelo endereço, ou escolhido pela pessoa dentro do país que a plataforma vê. O país costuma estar certo; a região é uma estimativa, pois as redes móveis muitas vezes saem para a internet em outro lugar. O próprio endereço não é guardado. Os lugares seguem a ISO 3166-2. Onde uma fronteira é disputada, decide o prefixo do código ISO; os limites são da Natural Earth.',
    ],
    'spill-over': [
      'Quando uma rede falha, tudo o que está nela parece quebrado. Um incidente nos mesmos minutos e regiões que outro maior e anterior de outro serviço, quase sempre um concorrente, é classificado como seu efeito indireto se subiu muito menos acima do seu próprio normal. Serviços de vários tipos que sobem por igual antes têm uma causa comum, e as suas histórias são ligadas. Um operador pode corrigir a classificação, e a correção é datada e permanece.',
    ],
  },
  biases: [
    'As pessoas relatam quando o serviço lhes importa naquele momento: noites, fins de semana e feriados são mais calmos.',
    'Notícias de uma falha trazem relatos; um segundo aumento pode seguir as manchetes e não a falha.',
    'De línguas e países em que este site é pouco conhecido vêm menos relatos.',
    'Os votos de que funciona vêm dos poucos que olham embora nada esteja errado.',
    'O fim é quando os relatos voltam à faixa habitual, o que pode ser antes ou depois do conserto; é uma estimativa, dada uns dez minutos mais tarde, quando é segura.',
  ],
  example: {
    none: 'Nenhum incidente desta instância é ainda grande o bastante para mostrar as contas.',
    lead: '{incident}; classe: {class}; gravidade: {severity}.',
    peak: 'Nos 15 minutos até {time} UTC vieram {observed} relatos de problemas, quando {expected} são habituais a essa hora da semana: {observed} / {expected} = {ratio} vezes o habitual.',
    onset:
      'O indício começou a crescer às {onset} UTC (entre {from} e {until}) e bastou às {noticed}: {delay} após o início.',
    votes:
      'Problemas: {problems}; “funciona”: {ok}; votos: {votes}. Assim, {share} dos votos são problemas; o intervalo de Wilson de 95% para {problems} de {votes} vai de {lower} a {upper}. É uma parcela dos votos, e de nada mais.',
  },
  accuracy: {
    none: 'Esta instância ainda não notou nenhum aumento, de modo que não há nada por que julgá-la.',
    watched: 'Desde {since} (no máximo um ano). Séries observadas agora: {series}; serviços: {services}.',
    rises: 'Aumentos confirmados: {confirmed}. Aumentos que ficaram em suspeita: {suspected}.',
    erred:
      'Dos confirmados, descartados depois por não serem falhas: {dismissed}; explicados por outro serviço: {spillOvers}.',
    erredShare: 'São {share} de todos os confirmados.',
    unknown: 'Erros que ninguém notou não estão nestes números.',
    delay: 'Metade dos aumentos confirmados foi notada dentro deste prazo após o início estimado: {delay}.',
    wordAfter: {
      one: 'Em {count} incidente há palavra do provedor registrada; ela veio {delay} depois de notado (mediana).',
      many: 'Em {count} de incidentes há palavra do provedor registrada; ela veio {delay} depois de notados (mediana).',
      other: 'Em {count} incidentes há palavra do provedor registrada; ela veio {delay} depois de notados (mediana).',
    },
    wordBefore: {
      one: 'Em {count} incidente há palavra do provedor registrada; ela veio {delay} antes de notado (mediana).',
      many: 'Em {count} de incidentes há palavra do provedor registrada; ela veio {delay} antes de notados (mediana).',
      other: 'Em {count} incidentes há palavra do provedor registrada; ela veio {delay} antes de notados (mediana).',
    },
    measured: {
      rate: 'Alarmes falsos por série mundial e semana, estimados a partir dos últimos {days} dias ({weeks} semanas de série observadas): {rate}; intervalo de 95%: de {lower} a {upper}. Prometido: no máximo {promised}.',
      belief: 'Observou-se tão pouco que isto é sobretudo o que se supunha antes.',
      band: 'Quartos de hora fora de incidentes em que se esperava o bastante: {quarters}. Dentro da sua faixa cinzenta de 95%: {within}; abaixo: {below}; acima: {above}.',
      peaks:
        'Picos de evidência de que não saiu nenhum aumento confirmado. A evidência é sólida se em todos os níveis se veem menos do que a promessa permite.',
      nats: 'Evidência, no mínimo (nats)',
      seen: 'Vistos',
      promised: 'Permitidos',
    },
    data: 'O mesmo como dados: {link}.',
  },
  changes: {
    inForce:
      'Versão em vigor: {version}. Cada número traz a versão com que foi feito; uma versão nova não muda o que foi dito antes.',
    version: 'Versão {version}, {since}',
    what: {
      '1': 'Primeiro método publicado: verossimilhanças exatas das contagens face a um ritmo semanal aprendido, pesos pela diversidade de redes e, para cada série, uma parte de um orçamento comum de alarmes.',
      '2': 'O fim de um feriado ou de um silêncio não conta como subida; uma falha na primeira semana de uma série continua aberta e não é tida por habitual; as séries com caudas mais pesadas do que as do modelo são reconhecidas mais cedo.',
      '3': 'A dispersão de uma série é aprendida à parte dos feriados e de outros erros do previsto; o que uma série viu uma única vez, durante um alarme da sua primeira semana, não é tido por habitual; em intervalos de mais de um minuto (contagens de terceiros avaliadas com este método), um excesso não diz mais do que a sua raridade no passado da própria série permite, a não ser que persista.',
      '4': 'O que subiu à mesma hora em três dias seguidos é tido por habitual a partir do quarto dia, até ao triplo do que antes era habitual; um alarme continua quando a subida diminui sem acabar; a mistura de erros não é avaliada enquanto o número de relatos indica uma falha, e a sua mudança só é confirmada se também se mantiver segundo o peso das redes; uma subida é atribuída a outro serviço conforme cada um excede o seu próprio nível habitual; início e fim são estimados a partir das contagens, o início com o seu intervalo.',
    },
  },
}
