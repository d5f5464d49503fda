import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../ports.ts'

const HELP: Record<string, string> = {
  outcry_intake_total: 'Reports by what became of them: counted, duplicate, late, or the reason of refusal.',
  outcry_tick_seconds: 'Time a detection tick took.',
  outcry_tick_series: 'Series that the last tick looked at.',
  outcry_tick_failures_total: 'Ticks that failed and were rolled back.',
  outcry_open_spikes: 'Unresolved spikes.',
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const made = new Map<string, Counter | Gauge | Histogram>()
  const once = <M extends Counter | Gauge | Histogram>(name: string, make: () => M): M => {
    const known = made.get(name) ?? make()
    made.set(name, known)
    return known as M
  }
  const shape = (name: string, labels: Record<string, string>) => ({
    name,
    help: HELP[name] ?? name,
    labelNames: Object.keys(labels),
    registers: [registry],
  })
  return {
    count: (name, labels = {}, by = 1) => once(name, () => new Counter(shape(name, labels))).inc(labels, by),
    observe: (name, seconds, labels = {}) =>
      once(name, () => new Histogram(shape(name, labels))).observe(labels, seconds),
    gauge: (name, value, labels = {}) => once(name, () => new Gauge(shape(name, labels))).set(labels, value),
    render: () => registry.metrics(),
  }
}
