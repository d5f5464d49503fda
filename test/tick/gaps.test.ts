import { expect, test } from 'vitest'
import { gapsBetween } from '../../src/tick/gaps.ts'
import { MINUTE, SECOND } from '../../src/time.ts'

const at = (minute: number, second = 0) => minute * MINUTE + second * SECOND

test.each([
  { what: 'ticks that follow each other', ran: at(10, 5), now: at(10, 10), news: null, gaps: [] },
  { what: 'a slow tick', ran: at(10, 5), now: at(13, 0), news: null, gaps: [] },
  {
    what: 'an absence without a report',
    ran: at(10, 5),
    now: at(20, 30),
    news: null,
    gaps: [{ fromMs: at(11), untilMs: at(20) }],
  },
  {
    what: 'an absence in which another process listened for a while',
    ran: at(10, 5),
    now: at(30, 30),
    news: { firstMs: at(15), lastMs: at(20) },
    gaps: [
      { fromMs: at(11), untilMs: at(15) },
      { fromMs: at(21), untilMs: at(30) },
    ],
  },
  {
    what: 'a tick that did not run while reports came in throughout',
    ran: at(10, 5),
    now: at(30, 30),
    news: { firstMs: at(11), lastMs: at(29) },
    gaps: [],
  },
])('$what', ({ ran, now, news, gaps }) => {
  expect(gapsBetween(ran, now, news)).toEqual(gaps)
})
