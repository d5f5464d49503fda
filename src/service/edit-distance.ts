/**
 * How many slips of the hand lie between two words: a letter left out, added, replaced, or swapped with its neighbour.
 * This is the optimal string alignment distance (Boytsov 2011, "Indexing methods for approximate dictionary searching").
 *
 * @param limit the search ends early beyond it
 * @returns the distance, or `limit + 1` when it is larger than the limit
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > limit) return limit + 1

  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforeLast[j - 2]! + 1)
      }
      row.push(distance)
      if (distance < smallest) smallest = distance
    }
    // A swap reaches two rows back, so one row beyond the limit is not the end yet.
    if (smallest > limit && Math.min(...last) > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return Math.min(last[b.length]!, limit + 1)
}
