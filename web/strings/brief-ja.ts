import type { BriefWords } from './brief-words.ts'

export const briefJa: BriefWords = {
  headlineTimes: '{service}:報告が通常の{ratio}倍に達しました',
  headlinePlain: '{service}:問題の報告が通常より多くなりました',
  headlineSpillOver: '{service}:{other}の障害と同じ時間に報告が増えました',
  headlineDismissed: '{service}:報告の増加(障害とは見なされませんでした)',

  suspected: 'この増加は疑いの段階で、確認されていません。根拠が弱いか、少数のネットワークからの報告に限られています。',
  neverConfirmed:
    'この増加は最後まで確認されませんでした。根拠が弱いか、少数のネットワークからの報告に限られていました。',
  spillOver:
    'この増加は波及と分類されています。{other}の障害が同じ時間と地域で起こり、より大きく、より早く始まっていました。{service}自体が停止した証拠ではありません。',
  spillOverUnknown: 'この増加は他所の障害の波及と分類されています。{service}自体が停止した証拠ではありません。',
  dismissed: 'このサイトの運営者はこの増加を退けました。{service}の障害には数えません。',

  onset: '{service}の問題の報告は、{time} UTCごろから増え始めました(推定。{from}から{until} UTCの間)。',
  onsetPoint: '{service}の問題の報告は、{time} UTCごろから増え始めました(推定)。',
  onsetLocal: '増加分が最も多かった{place}の現地時間では{time}({zone}の時間帯)でした。',

  noticed: '利用者からの報告により、{time} UTC(推定開始から{delay}後)に検知されました。',
  noticedAtOnce: '利用者からの報告により、{time} UTC(推定開始から1分以内)に検知されました。',
  confirmed: '十分な数のネットワークからの報告により、{time} UTCに確認されました。',
  reopened: 'いったん終了とされた後、{time} UTCに報告が再び増えました。',

  reportsFrom: { other: '問題の報告を{count}件数えました(報告者は{reporters})。' },
  reportsOnly: { other: '問題の報告を{count}件数えました。' },
  noReports: '問題の報告は1件も数えられていません。',
  reporters: { other: '重複を除いて{count}人' },
  reportersAtMost: { other: '重複を除いて最大{count}人。UTCの日付をまたいで報告した人は日ごとに数えています' },
  reportersUnknown: '重複を除いた報告者の数は記録に残っていません。',
  caveat: '報告は一人の申し出です。問題に遭った顧客の数も、全顧客に占める割合も、報告からは分かりません。',

  peakTimes: {
    other:
      '最も多かったときは、{time} UTCまでの15分間に{count}件で、その曜日と時刻の通常({expected}件)の{ratio}倍でした。',
  },
  peakRare: {
    other: '最も多かったときは、{time} UTCまでの15分間に{count}件でした。その曜日と時刻の通常は1件未満です。',
  },
  peakPlain: {
    other: '最も多かったときは、{time} UTCまでの15分間に{count}件でした。その曜日と時刻の通常は約{expected}件です。',
  },
  peakEarlier: 'この15分は推定開始より前に始まるため、合計に含まれない報告を含みます。',
  secondPeak: { other: '二度目の山は15分間に{count}件で、{time} UTCでした。' },

  types: { other: '症状({count}件の報告による):{list}。' },
  typeItem: '{type}({share})',
  typesFew: '症状を示す報告が少なすぎるため、割合は示せません。',
  typesUnknown: '症状を示す報告はありません。',
  errorTypes: {
    unavailable: 'サービス利用不可',
    timeout: 'タイムアウト',
    login: 'ログインできない',
    slow: '遅い',
    connection: '接続できない',
    feature: '一部の機能が使えない',
    data: 'データの誤りや欠落',
    other: 'その他',
  },

  whereMany: '増加は多くの国から来ており、主な国は{list}です。',
  whereList: '増加分の内訳:{list}。',
  whereOne: '場所が分かる限りでは、増加は{place}だけから来ています。',
  whereRest: '残りの{share}は、その他または不明の場所からです。',
  whereUnknown: '報告がどこから来たかは分かっていません。',
  whereNot: '次の場所では報告は通常の範囲内でした:{list}。',
  whereNotUnknown: 'その他の場所では通常の報告が少なすぎるため、サービスが動いていたかどうかは言えません。',
  unplaced: '報告の{share}には場所がありません。',
  placeItem: '{place}({share})',

  votes: {
    other:
      '{count}票のうち{share}が「問題あり」で、残りは「問題なく使える」でした(95%区間は{lower}から{upper})。投票者は自ら名乗り出た人なので、全顧客に占める割合ではありません。',
  },
  votesNone: '「問題なく使える」という票がないため、投票に占める割合は示せません。',

  providerNone: '{service}の提供者の発表は、ここには記録されていません。発表がなかったという意味ではありません。',
  providerAfter:
    '{service}の提供者が最初に認めたのは{time} UTCで、報告が目立ってから{delay}後、推定開始から{sinceOnset}後でした。',
  providerSame: '{service}の提供者が最初に認めたのは{time} UTCで、報告が目立ったのと同じ分でした。',
  providerBefore: '{service}の提供者は{time} UTCに、報告が目立つ{delay}前にすでに認めていました。',
  providerSaid: '記録にある最新の発表:「{text}」({time} UTC)。',
  providerResolved: '提供者は{time} UTCに解決を発表しました。',
  source: '(出典:{url})',

  cause: '提供者が述べた原因({time} UTC):「{text}」。',
  causeNone: '提供者が述べた原因は、ここには記録されていません。',
  causeUnknown: '原因は、ここには記録されていません。',
  workaround: '提供者が示した回避策({time} UTC):「{text}」。',

  ended:
    '報告が通常の範囲に戻ったのは{time} UTCで、推定開始から{duration}後でした。この終了は報告からの判断で、サービス内部の情報ではありません。',
  ongoing: '{time} UTCの時点(推定開始から{duration}後)では終わっていませんでした。',

  reclassified: '訂正({time} UTC):分類を「{from}」から「{to}」に改めました。',
  classes: { outage: '障害', 'spill-over': '波及', dismissed: '障害ではない' },
  annotated: '注記({time} UTC):{text}',
  asOf: '数値はすべて{time} UTC時点、方法の版は{version}です。',

  safe: {
    other:
      'Outcryは{from}から{until} UTCまでに、{service}の問題の報告を{count}件数えました。報告は一人の申し出であり、顧客の数ではありません。',
  },
  safeNone: 'Outcryは{from}から{until} UTCまでに、{service}の問題の報告を1件も数えませんでした。',
}
