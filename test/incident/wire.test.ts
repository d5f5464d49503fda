import { expect, test } from 'vitest'
import { spikeToWire } from '../../src/incident/wire.ts'
import { buildSpike } from '../support/build-events.ts'

test.each([
  [0.8765432, 0.876543],
  [1 - 1e-15, 0.999999],
])('a confidence of %d is told as %d, never as certainty', (confidence, told) => {
  expect(spikeToWire(buildSpike({ confidence })).confidence).toBe(told)
})

test.each([
  { region: 'FR', told: { login: 3 } },
  { region: null, told: { login: 3, timeout: 2, slow: 1 } },
])('of region $region the error types told are $told', ({ region, told }) => {
  const errorTypes = { login: 3, timeout: 2, slow: 1 }

  expect(spikeToWire(buildSpike({ region, errorTypes })).errorTypes).toEqual(told)
})
