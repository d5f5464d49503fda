import type { BriefWords } from './brief-words.ts'

export const briefFr: BriefWords = {
  headlineTimes: '{service} : les signalements ont atteint {ratio} fois le niveau habituel',
  headlinePlain: '{service} : plus de signalements de problèmes que d’habitude',
  headlineSpillOver: '{service} : hausse des signalements pendant un incident chez {other}',
  headlineDismissed: '{service} : hausse des signalements, non retenue comme panne',

  suspected:
    'Cette hausse est un soupçon, non confirmé : les indices sont minces ou proviennent de trop peu de réseaux.',
  neverConfirmed:
    'Cette hausse n’a jamais été confirmée : les indices sont restés minces ou provenaient de trop peu de réseaux.',
  spillOver:
    'Cette hausse est classée comme un contrecoup : un incident chez {other} s’est déroulé aux mêmes minutes et dans les mêmes régions, plus ample et plus précoce. Elle ne prouve pas que {service} soit en cause.',
  spillOverUnknown:
    'Cette hausse est classée comme le contrecoup d’un incident survenu ailleurs. Elle ne prouve pas que {service} soit en cause.',
  dismissed: 'L’opérateur de cette instance a écarté cette hausse : elle ne compte pas comme une panne de {service}.',

  onset:
    'Les signalements de problèmes avec {service} ont commencé à augmenter vers ce moment : {time} UTC (estimation ; entre {from} et {until} UTC).',
  onsetPoint:
    'Les signalements de problèmes avec {service} ont commencé à augmenter vers ce moment : {time} UTC (estimation).',
  onsetLocal: 'Heure locale là d’où venait la plus grande part de la hausse ({place}) : {time} (fuseau de {zone}).',

  noticed: 'Repéré d’après les signalements des visiteurs : {time} UTC, {delay} après le début estimé.',
  noticedAtOnce:
    'Repéré d’après les signalements des visiteurs : {time} UTC, moins d’une minute après le début estimé.',
  confirmed: 'Confirmé par des signalements venus d’assez de réseaux : {time} UTC.',
  reopened: 'Après une fin déjà notée, les signalements ont de nouveau augmenté : {time} UTC.',

  reportsFrom: {
    one: '{count} signalement de problème a été compté, de la part de {reporters}.',
    many: '{count} de signalements de problèmes ont été comptés, de la part de {reporters}.',
    other: '{count} signalements de problèmes ont été comptés, de la part de {reporters}.',
  },
  reportsOnly: {
    one: '{count} signalement de problème a été compté.',
    many: '{count} de signalements de problèmes ont été comptés.',
    other: '{count} signalements de problèmes ont été comptés.',
  },
  noReports: 'Aucun signalement de problème n’a été compté.',
  reporters: {
    one: '{count} personne',
    many: '{count} de personnes distinctes',
    other: '{count} personnes distinctes',
  },
  reportersAtMost: {
    one: '{count} personne au plus',
    many: '{count} de personnes distinctes au plus (qui signale sur deux jours UTC compte chaque jour)',
    other: '{count} personnes distinctes au plus (qui signale sur deux jours UTC compte chaque jour)',
  },
  reportersUnknown: 'De combien de personnes distinctes ils viennent n’a pas été conservé.',
  caveat:
    'Un signalement est la parole d’une seule personne : les signalements ne disent ni combien de clients ont eu le problème, ni quelle part de l’ensemble.',

  peakTimes: {
    one: 'Au plus fort, {count} signalement est arrivé dans les 15 minutes jusqu’à {time} UTC : {ratio} fois les {expected} habituels à cette heure de la semaine.',
    many: 'Au plus fort, {count} de signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC : {ratio} fois les {expected} habituels à cette heure de la semaine.',
    other:
      'Au plus fort, {count} signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC : {ratio} fois les {expected} habituels à cette heure de la semaine.',
  },
  peakRare: {
    one: 'Au plus fort, {count} signalement est arrivé dans les 15 minutes jusqu’à {time} UTC ; moins d’un est habituel à cette heure de la semaine.',
    many: 'Au plus fort, {count} de signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC ; moins d’un est habituel à cette heure de la semaine.',
    other:
      'Au plus fort, {count} signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC ; moins d’un est habituel à cette heure de la semaine.',
  },
  peakPlain: {
    one: 'Au plus fort, {count} signalement est arrivé dans les 15 minutes jusqu’à {time} UTC ; environ {expected} sont habituels à cette heure de la semaine.',
    many: 'Au plus fort, {count} de signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC ; environ {expected} sont habituels à cette heure de la semaine.',
    other:
      'Au plus fort, {count} signalements sont arrivés dans les 15 minutes jusqu’à {time} UTC ; environ {expected} sont habituels à cette heure de la semaine.',
  },
  peakEarlier:
    'Ces 15 minutes ont commencé avant le début estimé et contiennent donc des signalements absents du total.',
  secondPeak: {
    one: 'Un second pic, avec {count} signalement en 15 minutes : {time} UTC.',
    many: 'Un second pic, avec {count} de signalements en 15 minutes : {time} UTC.',
    other: 'Un second pic, avec {count} signalements en 15 minutes : {time} UTC.',
  },

  types: {
    one: 'Ce qui ne marchait pas, d’après {count} signalement : {list}.',
    many: 'Ce qui ne marchait pas, d’après {count} de signalements : {list}.',
    other: 'Ce qui ne marchait pas, d’après {count} signalements : {list}.',
  },
  typeItem: '{type} ({share})',
  typesFew: 'Trop peu de signalements disent ce qui ne marchait pas pour donner des parts.',
  typesUnknown: 'Aucun signalement ne dit ce qui ne marchait pas.',
  errorTypes: {
    unavailable: 'service indisponible',
    timeout: 'délai dépassé',
    login: 'échec de la connexion au compte',
    slow: 'lenteur',
    connection: 'service injoignable',
    feature: 'une partie en panne',
    data: 'données fausses ou manquantes',
    other: 'autre chose',
  },

  whereMany: 'La hausse venait de nombreux pays, d’abord : {list}.',
  whereList: 'D’où venait la hausse : {list}.',
  whereOne: 'Pour autant que le lieu soit connu, la hausse venait d’un seul : {place}.',
  whereRest: 'Les {share} restants venaient d’ailleurs ou de lieux inconnus.',
  whereUnknown: 'On ne sait pas d’où venaient les signalements.',
  whereNot: 'Les signalements sont restés dans leur plage habituelle ici : {list}.',
  whereNotUnknown: 'Ailleurs, trop peu de signalements sont habituels pour dire si le service y fonctionnait.',
  unplaced: '{share} des signalements n’indiquent pas de lieu.',
  placeItem: '{place} ({share})',

  votes: {
    one: 'Sur {count} vote, {share} disaient « problème » et le reste « chez moi ça marche » (intervalle à 95 % : de {lower} à {upper}). Qui vote se choisit soi-même : ce n’est pas une part de tous les clients.',
    many: 'Sur {count} de votes, {share} disaient « problème » et le reste « chez moi ça marche » (intervalle à 95 % : de {lower} à {upper}). Qui vote se choisit soi-même : ce n’est pas une part de tous les clients.',
    other:
      'Sur {count} votes, {share} disaient « problème » et le reste « chez moi ça marche » (intervalle à 95 % : de {lower} à {upper}). Qui vote se choisit soi-même : ce n’est pas une part de tous les clients.',
  },
  votesNone: 'Personne n’a voté que cela marche ; aucune part parmi les votes ne peut donc être donnée.',

  providerNone:
    'Aucune déclaration du fournisseur de {service} n’est consignée ici ; cela ne veut pas dire qu’il n’y en a pas eu.',
  providerAfter:
    'Le fournisseur de {service} l’a reconnu pour la première fois : {time} UTC, {delay} après que les signalements se sont démarqués et {sinceOnset} après le début estimé.',
  providerSame:
    'Le fournisseur de {service} l’a reconnu pour la première fois : {time} UTC, à la minute où les signalements se sont démarqués.',
  providerBefore:
    'Le fournisseur de {service} l’avait déjà reconnu : {time} UTC, {delay} avant que les signalements se démarquent.',
  providerSaid: 'Ses derniers mots consignés : « {text} » ({time} UTC).',
  providerResolved: 'Il a déclaré le problème résolu : {time} UTC.',
  source: '(Source : {url})',

  cause: 'Cause, selon le fournisseur ({time} UTC) : « {text} ».',
  causeNone: 'Aucune cause indiquée par le fournisseur n’est consignée ici.',
  causeUnknown: 'Aucune cause n’est consignée ici.',
  workaround: 'Contournement, selon le fournisseur ({time} UTC) : « {text} ».',

  ended:
    'Les signalements étaient revenus dans leur plage habituelle : {time} UTC, {duration} après le début estimé. Cette fin est déduite des signalements, non de l’intérieur du service.',
  ongoing: 'Ce n’était pas terminé : {time} UTC, {duration} après le début estimé.',

  reclassified: 'Correction ({time} UTC) : classé comme {to} et non comme {from}.',
  classes: { outage: 'panne', 'spill-over': 'contrecoup', dismissed: 'absence de panne' },
  annotated: 'Note ({time} UTC) : {text}',
  asOf: 'Tous les chiffres en date de {time} UTC, méthode version {version}.',

  safe: {
    one: 'Outcry a compté {count} signalement de problème avec {service} entre {from} et {until} UTC ; un signalement est la parole d’une seule personne, et non un nombre de clients.',
    many: 'Outcry a compté {count} de signalements de problèmes avec {service} entre {from} et {until} UTC ; un signalement est la parole d’une seule personne, et non un nombre de clients.',
    other:
      'Outcry a compté {count} signalements de problèmes avec {service} entre {from} et {until} UTC ; un signalement est la parole d’une seule personne, et non un nombre de clients.',
  },
  safeNone: 'Outcry n’a compté aucun signalement de problème avec {service} entre {from} et {until} UTC.',
}
