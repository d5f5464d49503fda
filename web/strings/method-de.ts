import type { MethodWords } from './method-words.ts'

export const methodDe: MethodWords = {
  contents: 'Auf dieser Seite',
  titles: {
    report: 'Was eine Meldung ist',
    once: 'Wie eine Person einmal zählt',
    usual: 'Was üblich ist',
    suspected: '„Verdacht“ und „bestätigt“ in Wahrscheinlichkeiten',
    onset: 'Wann es begann',
    severity: 'Schwere',
    suppression: 'Was zurückgehalten wird',
    places: 'Woher Meldungen kommen',
    'spill-over': 'Folgen anderer Störungen',
    biases: 'Bekannte Verzerrungen',
    example: 'Ein durchgerechnetes Beispiel',
    accuracy: 'Wie gut diese Instanz war',
    changes: 'Änderungen der Methode',
  },
  prose: {
    report: [
      'Mit einer Meldung sagt eine Person über einen Dienst: „Bei mir geht es nicht“, oder: „Bei mir geht es“. Das ist die Aussage einer Person, keine Messung des Dienstes und keine Zahl von Kunden: Die meisten, die ein Problem haben, melden es nie, und wer keines hat, kommt selten hierher. Meldungen sagen also, wann und wo sich etwas geändert hat und wie stark; sie können nicht sagen, wie viele Kunden ein Problem hatten.',
    ],
    once: [
      'Aus der Adresse einer Person (einer IPv4-Adresse oder einem IPv6-/64) wird ein Code; das Geheimnis dafür wechselt jeden Tag und wird dann vernichtet. Derselbe Code zählt je Dienst einmal in {voiceMinutes} Minuten; was er dazwischen sendet, ergänzt seine Meldung. Außer in den Minuten um Mitternacht UTC lässt sich niemand von einem Tag zum nächsten wiedererkennen. Die Zahl verschiedener Meldender einer Störung über zwei Tage ist daher eine Obergrenze. Einzelne Meldungen werden nach {days} Tagen gelöscht; Zählungen bleiben.',
      'Eine einzelne Adresse, ein Netz oder eine gemietete Liste von Proxys darf keine Störung ergeben. Für die Erkennung wiegt eine Meldung deshalb umso weniger, je mehr ihr Netz in der letzten halben Stunde gesagt hat: {weight}, mit n früheren Meldungen aus demselben /24 (oder /48) und w aus dem /16 (oder /32) darum herum. Bestätigt wird ein Anstieg erst, wenn er aus mindestens {networks} Netzen kommt, und aus umso mehr, je größer er ist. Die Zahlen auf den Seiten zählen Personen, ungewichtet.',
    ],
    usual: [
      'Jede Reihe (ein Dienst weltweit, in einem Land, in einer Region) wird mit ihrer eigenen Vergangenheit verglichen: ihrem Niveau, ihrem Rhythmus über Tag und Woche in Ortszeit und ihrer Streuung, ohne frühere Störungen. Das graue Band umfasst 95 % dessen, was der Zufall bringt. Es steht fest, sobald eine Viertelstunde endet: Das Diagramm von heute zeigt morgen dasselbe Band.',
    ],
    suspected: [
      'Der Beleg ist ein Likelihood-Verhältnis: wie viel besser die Zahlen zu einem Anstieg passen als zum üblichen Niveau. Verdacht besteht ab einem Verhältnis von etwa {suspectRatio} ({suspectNats} Nat), bestätigt ist ein Anstieg ab etwa {openRatio} ({openNats} Nat), sofern genügend Netze dahinterstehen. So hohe Werte sind nötig, weil jede Minute Tausende Reihen beobachtet werden.',
      'Da Störungen selten beginnen, ist ein gerade eröffneter Anstieg etwa so wahrscheinlich echt wie Zufall (Wahrscheinlichkeit ein halb); jeder weitere Faktor zehn im Verhältnis verzehnfacht die Chancen. Diese Wahrscheinlichkeit ist die „confidence“ eines Anstiegs. Die Schwelle zielt auf einen Fehlalarm je Dienst und Jahr; alle Regionen eines Dienstes teilen sich einen weiteren.',
      'Ein Alarm endet, wenn die letzten Zahlen etwa {endRatio}-mal besser ({endNats} Nat) zum üblichen Niveau passen als zur halben Höhe des Anstiegs. „Keine Daten“ wird nie als „in Ordnung“ gezeichnet: Minuten, in denen diese Instanz nicht zuhörte, sind Lücken.',
    ],
    onset: [
      'Der Beginn ist die Minute, von der an die Zahlen am wahrscheinlichsten mit höherer Rate kamen, mit dem Intervall der Minuten, die fast so wahrscheinlich sind; nach einer Viertelstunde steht er fest. Er ist eine Schätzung: Meldungen folgen einem Ausfall um Minuten, und ein schleichender Ausfall beginnt, bevor ihn jemand bemerken kann.',
    ],
    severity: [
      'Sehr groß: weltweit mindestens 200 Meldende in 15 Minuten und mindestens das 20-Fache des Üblichen. Groß: mindestens 50 und mindestens das 5-Fache. Sonst klein. Eine Störung behält die höchste Stufe, die sie hatte.',
    ],
    suppression: [
      'Zahlen eines Ortes unter {smallest} Personen werden weder auf Seiten noch in Dateien gezeigt, und ebenso wenig, woraus sie sich aus Summen errechnen ließen. Mit ihnen werden Orte ohne Meldung verborgen, damit offen bleibt, welcher von ihnen eine hat. Im offenen Archiv käme dieselbe Datei heraus, woher auch immer diese Meldungen kamen. Weltweite Summen und Fehlerarten werden gezeigt, wie sie sind, da sie nichts über einen Ort sagen.',
    ],
    places: [
      'Der Ort wird aus der Adresse geschätzt oder von der Person gewählt, innerhalb des Landes, das die Plattform sieht. Das Land stimmt meistens; die Region ist eine Schätzung, da Mobilfunknetze oft anderswo ins Internet führen. Die Adresse selbst wird nicht aufbewahrt. Orte folgen ISO 3166-2. Wo eine Grenze umstritten ist, entscheidet der Anfang des ISO-Codes; die Grenzlinien stammen von Natural Earth.',
    ],
    'spill-over': [
      'Wenn ein Netz ausfällt, scheint alles darin gestört. Eine Störung in denselben Minuten und Regionen wie eine größere und frühere eines anderen Dienstes, meist eines Konkurrenten, gilt als deren Folge, wenn sie weit weniger über das eigene Übliche stieg. Dienste mehrerer Arten, die gleich weit steigen, haben eher eine gemeinsame Ursache, und ihre Meldungen verweisen aufeinander. Der Betreiber kann die Einordnung berichtigen, und die Berichtigung trägt ein Datum und bleibt stehen.',
    ],
  },
  biases: [
    'Gemeldet wird, wenn der Dienst gerade gebraucht wird: Nächte, Wochenenden und Feiertage sind stiller.',
    'Nachrichten über eine Störung bringen Meldungen; ein zweiter Anstieg kann den Schlagzeilen folgen statt dem Ausfall.',
    'Aus Sprachen und Ländern, in denen diese Seite kaum bekannt ist, kommen weniger Meldungen.',
    'Stimmen, dass es geht, kommen von den wenigen, die nachsehen, obwohl alles in Ordnung ist.',
    'Das Ende ist, wenn die Meldungen wieder im üblichen Bereich liegen; das kann vor oder nach der Behebung sein. Es ist geschätzt und wird etwa zehn Minuten später gesagt, wenn es sicher ist.',
  ],
  example: {
    none: 'Noch keine Störung auf dieser Instanz ist groß genug, um die Rechnung daran zu zeigen.',
    lead: '{incident}; Einstufung: {class}; Schwere: {severity}.',
    peak: 'In den 15 Minuten bis {time} UTC kamen {observed} Störungsmeldungen, wo zu dieser Stunde der Woche {expected} üblich sind: {observed} / {expected} = das {ratio}-Fache des Üblichen.',
    onset:
      'Der Beleg begann um {onset} UTC zu wachsen (zwischen {from} und {until}) und genügte um {noticed}: {delay} nach dem Beginn.',
    votes:
      'Probleme: {problems}; „es geht“: {ok}; Stimmen: {votes}. Also sind {share} der Stimmen Probleme; das Wilson-Intervall zu 95 % für {problems} von {votes} reicht von {lower} bis {upper}. Es ist ein Anteil der Stimmen und von nichts anderem.',
  },
  accuracy: {
    none: 'Diese Instanz hat noch keinen Anstieg bemerkt; es gibt nichts, wonach sie zu beurteilen wäre.',
    watched: 'Seit dem {since} (höchstens ein Jahr). Jetzt beobachtete Reihen: {series}, Dienste: {services}.',
    rises: 'Bestätigte Anstiege: {confirmed}. Anstiege, die ein Verdacht blieben: {suspected}.',
    erred:
      'Von den bestätigten später verworfen, weil keine Störung: {dismissed}; durch einen anderen Dienst erklärt: {spillOvers}.',
    erredShare: 'Das sind {share} aller bestätigten.',
    unknown: 'Fehler, die niemand bemerkt hat, sind in diesen Zahlen nicht enthalten.',
    delay: 'Die Hälfte der bestätigten Anstiege wurde binnen dieser Zeit nach dem geschätzten Beginn bemerkt: {delay}.',
    wordAfter: {
      one: 'Bei {count} Störung ist ein Wort des Anbieters festgehalten; es kam {delay} nach dem Bemerken.',
      other:
        'Bei {count} Störungen ist ein Wort des Anbieters festgehalten; es kam {delay} nach dem Bemerken (Median).',
    },
    wordBefore: {
      one: 'Bei {count} Störung ist ein Wort des Anbieters festgehalten; es kam {delay} vor dem Bemerken.',
      other: 'Bei {count} Störungen ist ein Wort des Anbieters festgehalten; es kam {delay} vor dem Bemerken (Median).',
    },
    measured: {
      rate: 'Fehlalarme je weltweiter Reihe und Woche, geschätzt aus den letzten {days} Tagen ({weeks} beobachtete Reihenwochen): {rate}; 95-%-Intervall {lower} bis {upper}. Versprochen: höchstens {promised}.',
      belief: 'Beobachtet wurde so wenig, dass dies noch vor allem die Annahme von vorher ist.',
      band: 'Viertelstunden außerhalb von Störungen, in denen genug erwartet war: {quarters}. Im grauen 95-%-Band: {within}; darunter: {below}; darüber: {above}.',
      peaks:
        'Spitzen der Evidenz, aus denen kein bestätigter Anstieg wurde. Die Evidenz taugt, wo auf jeder Höhe weniger gesehen werden, als das Versprechen erlaubt.',
      nats: 'Evidenz, mindestens (Nats)',
      seen: 'Gesehen',
      promised: 'Erlaubt',
    },
    data: 'Dasselbe als Daten: {link}.',
  },
  changes: {
    inForce:
      'Gültige Version: {version}. Jede Zahl trägt die Version, mit der sie entstand; eine neue Version ändert nicht, was vorher gesagt wurde.',
    version: 'Version {version}, seit {since}',
    what: {
      '1': 'Erste veröffentlichte Methode: genaue Likelihoods der Zählungen gegen einen gelernten Wochenrhythmus, Gewichte nach der Vielfalt der Netze, ein Anteil an einem gemeinsamen Alarmbudget für jede Reihe.',
      '2': 'Das Ende eines Feiertags oder einer Stille gilt nicht als Anstieg; ein Ausfall in der ersten Woche einer Reihe bleibt offen und wird nicht für üblich gehalten; Reihen mit schwereren Ausläufern als im Modell werden früher erkannt.',
      '3': 'Wie stark eine Reihe streut, wird getrennt von Feiertagen und anderen Fehlern der Erwartung gelernt; was eine Reihe einmal während eines Alarms ihrer ersten Woche sah, gilt nicht als üblich; in Zeitfenstern von mehr als einer Minute (fremde Zählungen, die mit dieser Methode beurteilt werden) sagt ein Überschuss nicht mehr, als seine Seltenheit in der eigenen Vergangenheit der Reihe trägt, es sei denn, er hält an.',
      '4': 'Was an drei Tagen in Folge zur selben Zeit anstieg, gilt vom vierten Tag an als üblich, bis zum Dreifachen des vorher Üblichen; ein Alarm dauert an, wenn der Anstieg kleiner wird, aber nicht endet; die Mischung der Fehler wird nicht beurteilt, während die Zahl der Meldungen von einer Störung zeugt, und ihre Verschiebung wird nur bestätigt, wenn sie auch nach dem Gewicht der Netze besteht; ein Anstieg gilt als Folge eines anderen Dienstes danach, wie weit jeder über seinem eigenen Üblichen liegt; Beginn und Ende werden aus den Zahlen geschätzt, der Beginn mit seinem Intervall.',
    },
  },
}
