import { listIncidents, saveProviderUpdate } from '../incident/queries.ts'
import type { PendingReport, Ports } from '../ports.ts'
import { SECOND } from '../time.ts'
import { DEMO_SERVICES, type DemoService } from './demo-services.ts'
import { type DemoReport, extraRate, outageReport, usualRate, usualReport } from './demo-world.ts'
import { exchangeOutage } from './outages.ts'
import { pick, poisson, type Random, seeded } from './random.ts'

/** Between two handfuls of reports. */
const STEP_MS = SECOND

/** The outage begins this long after the start: time to open the page and see a quiet world. */
const QUIET_MS = 15 * SECOND

/**
 * The demo world goes on living: ordinary reports of all its services, and the outage of Exchange Online with its provider's words.
 *
 * @returns stops it
 */
export function runLiveDemo(
  ports: Pick<Ports, 'directory' | 'takeReport' | 'storage' | 'log'>,
  speed: number,
  clock: () => number = Date.now,
): () => void {
  const startMs = clock()
  const outage = exchangeOutage(startMs + QUIET_MS, speed)
  const random = seeded(startMs)
  const said = new Set<number>()
  let lastMs = startMs

  const step = async () => {
    const nowMs = clock()
    const minutes = (nowMs - lastMs) / 60_000
    lastMs = nowMs
    for (const demo of DEMO_SERVICES) {
      const service = await ports.directory.find(demo.slug)
      if (service === null) continue
      const reports = reportsIn(demo, nowMs, minutes, random)
      const outages = demo.slug === outage.service ? [outage] : []
      for (const { rate } of extraRate(outages, nowMs))
        for (let n = poisson(rate * minutes, random); n > 0; n--) reports.push(outageReport(outage, random))
      for (const report of reports) void ports.takeReport(pendingReport(service.id, report, random)).catch(() => {})
    }
    for (const [n, { afterMs, ...update }] of outage.provider.entries())
      if (!said.has(n) && nowMs >= outage.startMs + afterMs) {
        const isTold = await tell(ports, outage.service, { ...update, at: new Date(nowMs) })
        if (isTold) said.add(n)
      }
  }
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    step()
      .catch((error) => ports.log.warn({ err: error }, 'a step of the demo failed'))
      .finally(() => {
        isBusy = false
      })
  }, STEP_MS)
  return () => clearInterval(timer)
}

function reportsIn(demo: DemoService, nowMs: number, minutes: number, random: Random): DemoReport[] {
  return Array.from({ length: poisson(usualRate(demo, nowMs) * minutes, random) }, () => usualReport(demo, random))
}

/** A person of the demo, on a network of their own mostly: countries have thousands of networks. */
function pendingReport(serviceId: number, { region, errorType }: DemoReport, random: Random): PendingReport {
  const wider = `demo-${Math.floor(random() * 4_000)}`
  const network = `${wider}.${Math.floor(random() * 60)}`
  const isOk = random() < 0.12
  return {
    id: crypto.randomUUID(),
    serviceId,
    kind: isOk ? 'ok' : 'problem',
    errorType: isOk ? null : errorType,
    region,
    feature: !isOk && random() < 0.3 ? pick(FEATURES, random) : null,
    comment: null,
    observedAt: null,
    identity: {
      reporter: `${network}.${Math.floor(random() * 1e9)}`,
      otherReporter: null,
      network,
      widerNetwork: wider,
      asn: null,
    },
    source: null,
    trust: 1000,
    idempotency: null,
  }
}

const FEATURES: readonly (readonly [string, number])[] = [
  ['sign in', 5],
  ['send mail', 3],
  ['receive mail', 3],
  ['search', 1],
]

/** The provider can only speak of an incident that is known. */
async function tell(
  { storage }: Pick<Ports, 'storage'>,
  service: string,
  update: Parameters<typeof saveProviderUpdate>[2],
): Promise<boolean> {
  const [incident] = await listIncidents(storage.run, {
    service,
    region: null,
    status: 'all',
    since: null,
    after: null,
    limit: 1,
  })
  if (incident === undefined || incident.status === 'resolved') return false
  await saveProviderUpdate(storage.run, incident.id, update)
  return true
}
