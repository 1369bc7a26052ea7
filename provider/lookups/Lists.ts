import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { Integer, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { type ProviderError, mismatch } from '../Errors'
import * as Http from '../Http'
import { shared } from './Shared'

/** How a list comes in pages. The documentation counts them from 0 for some calls, from 1 for others, and both ways for a few. */
export interface Paging {
  /** Number of the first page. `unknown`: it is asked for without a number, and what follows tells how the platform counts. */
  readonly first: 0 | 1 | 'unknown'
  /** Entries asked for. Without it a bare list is a whole one, and only an envelope can announce more. */
  readonly size?: number
  /** Entries on a page by default: that many may mean that the size was ignored, and that there are more. */
  readonly usual?: ReadonlyArray<number>
}

/** A list as the API names it. */
export interface List<A> {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly entry: t.Type<A, unknown, unknown>
  readonly paging: Paging
  /** Pages after which a list is taken for endless. Default: 1,000. */
  readonly maxPages?: number
}

/** A list that is not documented to come in pages. */
export const whole: Paging = { first: 'unknown' }

interface Page<A> {
  readonly entries: ReadonlyArray<A>
  readonly totalPages?: number | undefined
}

/** A bare array, as V2 has it, or the envelope of the newer V3 lists. */
const pageOf = <A>(entry: t.Type<A, unknown, unknown>): t.Decoder<unknown, Page<A>> => {
  const entries = t.array(entry)
  const envelope = caseBlind({ totalPages: optional(Integer), data: entries }, 'page of a list')
  return new t.Type<Page<A>, Page<A>, unknown>(
    'list',
    (u): u is Page<A> => envelope.is(u),
    (u, context) => {
      if (Array.isArray(u))
        return pipe(
          entries.validate(u, context),
          E.map((all) => ({ entries: all }))
        )
      return typeof u === 'object' && u !== null && Object.keys(u).some((name) => name.toLowerCase() === 'data')
        ? pipe(
            envelope.validate(u, context),
            E.map(({ data, totalPages }) => ({ entries: data, totalPages }))
          )
        : t.failure(u, context, 'expected a list')
    },
    t.identity
  )
}

/** How far the reading of a list has come. */
interface Progress<A> {
  /** The entries by their content, in their order: a list that changes meanwhile may show one on two pages. */
  readonly entries: Map<string, A>
  /** Pages that brought something. */
  readonly pages: number
  /** Number of the page asked for; `undefined`: the first one, whatever it is called. */
  readonly asked: number | undefined
  /** Entries on the page before. */
  readonly before: number
}

type Next<A> = { readonly _tag: 'Done' } | { readonly _tag: 'Go'; readonly progress: Progress<A> }

const done: Next<never> = { _tag: 'Done' }

const isLast = <A>({ size, usual = [] }: Paging, { entries, totalPages }: Page<A>, pages: number): boolean => {
  if (totalPages !== undefined) return pages >= totalPages
  return size === undefined || entries.length === 0 || (entries.length < size && !usual.includes(entries.length))
}

/** What follows after a page. Pure. */
const after = <A>(list: List<A>, progress: Progress<A>, page: Page<A>): E.Either<ProviderError, Next<A>> => {
  const { paging, maxPages = 1000 } = list
  const { asked, before } = progress
  const fresh = page.entries.map((entry) => [JSON.stringify(entry), entry] as const)
  const isRepeated = fresh.length > 0 && fresh.every(([key]) => progress.entries.has(key))
  const go = (pages: number): E.Either<ProviderError, Next<A>> =>
    pages >= maxPages
      ? E.left(mismatch(`GET ${list.path} has more than ${maxPages} pages, so it is taken for endless`))
      : E.right({
          _tag: 'Go',
          progress: { entries: progress.entries, pages, asked: (asked ?? 0) + 1, before: page.entries.length }
        })
  if (isRepeated) {
    // Page 1 is the first one where the platform counts from 1.
    if (paging.first === 'unknown' && asked === 1 && progress.pages === 1) return go(1)
    // It gave everything at once, and does so again; unless that is what it has on a page.
    if (paging.size !== undefined && before > paging.size && paging.usual?.includes(before) !== true)
      return E.right(done)
    return E.left(
      mismatch(
        `page ${asked ?? 'one'} of GET ${list.path} repeats what came before, so it cannot be told whether the ${progress.entries.size} entries so far are all`
      )
    )
  }
  for (const [key, entry] of fresh) progress.entries.set(key, entry)
  const pages = progress.pages + 1
  if (isLast(paging, page, pages)) return E.right(done)
  return fresh.length === 0
    ? E.left(mismatch(`GET ${list.path} announces further pages, and page ${asked ?? 'one'} is empty`))
    : go(pages)
}

/** All entries of a list as of now; see `listed`. */
export const listedNow =
  <A>(list: List<A>): Program<ReadonlyArray<A>> =>
  (env) =>
  async () => {
    const { path, query, paging } = list
    const answer = pageOf(list.entry)
    const first = paging.first === 'unknown' ? undefined : paging.first
    let progress: Progress<A> = { entries: new Map(), pages: 0, asked: first, before: 0 }
    for (;;) {
      const numbers = {
        ...(progress.asked === undefined ? {} : { PageNumber: String(progress.asked) }),
        ...(paging.size === undefined ? {} : { PageSize: String(paging.size) })
      }
      const page = await Http.send({ method: 'GET', path, query: { ...query, ...numbers }, answer })(env)()
      if (E.isLeft(page)) return page
      const next = after(list, progress, page.right)
      if (E.isLeft(next)) return next
      if (next.right._tag === 'Done') return E.right([...progress.entries.values()])
      progress = next.right.progress
    }
  }

/**
 * All entries of a list, read page by page, once a process and configuration. A page that repeats what came before, pages without an end, and
 * fewer pages than are announced are errors: a list that may not be whole is none.
 */
export const listed = <A>(list: List<A>): Program<ReadonlyArray<A>> =>
  shared(`GET ${list.path}?${new URLSearchParams(list.query).toString()}`, listedNow(list))
