import { CSV_COLUMNS, LIST_SEPARATOR } from './read-service-file.ts'
import type { ServiceEntry } from './service.ts'

/** One JSON object a line; what `readServiceFile` reads. */
export function toJsonLines(services: readonly ServiceEntry[]): string {
  return services.map((service) => `${JSON.stringify(service)}\n`).join('')
}

/** CSV with a header; what `readServiceFile` reads. */
export function toCsv(services: readonly ServiceEntry[]): string {
  const records = services.map((service) => {
    const cells: Record<(typeof CSV_COLUMNS)[number], string> = {
      slug: service.slug,
      name: service.name,
      aliases: service.aliases.join(LIST_SEPARATOR),
      category: service.category,
      homepage: service.homepage,
      statusPageUrl: service.statusPage?.url ?? '',
      statusPageFormat: service.statusPage?.format ?? '',
      features: service.features.join(LIST_SEPARATOR),
      countries: service.countries.join(LIST_SEPARATOR),
      dependsOn: service.dependsOn.join(LIST_SEPARATOR),
      isActive: String(service.isActive),
    }
    return CSV_COLUMNS.map((column) => cells[column])
  })
  return [CSV_COLUMNS, ...records].map((cells) => `${cells.map(quoted).join(',')}\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
