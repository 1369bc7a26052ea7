import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { initialState, manyScripts } from '../../simulator'
import type { Switches } from '../../simulator'
import { check } from '../support/property'
import { refused, session } from './support'

/** Ids of script templates, from 1; 25 of them unless told otherwise. */
const page = (query: string, switches: Partial<Switches> = {}, count = 25): readonly number[] => {
  const start = { ...initialState(switches), scripts: manyScripts(count) }
  const { body } = session({}, start).send('GET', `v2/scripttemplates?${query}`)
  return (body as { id: number }[]).map(({ id }) => id - 20_000)
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

describe('simulator: paging', () => {
  const pages: readonly [string, readonly number[]][] = [
    ['', from(1, 10)],
    ['PageNumber=0', from(1, 10)],
    ['PageNumber=1', from(11, 20)],
    ['PageNumber=2', from(21, 25)],
    ['PageNumber=3', []],
    ['PageSize=1', [1]],
    ['PageSize=24', from(1, 24)],
    ['PageSize=25', from(1, 25)],
    ['PageSize=26', from(1, 25)],
    ['PageNumber=1&PageSize=24', [25]],
    ['PageNumber=1&PageSize=25', []],
    ['PageNumber=9007199254740991&PageSize=9007199254740991', []],
    ['pagenumber=1&PAGESIZE=5', from(6, 10)],
    ['PageNumber=&PageSize=', from(1, 10)],
    ['PageNumber=01', from(11, 20)],
    // Of two, the first counts.
    ['PageSize=1&PageSize=2', [1]],
    ['Page=1&Size=5', from(1, 10)]
  ]
  for (const [query, expected] of pages) {
    it(query === '' ? 'no parameters' : query, () => assert.deepStrictEqual(page(query), expected))
  }

  it('pages of any size, one after the other, are the whole list', () => {
    check(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 30 }), (size, count) => {
        const wanted = Math.ceil(count / size)
        const pieces = from(0, wanted).map((n) => page(`PageNumber=${n}&PageSize=${size}`, {}, count))
        assert.deepStrictEqual([pieces.flat(), pieces.at(-1)], [from(1, count), []])
      }),
      30
    )
  })

  const number = ['The value must be an integer from 0.']
  const size = ['The value must be an integer from 1.']
  const refusals: readonly [string, object][] = [
    ['PageNumber=-1', { PageNumber: number }],
    ['PageNumber=1.5', { PageNumber: number }],
    ['PageNumber=one', { PageNumber: number }],
    ['PageNumber=1e1', { PageNumber: number }],
    ['PageNumber=9007199254740992', { PageNumber: number }],
    ['PageSize=0', { PageSize: size }],
    ['PageSize=-5', { PageSize: size }],
    ['PageSize=x&PageNumber=y', { PageNumber: number, PageSize: size }]
  ]
  for (const [query, errors] of refusals) {
    it(`refuses ${query}`, () => refused(session().send('GET', `v2/scripttemplates?${query}`), errors))
  }

  const plus = 'Page+Number=1&Page+Size=5'
  const percent = 'page%20number=1&page%20size=5'
  const joined = 'PageNumber=2&PageSize=5'
  const spellings: readonly [Switches['pageNames'], string, readonly number[]][] = [
    ['joined', joined, from(11, 15)],
    ['joined', plus, from(1, 10)],
    ['joined', percent, from(1, 10)],
    ['spaced', joined, from(1, 10)],
    ['spaced', plus, from(6, 10)],
    ['spaced', percent, from(6, 10)],
    ['both', joined, from(11, 15)],
    ['both', percent, from(6, 10)]
  ]
  for (const [pageNames, query, expected] of spellings) {
    it(`pageNames: ${pageNames}, ${query}`, () => assert.deepStrictEqual(page(query, { pageNames }), expected))
  }

  for (const query of ['', 'PageNumber=1&PageSize=5', 'PageNumber=-1&PageSize=x']) {
    it(`paging: whole or first, whatever is asked for: ${query}`, () => {
      const seen = (['whole', 'first'] as const).map((paging) => page(query, { paging }))
      assert.deepStrictEqual(seen, [from(1, 25), from(1, 10)])
    })
  }
})
