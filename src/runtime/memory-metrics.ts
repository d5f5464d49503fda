import type { Metrics } from '../ports.ts'

/** Counts of one isolate, in the text format of Prometheus; an observation is kept as its sum and number. */
export function createMemoryMetrics(): Metrics {
  const values = new Map<string, { type: 'counter' | 'gauge' | 'summary'; byLabels: Map<string, number> }>()

  const change = (
    name: string,
    type: 'counter' | 'gauge' | 'summary',
    sample: string,
    of: (before: number) => number,
  ) => {
    const metric = values.get(name) ?? { type, byLabels: new Map<string, number>() }
    values.set(name, metric)
    metric.byLabels.set(sample, of(metric.byLabels.get(sample) ?? 0))
  }
  return {
    count: (name, labels = {}, by = 1) => change(name, 'counter', name + labelText(labels), (before) => before + by),
    gauge: (name, value, labels = {}) => change(name, 'gauge', name + labelText(labels), () => value),
    observe: (name, seconds, labels = {}) => {
      change(name, 'summary', `${name}_sum${labelText(labels)}`, (before) => before + seconds)
      change(name, 'summary', `${name}_count${labelText(labels)}`, (before) => before + 1)
    },
    render: async () =>
      [...values]
        .flatMap(([name, { type, byLabels }]) => [
          `# TYPE ${name} ${type}`,
          ...[...byLabels].map(([sample, value]) => `${sample} ${value}`),
        ])
        .join('\n')
        .concat('\n'),
  }
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
