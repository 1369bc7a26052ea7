import * as E from 'fp-ts/Either'
import type { ProviderError } from '../../provider/Errors'
import { isObject } from '../../provider/Json'
import { at } from './Shapes'
import type { World } from './World'

/** From where a list counts its pages, found by asking for page 0 and for page 1. */

/** Entries asked for: some calls of the API take no fewer. */
const size = 2

/** An answer to such a question. */
export type Page =
  | { readonly _tag: 'Entries'; readonly entries: ReadonlyArray<string>; readonly isEnvelope: boolean }
  | { readonly _tag: 'Refused'; readonly status: number }
  | { readonly _tag: 'Nothing' }

/** How a list is paged, as far as two pages tell. */
export type Counting = 'from 0' | 'from 1' | 'ignored' | 'not decided'

/** What two pages tell. Pure. */
export const countingOf = (zero: Page, one: Page): Counting => {
  if (zero._tag === 'Nothing' || one._tag === 'Nothing') return 'not decided'
  if (zero._tag === 'Refused') return one._tag === 'Entries' && one.entries.length > 0 ? 'from 1' : 'not decided'
  if (one._tag === 'Refused') return zero.entries.length > 0 ? 'from 0' : 'not decided'
  if (zero.entries.length === 0) return one.entries.length > 0 ? 'from 1' : 'not decided'
  if (JSON.stringify(zero.entries) !== JSON.stringify(one.entries)) return 'from 0'
  // Two entries or fewer: page 0 may have been taken for page 1.
  return zero.entries.length > size ? 'ignored' : 'not decided'
}

/** An answer as a page: a bare list, or the envelope of the newer V3 lists. */
export const pageOf = (answer: E.Either<ProviderError, unknown>): Page => {
  if (E.isLeft(answer)) {
    const status = 'exchange' in answer.left ? answer.left.exchange?.status : undefined
    return status !== undefined && status >= 400 && status < 500 ? { _tag: 'Refused', status } : { _tag: 'Nothing' }
  }
  const value = answer.right
  const data = isObject(value) ? at(value, 'data') : value
  return Array.isArray(data)
    ? {
        _tag: 'Entries',
        entries: data.map((entry) => JSON.stringify(entry)),
        isEnvelope: data !== value
      }
    : { _tag: 'Nothing' }
}

const spellings = { joined: ['PageNumber', 'PageSize'], spaced: ['Page Number', 'Page Size'] } as const

type Query = Readonly<Record<string, string>>

const asked = async (
  { raw }: World,
  path: string,
  query: Query,
  spelling: keyof typeof spellings
): Promise<{ readonly counting: Counting; readonly isEnvelope: boolean }> => {
  const [number, count] = spellings[spelling]
  const page = async (n: string): Promise<Page> =>
    pageOf(await raw(path, { ...query, [number]: n, [count]: String(size) }))
  const [zero, one] = [await page('0'), await page('1')]
  return {
    counting: countingOf(zero, one),
    isEnvelope: [zero, one].some((each) => each._tag === 'Entries' && each.isEnvelope)
  }
}

/** What is found of a list. `isSpaced`: it takes `Page Number`, as the tables of the documentation write it, which the lookups do not send. */
export interface Paging {
  readonly counting: Counting
  readonly isSpaced: boolean
  readonly isEnvelope: boolean
}

/** Asks a list for two pages; for four when it ignores the usual names of the parameters. */
export const pagingOf = async (world: World, path: string, query: Query = {}): Promise<Paging> => {
  const { counting, isEnvelope } = await asked(world, path, query, 'joined')
  if (counting !== 'ignored') return { counting, isSpaced: false, isEnvelope }
  const spaced = await asked(world, path, query, 'spaced')
  return spaced.counting === 'from 0' || spaced.counting === 'from 1'
    ? { counting: spaced.counting, isSpaced: true, isEnvelope }
    : { counting, isSpaced: false, isEnvelope }
}
