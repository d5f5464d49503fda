import type { MethodWords } from './method-words.ts'

export const methodFr: MethodWords = {
  contents: 'Sur cette page',
  titles: {
    report: 'Ce qu’est un signalement',
    once: 'Comment une personne compte une fois',
    usual: 'Ce qui est habituel',
    suspected: '« Soupçonnée » et « confirmée », en probabilités',
    onset: 'Quand cela a commencé',
    severity: 'Gravité',
    suppression: 'Ce qui est retenu',
    places: 'D’où viennent les signalements',
    'spill-over': 'Contrecoups',
    biases: 'Biais connus',
    example: 'Un exemple chiffré',
    accuracy: 'Les résultats de cette instance',
    changes: 'Changements de la méthode',
  },
  prose: {
    report: [
      'Un signalement, c’est une personne qui dit d’un service « chez moi, ça ne marche pas » ou « chez moi, ça marche ». C’est la parole d’une personne, non une mesure du service ni un nombre de clients : la plupart de ceux qui ont un problème ne le signalent jamais, et ceux qui n’en ont pas viennent rarement ici. Les signalements disent donc quand et où quelque chose a changé, et avec quelle force ; ils ne peuvent pas dire combien de clients ont eu un problème.',
    ],
    once: [
      'L’adresse d’une personne (une adresse IPv4 ou un /64 IPv6) est changée en un code au moyen d’un secret renouvelé chaque jour, puis détruit. Le même code compte une fois par service en {voiceMinutes} minutes ; ce qu’il envoie entre-temps complète son signalement. Hormis dans les minutes autour de minuit UTC, personne ne peut être reconnu d’un jour à l’autre ; pour un incident à cheval sur deux jours, le nombre de personnes distinctes est donc un maximum. Les signalements isolés sont effacés après {days} jours ; les comptes restent.',
      'Une seule adresse, un réseau ou une liste louée de proxys ne doit pas faire une panne. Pour la détection, un signalement pèse donc d’autant moins que son réseau en a envoyé dans la dernière demi-heure : {weight}, avec n signalements antérieurs du même /24 (ou /48) et w du /16 (ou /32) qui l’entoure. Une hausse n’est confirmée que si elle vient d’au moins {networks} réseaux, et de plus encore quand elle est plus forte. Les comptes affichés sont ceux des personnes, sans pondération.',
    ],
    usual: [
      'Chaque série (un service dans le monde, dans un pays, dans une région) est comparée à son propre passé : son niveau, son rythme au fil du jour et de la semaine en heure locale et sa dispersion, sans les incidents passés. La bande grise contient 95 % de ce qu’apporte le hasard. Elle est figée à la fin de chaque quart d’heure : demain, le graphique d’aujourd’hui montrera la même bande.',
    ],
    suspected: [
      'L’indice est un rapport de vraisemblance : de combien les comptes s’accordent mieux avec une hausse qu’avec le niveau habituel. Une hausse est soupçonnée à partir d’un rapport d’environ {suspectRatio} ({suspectNats} nats) et confirmée à partir d’environ {openRatio} ({openNats} nats), si assez de réseaux l’appuient. De tels rapports sont nécessaires parce que des milliers de séries sont observées chaque minute.',
      'Comme les pannes commencent rarement, une hausse qui vient d’être ouverte est à peu près aussi probable que le hasard (probabilité un demi) ; chaque facteur dix de plus dans le rapport multiplie la cote par dix, et cette probabilité est la « confidence » d’une hausse. Le seuil vise une fausse alerte par service et par an ; toutes les régions d’un service s’en partagent une autre.',
      'Une alerte prend fin quand les derniers comptes s’accordent environ {endRatio} fois mieux ({endNats} nats) avec le niveau habituel qu’avec la moitié de la hauteur de la hausse. « Pas de données » n’est jamais dessiné comme « tout va bien » : les minutes où cette instance n’écoutait pas sont des trous.',
    ],
    onset: [
      'Le début est la minute à partir de laquelle les comptes sont le plus probablement venus à un rythme plus élevé, avec l’intervalle des minutes presque aussi probables ; il est fixé au bout d’un quart d’heure. C’est une estimation : les signalements suivent une défaillance de quelques minutes, et une défaillance lente commence avant que quiconque puisse la remarquer.',
    ],
    severity: [
      'Critique : 200 personnes ou plus en 15 minutes dans le monde, à 20 fois le niveau habituel ou plus. Majeure : 50 ou plus, à 5 fois ou plus. Sinon, mineure. Un incident garde la plus haute gravité qu’il a eue.',
    ],
    suppression: [
      'Les comptes d’un lieu inférieurs à {smallest} personnes ne sont montrés ni sur les pages ni dans les fichiers, pas plus que ce qui permettrait de les déduire des totaux. Des lieux sans signalement sont cachés avec eux, pour qu’on ne sache pas lequel en a un. Dans l’archive ouverte, le même fichier en sortirait, d’où que viennent ces signalements. Les totaux mondiaux et les types de panne sont montrés tels quels, car ils ne disent rien d’un lieu.',
    ],
    places: [
      'Le lieu est estimé d’après l’adresse, ou choisi par la personne dans le pays que voit la plateforme. Le pays est le plus souvent juste ; la région est une estimation, car les réseaux mobiles débouchent souvent ailleurs. L’adresse elle-même n’est pas conservée. Les lieux suivent la norme ISO 3166-2. Là où une frontière est contestée, le préfixe du code ISO décide ; les limites sont celles de Natural Earth.',
    ],
    'spill-over': [
      'Quand un réseau tombe, tout ce qui s’y trouve semble en panne. Un incident survenu dans les mêmes minutes et régions qu’un autre, plus grand et plus précoce, d’un autre service, le plus souvent un concurrent, est classé comme son contrecoup s’il a bien moins dépassé son propre niveau habituel. Des services de plusieurs sortes qui montent de même ont plutôt une cause commune, et leurs récits sont liés. Un opérateur peut corriger le classement, et la correction est datée et demeure.',
    ],
  },
  biases: [
    'On signale quand le service compte à cet instant : les nuits, les fins de semaine et les jours fériés sont plus calmes.',
    'Les nouvelles d’une panne amènent des signalements ; une seconde hausse peut suivre les titres et non la défaillance.',
    'Il vient moins de signalements des langues et des pays où ce site est peu connu.',
    'Les votes « ça marche » viennent des rares personnes qui regardent alors que tout va bien.',
    'La fin est le retour des signalements dans la plage habituelle, qui peut précéder ou suivre la réparation ; c’est une estimation, donnée une dizaine de minutes plus tard, quand elle est sûre.',
  ],
  example: {
    none: 'Aucun incident de cette instance n’est encore assez grand pour montrer le calcul.',
    lead: '{incident} ; classe : {class} ; gravité : {severity}.',
    peak: 'Dans les 15 minutes jusqu’à {time} UTC, il est venu {observed} signalements de problèmes, là où {expected} sont habituels à cette heure de la semaine : {observed} / {expected} = {ratio} fois le niveau habituel.',
    onset:
      'L’indice a commencé à grandir à {onset} UTC (entre {from} et {until}) et a suffi à {noticed} : {delay} après le début.',
    votes:
      'Problèmes : {problems} ; « ça marche » : {ok} ; votes : {votes}. Ainsi {share} des votes sont des problèmes ; l’intervalle de Wilson à 95 % pour {problems} sur {votes} va de {lower} à {upper}. C’est une part des votes, et de rien d’autre.',
  },
  accuracy: {
    none: 'Cette instance n’a encore remarqué aucune hausse ; il n’y a rien sur quoi la juger.',
    watched: 'Depuis le {since} (un an au plus). Séries observées à présent : {series} ; services : {services}.',
    rises: 'Hausses confirmées : {confirmed}. Hausses restées soupçonnées : {suspected}.',
    erred:
      'Parmi les confirmées, écartées ensuite faute de panne : {dismissed} ; expliquées par un autre service : {spillOvers}.',
    erredShare: 'C’est {share} de toutes les confirmées.',
    unknown: 'Les erreurs que personne n’a remarquées ne sont pas dans ces chiffres.',
    delay: 'La moitié des hausses confirmées ont été remarquées dans ce délai après leur début estimé : {delay}.',
    wordAfter: {
      one: 'Pour {count} incident, la parole du fournisseur est consignée ; elle est venue {delay} après la remarque (médiane).',
      many: 'Pour {count} d’incidents, la parole du fournisseur est consignée ; elle est venue {delay} après la remarque (médiane).',
      other:
        'Pour {count} incidents, la parole du fournisseur est consignée ; elle est venue {delay} après la remarque (médiane).',
    },
    wordBefore: {
      one: 'Pour {count} incident, la parole du fournisseur est consignée ; elle est venue {delay} avant la remarque (médiane).',
      many: 'Pour {count} d’incidents, la parole du fournisseur est consignée ; elle est venue {delay} avant la remarque (médiane).',
      other:
        'Pour {count} incidents, la parole du fournisseur est consignée ; elle est venue {delay} avant la remarque (médiane).',
    },
    measured: {
      rate: 'Fausses alertes par série mondiale et par semaine, estimées sur les {days} derniers jours ({weeks} semaines de série observées) : {rate} ; intervalle à 95 % : de {lower} à {upper}. Promis : au plus {promised}.',
      belief: 'Si peu a été observé que c’est surtout ce que l’on supposait auparavant.',
      band: 'Quarts d’heure hors incident où l’on attendait assez de signalements : {quarters}. Dans leur bande grise à 95 % : {within} ; au-dessous : {below} ; au-dessus : {above}.',
      peaks:
        'Pics d’évidence dont n’est sortie aucune hausse confirmée. L’évidence est saine si, à chaque niveau, on en voit moins que la promesse n’en permet.',
      nats: 'Évidence, au moins (nats)',
      seen: 'Vus',
      promised: 'Permis',
    },
    data: 'La même chose en données : {link}.',
  },
  changes: {
    inForce:
      'Version en vigueur : {version}. Chaque chiffre porte la version qui l’a produit ; une nouvelle version ne change pas ce qui a été dit avant.',
    version: 'Version {version}, depuis le {since}',
    what: {
      '1': 'Première méthode publiée : vraisemblances exactes des comptes face à un rythme hebdomadaire appris, poids selon la diversité des réseaux et, pour chaque série, une part d’un budget commun d’alertes.',
      '2': 'La fin d’un jour férié ou d’un silence n’est pas une hausse ; une panne survenue dans la première semaine d’une série reste ouverte et n’est pas prise pour l’habitude ; les séries aux queues plus lourdes que celles du modèle sont reconnues plus tôt.',
      '3': 'La dispersion d’une série s’apprend à part des jours fériés et des autres erreurs de prévision ; ce qu’une série n’a vu qu’une fois, lors d’une alerte de sa première semaine, n’est pas pris pour l’habitude ; dans les intervalles de plus d’une minute (décomptes de tiers jugés par cette méthode), un excès ne dit pas plus que ce que permet sa rareté dans le passé de la série, à moins qu’il ne persiste.',
      '4': 'Ce qui a augmenté à la même heure trois jours de suite passe pour habituel dès le quatrième jour, jusqu’au triple de l’habitude d’avant ; une alerte continue quand la hausse diminue sans finir ; la répartition des erreurs n’est pas jugée tant que le nombre de signalements témoigne d’une panne, et son changement n’est confirmé que s’il tient aussi selon le poids des réseaux ; une hausse est attribuée à un autre service selon l’écart de chacun à sa propre habitude ; début et fin sont estimés d’après les comptes, le début avec son intervalle.',
    },
  },
}
