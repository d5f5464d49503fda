// What ISO lists say, and where we read them otherwise: parents, first levels, codes that are a country of their own.

/** NE = Natural Earth code before a change of codes -> the code in force. By name where one code was given twice. */
const table = (country, pairs) =>
  pairs.split(' ').map((pair) => pair.split('>').map((suffix) => `${country}-${suffix}`))

/** Retired codes with exactly one heir; the same table reads Natural Earth and old reports. Iran is apart: it reused numbers. */
export const ALIASES = Object.fromEntries([
  ...table('PL', 'SL>24 PK>18 DS>02 OP>16 PD>20 WN>28 LB>08 ZP>32 LU>06 PM>22 MZ>14 KP>04 WP>30 SK>26 MA>12 LD>10'),
  ...table('CZ', 'US>42 LI>51 KA>41 PL>32 JC>31 KR>52 OL>71 PA>53 MO>80 JM>64 ZL>72 VY>63 ST>20 PR>10'),
  ...table('KZ', 'VOS>63 ZHA>31 KZY>43 KUS>39 PAV>55 ZAP>27 ATY>23 AKM>11 KAR>35 AST>71 YUZ>61 MAN>47 AKT>15 SEV>59'),
  ...table('EE', '44>45 67>68 82>81 86>87 65>64 78>79 49>50 57>56 59>60 70>71 51>52'),
  ...table(
    'CI',
    '17>WR 06>MG 19>MG 13>CM 15>GD 18>GD 02>SM 12>SM 14>WR 16>LG 11>LC 10>DN 08>ZZ 05>CM 03>SV 09>BS 01>LG 04>VB 07>LC',
  ),
  ...table('NO', '01>31 02>32 06>33 07>39 08>40 19>55 20>56 04>34 05>34 09>42 10>42 12>46 14>46 16>50 17>50'),
  ...table(
    'GT',
    'JU>22 CQ>20 PE>17 SM>12 HU>13 QC>14 AV>16 IZ>18 ZA>19 RE>11 SU>10 ES>05 SR>06 CM>04 SA>03 GU>01 JA>21 PR>02 SO>07 QZ>09 BV>15 TO>08',
  ),
  ...table('IN', 'UT>UK OR>OD CT>CG TG>TS'),
  ...table('ZA', 'NL>KZN GT>GP'),
  ...table('TT', 'RCM>MRC ETO>TOB WTO>TOB'),
  ...table('MX', 'DIF>CMX'),
  ...table('GR', 'A1>I'),
  ...table('LY', 'QB>DR'),
  ...table('IQ', 'TS>KI'),
  ...table('HU', 'ED>ER'),
  ...table('FR', '75>75C'),
  ...table('TW', 'TPQ>NWT'),
  ...table('IS', '0>1'),
  ...table('IT', 'AO>23'),
  ...table('PH', 'MNL>00'),
  ...table('GB', 'CKT>MUL'),
  ...table(
    'DK',
    '015>84 020>84 025>85 030>85 035>85 040>84 042>83 050>83 055>83 060>83 065>82 070>82 076>82 080>81 101>84 147>84',
  ),
])

/** Countries under their former or unofficial letters. */
export const RETIRED_COUNTRIES = {
  BU: 'MM',
  CS: 'RS',
  DD: 'DE',
  EL: 'GR',
  FX: 'FR',
  TP: 'TL',
  UK: 'GB',
  YU: 'RS',
  ZR: 'CD',
}

/** ISO 3166-2 codes that are also a country of ISO 3166-1: counted and drawn there. */
export const SAME_AS = {
  'FR-971': 'GP', 'FR-972': 'MQ', 'FR-973': 'GF', 'FR-974': 'RE', 'FR-976': 'YT', 'FR-GP': 'GP', 'FR-MQ': 'MQ',
  'FR-GF': 'GF', 'FR-RE': 'RE', 'FR-YT': 'YT', 'FR-BL': 'BL', 'FR-MF': 'MF', 'FR-NC': 'NC', 'FR-PF': 'PF',
  'FR-PM': 'PM', 'FR-TF': 'TF', 'FR-WF': 'WF', 'US-AS': 'AS', 'US-GU': 'GU', 'US-MP': 'MP', 'US-PR': 'PR',
  'US-UM': 'UM', 'US-VI': 'VI', 'NL-AW': 'AW', 'NL-CW': 'CW', 'NL-SX': 'SX', 'NL-BQ1': 'BQ-BO', 'NL-BQ2': 'BQ-SA',
  'NL-BQ3': 'BQ-SE', 'CN-HK': 'HK', 'CN-MO': 'MO', 'CN-TW': 'TW', 'FI-01': 'AX', 'NO-21': 'SJ', 'NO-22': 'SJ',
} // biome-ignore format: a table

const NORTHERN_IRELAND = 'ABC AND ANN BFS CCG DRS FMO LBC MEA NMD MUL'.split(' ').map((s) => `GB-${s}`)

/** Later than the list in the package: Norway divided three counties again in 2024. */
const NORWAY_2024 = {
  31: 'Østfold',
  32: 'Akershus',
  33: 'Buskerud',
  39: 'Vestfold',
  40: 'Telemark',
  55: 'Troms',
  56: 'Finnmark',
}
const GONE = new Set([
  ...Object.keys(ALIASES).filter((code) => code.startsWith('DK-')),
  'NO-30',
  'NO-38',
  'NO-54',
  'LU-D',
  'LU-G',
  'LU-L',
])

const BELGIUM = {
  VAN: 'VLG',
  VBR: 'VLG',
  VLI: 'VLG',
  VOV: 'VLG',
  VWV: 'VLG',
  WBR: 'WAL',
  WHT: 'WAL',
  WLG: 'WAL',
  WLX: 'WAL',
  WNA: 'WAL',
}

/** Grouping units and municipalities that stand beside the first level in the list without being it. */
function isFirstLevel({ code, parent }) {
  if (parent.includes('-') || SAME_AS[code]) return false
  if (/^GB-/.test(code)) return /^GB-(ENG|SCT|WLS|NIR)$/.test(code)
  if (/^EE-\d{3}$/.test(code) || /^IS-[A-Z]/.test(code)) return false
  if (/^ID-(JW|KA|ML|NU|PP|SL|SM)$/.test(code)) return false
  return !/^(GQ-[CI]|FR-CP)$/.test(code)
}

/** @returns {Map<string, {code, name, parent, first}>} every subdivision in force, by code */
export function listSubdivisions(iso31662, districtNation) {
  const rows = iso31662.filter(({ code }) => !GONE.has(code)).map((row) => ({ ...row }))
  for (const [suffix, name] of Object.entries(NORWAY_2024)) rows.push({ code: `NO-${suffix}`, name, parent: 'NO' })
  for (const row of rows) {
    const [country, suffix] = row.code.split('-')
    if (country === 'BE' && BELGIUM[suffix]) row.parent = `BE-${BELGIUM[suffix]}`
    if (country === 'GB' && !/^(ENG|SCT|WLS|NIR|EAW|GBN|UKM)$/.test(suffix))
      row.parent = NORTHERN_IRELAND.includes(row.code) ? 'GB-NIR' : (districtNation.get(row.code) ?? 'GB-ENG')
    row.name = row.name
      .replace(/\s*(\[.*?\]|\(EH.*?\)|\(see also.*?\))\s*/g, '')
      .replace(/\*+$/, '')
      .trim()
    row.first = isFirstLevel(row)
  }
  tellApart(rows.filter(({ first }) => first))
  return new Map(rows.sort((a, b) => (a.code < b.code ? -1 : 1)).map((row) => [row.code, row]))
}

/** A city and the district around it may have one name in the list: then both carry their code. */
function tellApart(rows) {
  const counts = new Map()
  const key = ({ code, name }) => `${code.slice(0, 2)} ${name}`
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  for (const row of rows.filter((row) => counts.get(key(row)) > 1)) row.name += ` (${row.code.slice(3)})`
}

export function firstLevelOf(code, subdivisions) {
  let row = subdivisions.get(code)
  while (row && !row.first) row = subdivisions.get(row.parent)
  return row?.code ?? null
}
