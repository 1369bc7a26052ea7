// A list that may not be whole is none: whatever the platform makes of the numbers and sizes of pages.

import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import * as TE from 'fp-ts/TaskEither'
import type { Fetch } from '../../../provider/Env'
import { type List, type Paging, listed, whole } from '../../../provider/lookups/Lists'
import { check } from '../../support/property'
import { testEnv } from '../../support/TestEnv'
import { complained, looked } from '../support/Lookups'

const Entry = t.type({ id: t.number }, 'Entry')
type Entry = t.TypeOf<typeof Entry>

const entries = (count: number, from = 0): ReadonlyArray<Entry> =>
  Array.from({ length: count }, (_, n) => ({ id: from + n }))

interface Platform {
  /** Everything that it has. */
  readonly all: ReadonlyArray<Entry>
  readonly first: 0 | 1
  /** Size of a page unless the request says otherwise. */
  readonly size: number
  readonly heedsSize?: boolean
  readonly heedsNumber?: boolean
  readonly envelope?: boolean
}

/** A platform that answers pages in one way, and the queries that it got. */
const answering = (platform: Platform): { readonly fetch: Fetch; readonly asked: Array<string> } => {
  const { all, first, size, heedsSize = true, heedsNumber = true, envelope = false } = platform
  const asked: Array<string> = []
  const fetch: Fetch = ({ url }) => {
    const query = new URL(url).searchParams
    asked.push([...query].map(([name, value]) => `${name}=${value}`).join(' '))
    const of = heedsSize ? Number(query.get('PageSize') ?? size) : size
    const number = heedsNumber ? Number(query.get('PageNumber') ?? first) : first
    const data = all.slice((number - first) * of, (number - first + 1) * of)
    const totalPages = Math.ceil(all.length / of)
    const body = JSON.stringify(
      envelope ? { currentPage: number, pageSize: of, totalPages, totalRecords: all.length, data } : data
    )
    return TE.right({ status: 200, headers: {}, body })
  }
  return { fetch, asked }
}

const list = (paging: Paging, more: Partial<List<Entry>> = {}): List<Entry> => ({
  path: '/api/v2/list',
  entry: Entry,
  paging,
  ...more
})

const from0: Paging = { first: 0, size: 100, usual: [10] }
const from1: Paging = { first: 1, size: 200 }
const unknown: Paging = { first: 'unknown', size: 1000, usual: [10, 100] }

const reading = async (paging: Paging, platform: Platform, more: Partial<List<Entry>> = {}) => {
  const { fetch, asked } = answering(platform)
  const found = await looked(listed(list(paging, more)), testEnv({}, { fetch }))
  return { found, asked }
}
const failing = async (paging: Paging, platform: Platform, more: Partial<List<Entry>> = {}) => {
  const { fetch, asked } = answering(platform)
  const said = await complained(listed(list(paging, more)), testEnv({}, { fetch }))
  return { said, asked }
}

describe('A list in pages', () => {
  it('of one short page is one request', async () => {
    const all = entries(42)
    assert.deepStrictEqual(await reading(from0, { all, first: 0, size: 10 }), {
      found: all,
      asked: ['PageNumber=0 PageSize=100']
    })
    assert.deepStrictEqual(await reading(from0, { all: [], first: 0, size: 10 }), {
      found: [],
      asked: ['PageNumber=0 PageSize=100']
    })
  })

  it('is read to the end, from 0 and from 1', async () => {
    const all = entries(200)
    const pages = (numbers: ReadonlyArray<number>, size: number) =>
      numbers.map((n) => `PageNumber=${n} PageSize=${size}`)
    assert.deepStrictEqual(await reading(from0, { all, first: 0, size: 10 }), {
      found: all,
      asked: pages([0, 1, 2], 100)
    })
    assert.deepStrictEqual(await reading(from1, { all: entries(401), first: 1, size: 200 }), {
      found: entries(401),
      asked: pages([1, 2, 3], 200)
    })
  })

  it('in an envelope ends with the page that it announces', async () => {
    const all = entries(400)
    assert.deepStrictEqual(await reading(from1, { all, first: 1, size: 200, envelope: true }), {
      found: all,
      asked: ['PageNumber=1 PageSize=200', 'PageNumber=2 PageSize=200']
    })
    // Nobody asked for pages, and they come all the same.
    assert.deepStrictEqual(await reading(whole, { all, first: 1, size: 150, envelope: true }), {
      found: all,
      asked: ['', 'PageNumber=1', 'PageNumber=2', 'PageNumber=3']
    })
    assert.deepStrictEqual(await reading(from1, { all: [], first: 1, size: 200, envelope: true }), {
      found: [],
      asked: ['PageNumber=1 PageSize=200']
    })
  })

  it('goes on after a page of the usual size: the size may not have been heeded', async () => {
    const all = entries(25)
    const { found, asked } = await reading(from0, { all, first: 0, size: 10, heedsSize: false })
    assert.deepStrictEqual([found, asked.length], [all, 3])
  })

  it('whose first number is not known is read whole, whichever it is', async () => {
    const all = entries(2500)
    const of = async (first: 0 | 1) => reading(unknown, { all, first, size: 10 })
    assert.deepStrictEqual(await of(0), {
      found: all,
      asked: ['PageSize=1000', 'PageNumber=1 PageSize=1000', 'PageNumber=2 PageSize=1000']
    })
    assert.deepStrictEqual(await of(1), {
      found: all,
      asked: ['PageSize=1000', 'PageNumber=1 PageSize=1000', 'PageNumber=2 PageSize=1000', 'PageNumber=3 PageSize=1000']
    })
  })

  it('that comes all at once although pages were asked for is whole', async () => {
    const all = entries(130)
    const { found, asked } = await reading(from0, { all, first: 0, size: 130, heedsSize: false, heedsNumber: false })
    assert.deepStrictEqual([found, asked.length], [all, 2])
  })

  it('whose page repeats is an error: nobody knows whether there is more', async () => {
    const stuck = { all: entries(50), first: 0, size: 10, heedsSize: false, heedsNumber: false } as const
    assert.deepStrictEqual(await failing(from0, stuck), {
      said: 'Mismatch: page 1 of GET /api/v2/list repeats what came before, so it cannot be told whether the 10 entries so far are all',
      asked: ['PageNumber=0 PageSize=100', 'PageNumber=1 PageSize=100']
    })
    assert.strictEqual((await failing(unknown, { ...stuck, first: 1 })).asked.length, 3)
  })

  it('without an end is an error', async () => {
    assert.deepStrictEqual(
      await failing({ first: 0, size: 2 }, { all: entries(50), first: 0, size: 2 }, { maxPages: 3 }),
      {
        said: 'Mismatch: GET /api/v2/list has more than 3 pages, so it is taken for endless',
        asked: ['PageNumber=0 PageSize=2', 'PageNumber=1 PageSize=2', 'PageNumber=2 PageSize=2']
      }
    )
  })

  it('that ends before the page that it announces is an error', async () => {
    const fetch: Fetch = ({ url }) =>
      TE.right({
        status: 200,
        headers: {},
        body: JSON.stringify({ totalPages: 3, data: url.includes('PageNumber=1') ? entries(2) : [] })
      })
    assert.strictEqual(
      await complained(listed(list(from1)), testEnv({}, { fetch })),
      'Mismatch: GET /api/v2/list announces further pages, and page 2 is empty'
    )
  })

  it('that changes meanwhile shows an entry on two pages once', async () => {
    const pages = [entries(100), entries(30, 99)]
    const fetch: Fetch = () => TE.right({ status: 200, headers: {}, body: JSON.stringify(pages.shift()) })
    assert.deepStrictEqual(await looked(listed(list(from0)), testEnv({}, { fetch })), entries(129))
  })

  it('is whole or an error, whatever the platform does', async () => {
    const platforms = fc.record({
      all: fc.nat({ max: 60 }).map((count) => entries(count)),
      first: fc.constantFrom(0 as const, 1 as const),
      size: fc.integer({ min: 1, max: 12 }),
      heedsSize: fc.boolean(),
      heedsNumber: fc.boolean(),
      envelope: fc.boolean()
    })
    const sizes = fc.integer({ min: 1, max: 12 })
    await check(
      fc.asyncProperty(platforms, sizes, fc.boolean(), async (platform, size, isKnown) => {
        const { fetch, asked } = answering(platform)
        // What the vendor documents as the usual size is what the platform has.
        const paging: Paging = { first: isKnown ? platform.first : 'unknown', size, usual: [platform.size] }
        const result = await looked(listed(list(paging)), testEnv({}, { fetch })).catch(() => 'an error')
        const ends = asked.length <= platform.all.length + 4
        return ends && (result === 'an error' || (Array.isArray(result) && result.length === platform.all.length))
      }),
      300
    )
  })
})
