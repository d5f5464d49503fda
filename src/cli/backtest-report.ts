import { DAY, MINUTE } from '../time.ts'
import type { BacktestResults, RuleResult } from './backtest-tally.ts'

const YEAR = 365.25 * DAY

/** The table that `outcry backtest` prints: the rule in force first, then the curve. */
export function formatBacktest({ labels, series, watchedMs, rules }: BacktestResults): string {
  const years = watchedMs / YEAR
  const rows = rules.map((rule) => [
    rule.threshold === null ? 'alarm' : `score ${rule.threshold}`,
    labels === 0 ? '-' : (rule.found / labels).toFixed(3),
    minutes(quantile(rule, 0.5)),
    minutes(quantile(rule, 0.9)),
    years === 0 ? '-' : (rule.falseAlarms / years).toFixed(2),
  ])
  const head = ['rule', 'recall', 'median delay', '90 % delay', 'false alarms a series and year']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  return [
    `${labels} labelled outages in ${series} series, ${years.toFixed(2)} series-years outside them`,
    '',
    line(head),
    ...rows.map(line),
    '',
  ].join('\n')
}

function quantile({ delaysMs }: RuleResult, part: number): number | null {
  return delaysMs.length === 0 ? null : delaysMs[Math.floor(part * (delaysMs.length - 1))]!
}

function minutes(ms: number | null): string {
  return ms === null ? '-' : `${(ms / MINUTE).toFixed(0)} min`
}
