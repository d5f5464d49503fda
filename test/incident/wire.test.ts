import { expect, test } from 'vitest'
import type { Spike } from '../../src/incident/spike.ts'
import { spikeToWire } from '../../src/incident/wire.ts'

const AT = new Date('2026-03-14T09:00:00Z')
const SPIKE: Spike = {
  id: 'spike',
  service: 'mail',
  region: null,
  status: 'open',
  cause: 'volume',
  openedAt: AT,
  onsetAt: AT,
  resolvedAt: null,
  updatedAt: AT,
  observed: 30,
  expected: 2,
  ratio: 15,
  surprise: 8,
  confidence: 0.5,
  peak: { observed: 30, at: AT },
  errorTypes: {},
  regions: [],
  reach: 'unclear',
  largestNetworkShare: null,
  networks: 30,
  incidentId: null,
  spillOverOf: null,
  methodVersion: '1',
}

test.each([
  [0.8765432, 0.876543],
  [1 - 1e-15, 0.999999],
])('a confidence of %d is told as %d, never as certainty', (confidence, told) => {
  expect(spikeToWire({ ...SPIKE, confidence }).confidence).toBe(told)
})

test.each([
  { region: 'FR', told: { login: 3 } },
  { region: null, told: { login: 3, timeout: 2, slow: 1 } },
])('of region $region the error types told are $told', ({ region, told }) => {
  const errorTypes = { login: 3, timeout: 2, slow: 1 }

  expect(spikeToWire({ ...SPIKE, region, errorTypes }).errorTypes).toEqual(told)
})
