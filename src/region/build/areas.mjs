// Writes where each region lies, for finding the region of a longitude and latitude.

/** Grid lines per degree: about 450 m apart at the equator. */
const PER_DEGREE = 250

/** Numbers as in Google's encoded polylines: five bits a character, the lowest bit the sign. */
function encoded(number) {
  let rest = number < 0 ? ~(number << 1) : number << 1
  let text = ''
  while (rest >= 0x20) {
    text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63)
    rest >>= 5
  }
  return text + String.fromCharCode(rest + 63)
}

function arcText(arc) {
  let [lastX, lastY] = [0, 0]
  let text = ''
  for (const [longitude, latitude] of arc) {
    const [x, y] = [Math.round(longitude * PER_DEGREE), Math.round(latitude * PER_DEGREE)]
    if (text !== '' && x === lastX && y === lastY) continue
    text += encoded(x - lastX) + encoded(y - lastY)
    lastX = x
    lastY = y
  }
  return text
}

/**
 * @param topology TopoJSON of one object whose geometries carry `region`
 * @returns one border line a row, an empty row, then each region with the numbers of its lines
 */
export function areasText(topology) {
  const { geometries } = Object.values(topology.objects)[0]
  const regions = geometries
    .filter(({ arcs }) => arcs)
    .map(({ properties: { region }, arcs }) => {
      const numbers = arcs.flat(Infinity).map((n) => (n < 0 ? ~n : n))
      return `${region} ${numbers.join(' ')}`
    })
  return `${topology.arcs.map(arcText).join('\n')}\n\n${regions.sort().join('\n')}\n`
}
