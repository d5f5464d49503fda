import { expect, test } from 'vitest'
import type { IncidentFacts } from '../../src/incident/advance-incident.ts'
import type { Incident } from '../../src/incident/incident.ts'
import type { Spike } from '../../src/incident/spike.ts'
import type { Run } from '../../src/storage/database.ts'
import { type AskedService, explainRises } from '../../src/tick/explain-rises.ts'
import { MINUTE } from '../../src/time.ts'

const NOW = Date.parse('2026-03-14T09:30:00Z')
const at = (minutes: number) => new Date(NOW + minutes * MINUTE)

interface Rising {
  service: string
  category?: string
  /** Reports a minute before and since the onset. */
  usual: number
  risen: number
  onset: number
  incident?: Partial<Incident> | null
  cause?: Spike['cause']
}

/** What is told of services whose reports rose from one rate to another, at an onset in minutes from now. */
async function explained(rising: readonly Rising[], others: readonly Partial<Incident>[] = []) {
  const rows = rising.flatMap(({ usual, risen, onset }, n) =>
    Array.from({ length: 61 }, (_, ago) => ({
      service_id: n,
      minute: NOW / MINUTE - ago,
      reporters: ago <= -onset ? risen : usual,
    })),
  )
  const run = (async () => rows) as unknown as Run
  const asked = rising.map(({ service, category = 'carrier', onset, incident }, id): AskedService => {
    const told = {
      id: `of-${service}`,
      service,
      status: 'open',
      class: 'outage',
      spillOverOf: null,
      onsetAt: at(onset),
    }
    const span = { onsetFrom: at(onset - 2), onsetUntil: at(onset + 2) }
    return {
      service: { id, slug: service, category, countries: [], dependsOn: [] },
      incident: incident === null ? null : ({ ...told, ...span, ...incident } as Incident),
    }
  })
  const facts = rising.map(({ usual, risen, onset, cause = 'volume' }) => {
    const spikes = [{ region: null, cause, onsetAt: at(onset) }]
    return { spikes, reports: risen * (1 - onset), expected: 15 * usual } as unknown as IncidentFacts
  })
  const incidents = [...asked.flatMap(({ incident }) => incident ?? []), ...(others as Incident[])]
  const reasons = await explainRises(run, asked, facts, incidents, { recent: new Map(), usual: new Map() }, NOW)
  return new Map(rising.map(({ service }, n) => [service, reasons[n]!]))
}

const failing: Rising = { service: 'large', usual: 4, risen: 120, onset: -20 }
const mistaken: Rising = { service: 'small', usual: 3, risen: 8, onset: -17, incident: null }
const toldOf = (service: string) =>
  ({ class: 'spill-over', spillOverOf: { incidentId: `of-${service}`, service } }) as const

test('what people take for another is explained by it, from the onset that the counts show', async () => {
  const told = await explained([failing, mistaken])
  expect(told.get('large')).toMatchObject({ spillOver: null, onset: { atMs: at(-20).getTime() } })
  expect(told.get('small')).toMatchObject({ spillOver: { service: 'large', incidentId: 'of-large' } })
  expect(told.get('small')!.spillOver!.evidence!.leadMs).toBe(3 * MINUTE)
})

test('services that fit no category are nobody’s rivals', async () => {
  const told = await explained([
    { ...failing, category: 'other', risen: 40 },
    { ...mistaken, category: 'other', risen: 11 },
  ])
  expect(told.get('small')!.spillOver).toBeNull()
  expect(
    (
      await explained([
        { ...failing, risen: 40 },
        { ...mistaken, risen: 11 },
      ])
    ).get('small')!.spillOver,
  ).not.toBeNull()
})

test('a shift of the mix is not explained by the reports of another', async () => {
  const told = await explained([failing, { ...mistaken, risen: 3, cause: 'error-mix' }])
  expect(told.get('small')).toEqual({ onset: null, spillOver: null, related: [] })
})

test('what was told stays when the cause has ended, until that is long ago', async () => {
  const after = { ...mistaken, incident: toldOf('gone') }
  const ended = { id: 'of-gone', service: 'gone', status: 'resolved' } as const
  expect((await explained([after], [ended])).get('small')!.spillOver).toEqual(toldOf('gone').spillOverOf)
  expect((await explained([after])).get('small')!.spillOver).toBeNull()
})

test('what an operator decided is not judged, and is linked as it was decided', async () => {
  const decided = { ...mistaken, incident: { class: 'outage', isClassFixed: true } as const }
  const third = { service: 'third', usual: 3, risen: 90, onset: -18 }
  const told = await explained([failing, decided, third])
  expect(told.get('small')!.spillOver).toBeNull()
  expect(told.get('small')!.related.map(({ service }) => service)).toEqual(['large', 'third'])

  const undecided = await explained([failing, mistaken, third])
  expect(undecided.get('small')).toMatchObject({ spillOver: { service: 'large' }, related: [] })
  expect(undecided.get('third')!.related).toEqual([])
})
