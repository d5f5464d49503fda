import type { BriefWords } from './brief-words.ts'

export const briefPt: BriefWords = {
  headlineTimes: '{service}: os relatos chegaram a {ratio} vezes o nível habitual',
  headlinePlain: '{service}: mais relatos de problemas que o habitual',
  headlineSpillOver: '{service}: aumento de relatos durante um incidente em {other}',
  headlineDismissed: '{service}: aumento de relatos, não considerado uma falha',

  suspected: 'Este aumento é uma suspeita não confirmada: os indícios são fracos ou vêm de poucas redes.',
  neverConfirmed: 'Este aumento nunca foi confirmado: os indícios foram fracos ou vieram de poucas redes.',
  spillOver:
    'Este aumento é classificado como efeito indireto: um incidente em {other} ocorreu nos mesmos minutos e regiões, foi maior e começou antes. Não prova que {service} tenha falhado.',
  spillOverUnknown:
    'Este aumento é classificado como efeito indireto de um incidente em outro lugar. Não prova que {service} tenha falhado.',
  dismissed: 'O operador desta instância descartou este aumento: ele não conta como uma falha de {service}.',

  onset:
    'Os relatos de problemas com {service} começaram a aumentar por volta deste momento: {time} UTC (estimativa; entre {from} e {until} UTC).',
  onsetPoint:
    'Os relatos de problemas com {service} começaram a aumentar por volta deste momento: {time} UTC (estimativa).',
  onsetLocal: 'Hora local de onde veio a maior parcela do aumento ({place}): {time} (fuso de {zone}).',

  noticed: 'Percebido pelos relatos dos visitantes: {time} UTC, {delay} após o início estimado.',
  noticedAtOnce: 'Percebido pelos relatos dos visitantes: {time} UTC, menos de um minuto após o início estimado.',
  confirmed: 'Confirmado por relatos de redes suficientes: {time} UTC.',
  reopened: 'Depois de um fim já registrado, os relatos voltaram a aumentar: {time} UTC.',

  reportsFrom: {
    one: 'Foi contado {count} relato de problema, de {reporters}.',
    many: 'Foram contados {count} de relatos de problemas, de {reporters}.',
    other: 'Foram contados {count} relatos de problemas, de {reporters}.',
  },
  reportsOnly: {
    one: 'Foi contado {count} relato de problema.',
    many: 'Foram contados {count} de relatos de problemas.',
    other: 'Foram contados {count} relatos de problemas.',
  },
  noReports: 'Nenhum relato de problema foi contado.',
  reporters: {
    one: '{count} pessoa',
    many: '{count} de pessoas distintas',
    other: '{count} pessoas distintas',
  },
  reportersAtMost: {
    one: 'no máximo {count} pessoa',
    many: 'no máximo {count} de pessoas distintas (quem relata em dois dias UTC conta em cada um)',
    other: 'no máximo {count} pessoas distintas (quem relata em dois dias UTC conta em cada um)',
  },
  reportersUnknown: 'Não consta de quantas pessoas distintas eles vieram.',
  caveat:
    'Um relato é a palavra de uma só pessoa: os relatos não dizem quantos clientes tiveram o problema nem que parcela do total.',

  peakTimes: {
    one: 'No auge, chegou {count} relato nos 15 minutos até {time} UTC: {ratio} vezes os {expected} habituais nessa hora da semana.',
    many: 'No auge, chegaram {count} de relatos nos 15 minutos até {time} UTC: {ratio} vezes os {expected} habituais nessa hora da semana.',
    other:
      'No auge, chegaram {count} relatos nos 15 minutos até {time} UTC: {ratio} vezes os {expected} habituais nessa hora da semana.',
  },
  peakRare: {
    one: 'No auge, chegou {count} relato nos 15 minutos até {time} UTC; nessa hora da semana o habitual é menos de um.',
    many: 'No auge, chegaram {count} de relatos nos 15 minutos até {time} UTC; nessa hora da semana o habitual é menos de um.',
    other:
      'No auge, chegaram {count} relatos nos 15 minutos até {time} UTC; nessa hora da semana o habitual é menos de um.',
  },
  peakPlain: {
    one: 'No auge, chegou {count} relato nos 15 minutos até {time} UTC; nessa hora da semana cerca de {expected} são habituais.',
    many: 'No auge, chegaram {count} de relatos nos 15 minutos até {time} UTC; nessa hora da semana cerca de {expected} são habituais.',
    other:
      'No auge, chegaram {count} relatos nos 15 minutos até {time} UTC; nessa hora da semana cerca de {expected} são habituais.',
  },
  peakEarlier: 'Esses 15 minutos começaram antes do início estimado e por isso contêm relatos que não estão no total.',
  secondPeak: {
    one: 'Um segundo pico, com {count} relato em 15 minutos: {time} UTC.',
    many: 'Um segundo pico, com {count} de relatos em 15 minutos: {time} UTC.',
    other: 'Um segundo pico, com {count} relatos em 15 minutos: {time} UTC.',
  },

  types: {
    one: 'O que falhava, segundo {count} relato: {list}.',
    many: 'O que falhava, segundo {count} de relatos: {list}.',
    other: 'O que falhava, segundo {count} relatos: {list}.',
  },
  typeItem: '{type} ({share})',
  typesFew: 'Poucos relatos dizem o que falhava para dar parcelas.',
  typesUnknown: 'Nenhum relato diz o que falhava.',
  errorTypes: {
    unavailable: 'serviço indisponível',
    timeout: 'tempo esgotado',
    login: 'falha ao entrar na conta',
    slow: 'lentidão',
    connection: 'sem conexão',
    feature: 'uma parte falha',
    data: 'dados errados ou ausentes',
    other: 'outra coisa',
  },

  whereMany: 'O aumento veio de muitos países, sobretudo: {list}.',
  whereList: 'De onde veio o aumento: {list}.',
  whereOne: 'Até onde se conhece o lugar, o aumento veio de um só: {place}.',
  whereRest: 'Os {share} restantes vieram de outros lugares ou de lugares desconhecidos.',
  whereUnknown: 'Não se sabe de onde vieram os relatos.',
  whereNot: 'Os relatos ficaram na faixa habitual nestes lugares: {list}.',
  whereNotUnknown: 'Em outros lugares são habituais relatos de menos para dizer se o serviço funcionava lá.',
  unplaced: '{share} dos relatos não indicam lugar.',
  placeItem: '{place} ({share})',

  votes: {
    one: 'De {count} voto, {share} disseram “problema” e o restante “para mim funciona” (intervalo de 95%: de {lower} a {upper}). Quem vota escolhe a si mesmo: não é uma parcela de todos os clientes.',
    many: 'De {count} de votos, {share} disseram “problema” e o restante “para mim funciona” (intervalo de 95%: de {lower} a {upper}). Quem vota escolhe a si mesmo: não é uma parcela de todos os clientes.',
    other:
      'De {count} votos, {share} disseram “problema” e o restante “para mim funciona” (intervalo de 95%: de {lower} a {upper}). Quem vota escolhe a si mesmo: não é uma parcela de todos os clientes.',
  },
  votesNone: 'Ninguém votou que funciona; por isso não se pode dar uma parcela entre os votos.',

  providerNone: 'Nenhuma declaração do provedor de {service} está registrada aqui; isso não significa que não houve.',
  providerAfter:
    'O provedor de {service} reconheceu o problema pela primeira vez: {time} UTC, {delay} depois que os relatos se destacaram e {sinceOnset} após o início estimado.',
  providerSame:
    'O provedor de {service} reconheceu o problema pela primeira vez: {time} UTC, no minuto em que os relatos se destacaram.',
  providerBefore:
    'O provedor de {service} já havia reconhecido o problema: {time} UTC, {delay} antes que os relatos se destacassem.',
  providerSaid: 'Suas últimas palavras registradas: “{text}” ({time} UTC).',
  providerResolved: 'Declarou o problema resolvido: {time} UTC.',
  source: '(Fonte: {url})',

  cause: 'Causa, segundo o provedor ({time} UTC): “{text}”.',
  causeNone: 'Nenhuma causa indicada pelo provedor está registrada aqui.',
  causeUnknown: 'Nenhuma causa está registrada aqui.',
  workaround: 'Solução provisória, segundo o provedor ({time} UTC): “{text}”.',

  ended:
    'Os relatos voltaram à faixa habitual: {time} UTC, {duration} após o início estimado. Este fim é deduzido dos relatos, não de dentro do serviço.',
  ongoing: 'Não havia terminado: {time} UTC, {duration} após o início estimado.',

  reclassified: 'Correção ({time} UTC): classificado como {to} em vez de {from}.',
  classes: { outage: 'falha', 'spill-over': 'efeito indireto', dismissed: 'nenhuma falha' },
  annotated: 'Nota ({time} UTC): {text}',
  asOf: 'Todos os números em {time} UTC, segundo a versão {version} do método.',

  safe: {
    one: 'O Outcry contou {count} relato de problema com {service} entre {from} e {until} UTC; um relato é a palavra de uma só pessoa, e não um número de clientes.',
    many: 'O Outcry contou {count} de relatos de problemas com {service} entre {from} e {until} UTC; um relato é a palavra de uma só pessoa, e não um número de clientes.',
    other:
      'O Outcry contou {count} relatos de problemas com {service} entre {from} e {until} UTC; um relato é a palavra de uma só pessoa, e não um número de clientes.',
  },
  safeNone: 'O Outcry não contou nenhum relato de problema com {service} entre {from} e {until} UTC.',
}
