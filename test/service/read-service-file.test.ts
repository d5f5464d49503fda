import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readServiceFile } from '../../src/service/read-service-file.ts'
import { CATEGORIES, type ServiceEntry, STATUS_PAGE_FORMATS } from '../../src/service/service.ts'
import { toCsv, toJsonLines } from '../../src/service/write-service-file.ts'

const row = (slug: string, more: Record<string, unknown> = {}) => ({
  slug,
  name: `The ${slug}`,
  category: 'other',
  homepage: 'https://example.com',
  ...more,
})

const jsonLines = (...rows: unknown[]) => rows.map((value) => JSON.stringify(value)).join('\n')
const slugsOf = (text: string) => readServiceFile(text).rows.map(({ line, service }) => [line, service.slug])
const errorsOf = (text: string) => readServiceFile(text).errors.map(({ line, message }) => `${line}: ${message}`)

describe('a file of services', () => {
  test('is read as JSON lines, and what is left out is empty', () => {
    expect(readServiceFile(jsonLines(row('intranet')))).toEqual({
      rows: [
        {
          line: 1,
          service: {
            ...row('intranet'),
            aliases: [],
            statusPage: null,
            features: [],
            countries: [],
            dependsOn: [],
            isActive: true,
          },
        },
      ],
      errors: [],
    })
  })

  test('is read as a JSON array, with the line each element begins on', () => {
    const text = `[\n  ${JSON.stringify(row('one', { aliases: ['a, "b" ]'] }))},\n\n  ${JSON.stringify(row('two'), null, 2)}\n]\n`
    expect(slugsOf(text)).toEqual([
      [2, 'one'],
      [4, 'two'],
    ])
  })

  test('is read as CSV, with lists parted by a bar and cells over several lines', () => {
    const text = `\ufeffslug,name,category,homepage,aliases,countries,statusPageUrl,statusPageFormat,isActive\r\none,"A ""big"", one",other,https://example.com,"x|y,z",DE|AT,https://status.example.com,html,false\r\n\r\ntwo,Two,ai,https://example.org,"multi-\nline",,,,\r\n`
    const { rows, errors } = readServiceFile(text)
    expect(errors).toEqual([{ line: 4, message: 'aliases.0: must not contain control characters' }])
    expect(rows.map(({ service }) => service)).toEqual([
      {
        slug: 'one',
        name: 'A "big", one',
        aliases: ['x', 'y,z'],
        category: 'other',
        homepage: 'https://example.com',
        statusPage: { url: 'https://status.example.com', format: 'html' },
        features: [],
        countries: ['DE', 'AT'],
        dependsOn: [],
        isActive: false,
      },
    ])
  })

  test('blank lines do not shift the numbers of lines', () => {
    expect(slugsOf(`\n\n${jsonLines(row('one'))}\r\n\r\n${jsonLines(row('two'))}\n`)).toEqual([
      [3, 'one'],
      [5, 'two'],
    ])
  })

  test('each wrong row has its errors, with field and line', () => {
    const text = `${jsonLines(row('one'), row('Not A Slug', { category: 'nonsense' }))}\n{"slug": \n${jsonLines(
      row('two', { homepage: 'javascript:alert(1)', colour: 'red' }),
      row('three', { countries: ['Germany'] }),
      row('four', { dependsOn: ['four'] }),
    )}`
    const errors = errorsOf(text)
    expect(errors.map((error) => error.split(' ').slice(0, 2).join(' '))).toEqual([
      '2: slug:',
      '2: category:',
      '3: is',
      '4: homepage:',
      '4: Unrecognized',
      '5: countries.0:',
      '6: dependsOn:',
    ])
    expect(slugsOf(text)).toEqual([[1, 'one']])
  })

  test('a slug stands in it once', () => {
    expect(errorsOf(jsonLines(row('one'), row('two'), row('one')))).toEqual(['3: slug: "one" stands on line 1 already'])
  })

  test.each([
    ['', '1: the file has no services'],
    ['[]', '1: the file has no services'],
    ['slug,name\n', '1: the file has no services'],
    ['slug,price\na,1', '1: unknown column "price"'],
    ['slug,name\na', '2: has 1 cells, the header has 2'],
    ['slug,name\na,"b', '2: has a quote that does not end'],
    ['[{"slug": "a"', '1: the array has no end'],
    ['[\n1,\n,]', '2: Invalid input'],
    ['[]\nx', '1: something follows'],
  ])('%j is told what is wrong', (text, error) => {
    expect(errorsOf(text)[0]).toContain(error)
  })

  test('an element that is not JSON spoils itself alone', () => {
    const text = `[\n${JSON.stringify(row('one'))},\n{"slug" "b"},,\n${JSON.stringify(row('two'))}]`
    expect(errorsOf(text)).toEqual(['3: is not JSON', '3: is not JSON'])
    expect(slugsOf(text)).toEqual([
      [2, 'one'],
      [4, 'two'],
    ])
  })

  test('what was written is read as it was', () => {
    const label = fc
      .string({
        minLength: 1,
        maxLength: 20,
        unit: fc.constantFrom('a', 'B', '"', ',', ' ', 'é', '微', "'", ';', '\\'),
      })
      .map((text) => text.trim())
      .filter(Boolean)
    const address = fc.constantFrom('https://example.com', 'http://intranet/status?a=1,2')
    const service: fc.Arbitrary<ServiceEntry> = fc.record({
      slug: fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8})?$/),
      name: label,
      aliases: fc.uniqueArray(label, { maxLength: 3 }),
      category: fc.constantFrom(...CATEGORIES),
      homepage: address,
      statusPage: fc.option(fc.record({ url: address, format: fc.constantFrom(...STATUS_PAGE_FORMATS) })),
      features: fc.uniqueArray(label, { maxLength: 3 }),
      countries: fc.uniqueArray(fc.constantFrom('DE', 'US', 'JP'), { maxLength: 3 }),
      dependsOn: fc.constantFrom([], ['of-another-name-1']),
      isActive: fc.boolean(),
    })
    const catalogue = fc.uniqueArray(service, { minLength: 1, maxLength: 4, selector: ({ slug }) => slug })
    fc.assert(
      fc.property(catalogue, fc.constantFrom(toCsv, toJsonLines, JSON.stringify), (services, write) => {
        const { rows, errors } = readServiceFile(write(services))
        expect(errors).toEqual([])
        expect(rows.map((each) => each.service)).toEqual(services)
      }),
    )
  })

  test('whatever the bytes, it answers with services or errors', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', ',', '\n', '\\', 'a', ':', '1') }),
        (text) => {
          const { rows, errors } = readServiceFile(text)
          expect(rows.length + errors.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
