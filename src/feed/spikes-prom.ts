import type { Spike } from '../incident/spike.ts'

const METRICS: [name: string, help: string, measure: (spike: Spike) => number][] = [
  ['outcry_spike_observed_reporters', 'Distinct reporters in the last 15 minutes.', ({ observed }) => observed],
  ['outcry_spike_expected_reporters', 'Reporters that are usual for those 15 minutes.', ({ expected }) => expected],
  [
    'outcry_spike_surprise_decades',
    'Evidence against the usual, -log10 of a tail probability.',
    ({ surprise }) => surprise,
  ],
  ['outcry_spike_confidence_ratio', 'Probability that this is no chance.', ({ confidence }) => confidence],
  ['outcry_spike_opened_timestamp_seconds', 'When it was noticed.', ({ openedAt }) => openedAt.getTime() / 1000],
]

/** Unresolved spikes in Prometheus' text format, one line of each metric for each. */
export function spikesToProm(spikes: readonly Spike[], asOf: Date): string {
  const lines = METRICS.flatMap(([name, help, measure]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...spikes.map((spike) => `${name}{${labelsOf(spike)}} ${measure(spike)}`),
  ])
  return [
    ...lines,
    '# HELP outcry_as_of_timestamp_seconds When these spikes were read.',
    '# TYPE outcry_as_of_timestamp_seconds gauge',
    `outcry_as_of_timestamp_seconds ${asOf.getTime() / 1000}`,
    '',
  ].join('\n')
}

function labelsOf({ id, service, region, status, cause }: Spike): string {
  return Object.entries({ spike: id, service, region: region ?? 'world', status, cause })
    .map(
      ([name, value]) =>
        `${name}="${value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`,
    )
    .join(',')
}
