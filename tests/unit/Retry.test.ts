import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { type Method, type Outcome, next, retryAfter } from '../../provider/Retry'
import { check } from '../support/property'

const methods = ['GET', 'DELETE', 'PATCH', 'POST'] as const

const status = (code: number, seconds?: number): Outcome => ({
  _tag: 'Status',
  status: code,
  retryAfter: seconds === undefined ? O.none : O.some(seconds * 1000)
})
const unreachable: Outcome = { _tag: 'Unreachable' }
const lost: Outcome = { _tag: 'Lost' }

describe('Retry: next', () => {
  /** no: ends at once. tries: as long as there are tries left. wait: without counting. */
  type Verdict = 'no' | 'tries' | 'wait'
  type Row = readonly [name: string, outcome: Outcome, ...verdicts: readonly [Verdict, Verdict, Verdict, Verdict]]

  const rows: ReadonlyArray<Row> = [
    //                                                GET      DELETE   PATCH    POST
    ['no connection', unreachable, /*             */ 'tries', 'tries', 'tries', 'tries'],
    ['a lost answer', lost, /*                    */ 'tries', 'tries', 'no', 'no'],
    ['302', status(302), /*                       */ 'no', 'no', 'no', 'no'],
    ['400', status(400), /*                       */ 'no', 'no', 'no', 'no'],
    ['401', status(401), /*                       */ 'no', 'no', 'no', 'no'],
    ['403', status(403), /*                       */ 'no', 'no', 'no', 'no'],
    ['404', status(404), /*                       */ 'no', 'no', 'no', 'no'],
    ['408', status(408), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['408 with Retry-After', status(408, 7), /*   */ 'tries', 'tries', 'no', 'no'],
    ['409', status(409), /*                       */ 'wait', 'wait', 'wait', 'no'],
    ['409 with Retry-After', status(409, 7), /*   */ 'wait', 'wait', 'wait', 'no'],
    ['423', status(423), /*                       */ 'wait', 'wait', 'wait', 'wait'],
    ['423 with Retry-After', status(423, 7), /*   */ 'wait', 'wait', 'wait', 'wait'],
    ['425', status(425), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['429', status(429), /*                       */ 'tries', 'tries', 'tries', 'tries'],
    ['429 with Retry-After', status(429, 7), /*   */ 'tries', 'tries', 'tries', 'tries'],
    ['429 with Retry-After: 0', status(429, 0), /**/ 'tries', 'tries', 'tries', 'tries'],
    ['500', status(500), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['500 with Retry-After', status(500, 7), /*   */ 'tries', 'tries', 'no', 'no'],
    ['501', status(501), /*                       */ 'no', 'no', 'no', 'no'],
    ['502', status(502), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['503', status(503), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['503 with Retry-After', status(503, 7), /*   */ 'tries', 'tries', 'tries', 'tries'],
    ['504', status(504), /*                       */ 'tries', 'tries', 'no', 'no'],
    ['504 with Retry-After', status(504, 7), /*   */ 'tries', 'tries', 'no', 'no']
  ]

  for (const [name, outcome, ...verdicts] of rows) {
    for (const [index, method] of methods.entries()) {
      const verdict = verdicts[index]
      it(`${method}, ${name}: ${verdict}`, () => {
        const asked = outcome._tag === 'Status' ? outcome.retryAfter : O.none
        const after = (made: number) => next({ method, made, maxRetries: 3, outcome, random: 0.5 })
        const pause = (computed: number) => O.some(O.isSome(asked) ? asked.value + 250 : computed)
        assert.deepStrictEqual(
          [after(1), after(2), after(3), after(4), after(50)],
          [
            verdict === 'no' ? O.none : pause(250),
            verdict === 'no' ? O.none : pause(500),
            verdict === 'no' ? O.none : pause(1000),
            verdict === 'wait' ? pause(2000) : O.none,
            verdict === 'wait' ? pause(15_000) : O.none
          ]
        )
      })
    }
  }

  it('never tries again when no further tries are wanted', () => {
    assert.deepStrictEqual(next({ method: 'GET', made: 1, maxRetries: 0, outcome: lost, random: 0 }), O.none)
  })

  const anyMethod = (): fc.Arbitrary<Method> => fc.constantFrom(...methods)
  const anyOutcome = (): fc.Arbitrary<Outcome> =>
    fc.oneof(
      fc.constantFrom(unreachable, lost),
      fc
        .tuple(
          fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(408, 409, 423, 425, 429, 500, 502, 503, 504)),
          fc.option(fc.nat(86_400_000), { nil: undefined })
        )
        .map(([code, ms]): Outcome => ({ _tag: 'Status', status: code, retryAfter: O.fromNullable(ms) }))
    )
  const attempt = () =>
    fc.record({
      method: anyMethod(),
      made: fc.integer({ min: 1, max: 200 }),
      maxRetries: fc.nat(100),
      outcome: anyOutcome(),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    })

  it('never pauses for longer than its cap, or than was asked for and half a second', () => {
    check(
      fc.property(attempt(), (given) => {
        const pause = next(given)
        if (O.isNone(pause)) return true
        const { outcome, made } = given
        const asked = outcome._tag === 'Status' ? outcome.retryAfter : O.none
        return O.isSome(asked)
          ? pause.value >= asked.value && pause.value <= asked.value + 500
          : pause.value >= 0 && pause.value <= Math.min(30_000, 500 * 2 ** (made - 1))
      }),
      1000
    )
  })

  it('never repeats a POST or PATCH that may have been carried out', () => {
    const mayHaveArrived = ({ outcome, method }: { outcome: Outcome; method: Method }): boolean =>
      outcome._tag === 'Lost' ||
      (outcome._tag === 'Status' &&
        !(outcome.status === 429 || outcome.status === 423 || (outcome.status === 409 && method === 'PATCH')) &&
        !(outcome.status === 503 && O.isSome(outcome.retryAfter)))
    check(
      fc.property(attempt(), (given) => {
        const writes = given.method === 'POST' || given.method === 'PATCH'
        return !writes || !mayHaveArrived(given) || O.isNone(next(given))
      }),
      1000
    )
  })

  it('ends: only 409 and 423 are waited for beyond the tries', () => {
    check(
      fc.property(attempt(), (given) => {
        const { outcome, made, maxRetries } = given
        const waits = outcome._tag === 'Status' && (outcome.status === 409 || outcome.status === 423)
        return made <= maxRetries || waits || O.isNone(next(given))
      }),
      1000
    )
  })
})

describe('Retry: retryAfter', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5)
  const rows: ReadonlyArray<readonly [header: string | undefined, expected: O.Option<number>]> = [
    [undefined, O.none],
    ['', O.none],
    ['  ', O.none],
    ['0', O.some(0)],
    ['7', O.some(7000)],
    [' 120 ', O.some(120_000)],
    ['-1', O.none],
    ['-120', O.none],
    ['1.5', O.none],
    ['1e3', O.none],
    ['0x10', O.none],
    ['5 s', O.none],
    ['Fri, 02 Jan 2026 03:04:15 GMT', O.some(10_000)],
    ['Friday, 02-Jan-26 03:05:05 GMT', O.some(60_000)],
    ['Fri, 02 Jan 2026 03:04:05 GMT', O.some(0)],
    ['Fri, 02 Jan 2026 03:04:04 GMT', O.some(0)],
    ['Wed, 21 Oct 2015 07:28:00 GMT', O.some(0)],
    ['2026', O.some(2_026_000)],
    ['soon', O.none],
    ['in 5 minutes', O.none],
    // The lenient parser of dates makes days of 2001 and 1999 of these.
    ['rubbish 12', O.none],
    ['try 5', O.none],
    ['Retry 99', O.none]
  ]
  for (const [header, expected] of rows) {
    it(`${JSON.stringify(header)}: ${O.isSome(expected) ? expected.value : 'none'}`, () => {
      assert.deepStrictEqual(retryAfter(header, now), expected)
    })
  }

  it('is a time from now on, or none, for whatever is sent', () => {
    check(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 .+-]*$/)), fc.nat(), (header, at) => {
        const result = retryAfter(header, at)
        return O.isNone(result) || (result.value >= 0 && !Number.isNaN(result.value))
      })
    )
  })

  it('reads back the dates that HTTP writes', () => {
    check(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fc.integer({ min: 0, max: 4_000_000_000 }), (at, date) =>
        assert.deepStrictEqual(
          retryAfter(new Date(date * 1000).toUTCString(), at * 1000),
          O.some(Math.max(0, date - at) * 1000)
        )
      )
    )
  })
})
