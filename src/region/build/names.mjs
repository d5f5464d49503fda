// What subdivisions are called in the languages of the pages, where that differs from the ISO list.
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'ja', 'ar']

const table = (country, pairs) =>
  pairs.split(', ').map((pair) => {
    const [suffix, name] = pair.split('=')
    return [`${country}-${suffix}`, name]
  })

/** Regions that Natural Earth knows only by their parts, so that no name comes with them. */
const BY_HAND = {
  en: new Map([
    ...table('GB', 'ENG=England, SCT=Scotland, WLS=Wales, NIR=Northern Ireland'),
    ...table('BE', 'BRU=Brussels, VLG=Flanders, WAL=Wallonia'),
    ...table('FR', '20R=Corsica, BRE=Brittany, NOR=Normandy'),
    ...table(
      'IT',
      '21=Piedmont, 23=Aosta Valley, 25=Lombardy, 32=Trentino-South Tyrol, 52=Tuscany, 75=Apulia, 82=Sicily, 88=Sardinia',
    ),
    ...table(
      'ES',
      'AN=Andalusia, AR=Aragon, AS=Asturias, CL=Castile and León, CN=Canary Islands, CT=Catalonia, IB=Balearic Islands, MC=Murcia, MD=Madrid, NC=Navarre, PV=Basque Country, VC=Valencian Community',
    ),
  ]),
  de: new Map([
    ...table('GB', 'ENG=England, SCT=Schottland, WLS=Wales, NIR=Nordirland'),
    ...table('BE', 'BRU=Brüssel, VLG=Flandern, WAL=Wallonien'),
    ...table('FR', '20R=Korsika, NOR=Normandie'),
    ...table(
      'IT',
      '21=Piemont, 23=Aostatal, 25=Lombardei, 32=Trentino-Südtirol, 52=Toskana, 62=Latium, 75=Apulien, 82=Sizilien, 88=Sardinien',
    ),
    ...table(
      'ES',
      'AN=Andalusien, AS=Asturien, CL=Kastilien und León, CN=Kanarische Inseln, CT=Katalonien, GA=Galicien, IB=Balearen, MC=Murcia, MD=Madrid, NC=Navarra, PV=Baskenland, VC=Valencia',
    ),
  ]),
  es: new Map([
    ...table('GB', 'ENG=Inglaterra, SCT=Escocia, WLS=Gales, NIR=Irlanda del Norte'),
    ...table('BE', 'BRU=Bruselas, VLG=Flandes, WAL=Valonia'),
    ...table('FR', '20R=Córcega, BRE=Bretaña, NOR=Normandía, OCC=Occitania'),
    ...table(
      'IT',
      '21=Piamonte, 23=Valle de Aosta, 25=Lombardía, 32=Trentino-Alto Adigio, 52=Toscana, 62=Lacio, 65=Abruzos, 75=Apulia, 82=Sicilia, 88=Cerdeña',
    ),
    ...table(
      'ES',
      'AS=Asturias, CT=Cataluña, IB=Islas Baleares, MC=Murcia, MD=Madrid, NC=Navarra, PV=País Vasco, VC=Comunidad Valenciana',
    ),
  ]),
  fr: new Map([
    ...table('GB', 'ENG=Angleterre, SCT=Écosse, WLS=Pays de Galles, NIR=Irlande du Nord'),
    ...table('BE', 'BRU=Bruxelles, VLG=Flandre, WAL=Wallonie'),
    ...table(
      'IT',
      '21=Piémont, 23=Vallée d’Aoste, 25=Lombardie, 32=Trentin-Haut-Adige, 34=Vénétie, 36=Frioul-Vénétie julienne, 42=Ligurie, 45=Émilie-Romagne, 52=Toscane, 55=Ombrie, 57=Marches, 62=Latium, 65=Abruzzes, 72=Campanie, 75=Pouilles, 77=Basilicate, 78=Calabre, 82=Sicile, 88=Sardaigne',
    ),
    ...table(
      'ES',
      'AN=Andalousie, AS=Asturies, CB=Cantabrie, CL=Castille-et-León, CM=Castille-La Manche, CN=Îles Canaries, CT=Catalogne, EX=Estrémadure, GA=Galice, IB=Îles Baléares, MC=Murcie, MD=Madrid, NC=Navarre, PV=Pays basque, VC=Communauté valencienne',
    ),
  ]),
  pt: new Map([
    ...table('GB', 'ENG=Inglaterra, SCT=Escócia, WLS=País de Gales, NIR=Irlanda do Norte'),
    ...table('BE', 'BRU=Bruxelas, VLG=Flandres, WAL=Valônia'),
    ...table('FR', '20R=Córsega, BRE=Bretanha, NOR=Normandia, OCC=Occitânia'),
    ...table('IT', '21=Piemonte, 25=Lombardia, 52=Toscana, 62=Lácio, 65=Abruzos, 75=Apúlia, 82=Sicília, 88=Sardenha'),
    ...table(
      'ES',
      'AN=Andaluzia, AR=Aragão, AS=Astúrias, CB=Cantábria, CL=Castela e Leão, CN=Canárias, CT=Catalunha, EX=Estremadura, GA=Galiza, IB=Ilhas Baleares, MC=Múrcia, MD=Madrid, NC=Navarra, PV=País Basco, VC=Comunidade Valenciana',
    ),
  ]),
  ja: new Map([
    ...table('GB', 'ENG=イングランド, SCT=スコットランド, WLS=ウェールズ, NIR=北アイルランド'),
    ...table('BE', 'BRU=ブリュッセル, VLG=フランデレン, WAL=ワロン'),
  ]),
  ar: new Map([
    ...table('GB', 'ENG=إنجلترا, SCT=اسكتلندا, WLS=ويلز, NIR=أيرلندا الشمالية'),
    ...table('BE', 'BRU=بروكسل, VLG=فلاندرز, WAL=والونيا'),
  ]),
}

const KIND = {
  en: /^(.+) (Prefecture|Province|Voivodeship|Governorate|County|Department|District|Municipality)$/,
  de: /^(?:Kanton|Präfektur|Woiwodschaft|Provinz) (.+)$/,
}
const DIRECTION =
  /^(north|south|east|west|central|northern|southern|eastern|western)([ -](east|west|eastern|western))?$/i

/** Natural Earth's names are Wikidata's: what kind of region it is, a list by country need not repeat. */
function plainName(language, name) {
  const bare = name.replace(/\s*\(.*?\)\s*$/, '').trim()
  const proper = KIND[language]?.exec(bare)?.[1]
  return proper === undefined || DIRECTION.test(proper) ? bare : proper
}

/** Their former regions gave way to others, whose names Natural Earth does not have. */
const RENAMED = new Set(['CI', 'MA'])

/**
 * @param features Natural Earth's, each with the first-level `region` it belongs to
 * @returns {Map<string, Map<string, string>>} by language and code, only what differs from the ISO list
 */
export function localNames(features, subdivisions) {
  const counts = new Map()
  for (const { region } of features) counts.set(region, (counts.get(region) ?? 0) + 1)
  const result = new Map(LANGUAGES.map((language) => [language, new Map()]))
  const put = (language, code, name) => {
    if (name && subdivisions.has(code) && subdivisions.get(code).name !== name) result.get(language).set(code, name)
  }
  for (const { region, properties } of features) {
    const isPart = counts.get(region) !== 1 || subdivisions.get(properties.iso_3166_2)?.first === false
    if (isPart || RENAMED.has(region?.slice(0, 2))) continue
    for (const language of LANGUAGES) put(language, region, plainName(language, properties[`name_${language}`] ?? ''))
  }
  for (const language of LANGUAGES) {
    for (const [code, name] of BY_HAND[language]) put(language, code, name)
    withoutDoubles(result.get(language), subdivisions)
  }
  return result
}

/** A city and the province around it may share a name in one language; then the ISO list's tell them apart. */
function withoutDoubles(names, subdivisions) {
  const holders = new Map()
  for (const { code, name, first } of subdivisions.values()) {
    if (!first) continue
    const key = `${code.slice(0, 2)} ${names.get(code) ?? name}`
    holders.set(key, [...(holders.get(key) ?? []), code])
  }
  const doubled = [...holders.values()].filter((codes) => codes.length > 1).flat()
  const hadNames = doubled.filter((code) => names.delete(code))
  // A name given back to the list may be one that a third region bears by now.
  if (hadNames.length > 0) withoutDoubles(names, subdivisions)
}
