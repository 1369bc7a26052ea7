/** Pages of a list. Calls count them from 0 or from 1, as their pages of the documentation say. */
import * as Problems from './Problems'
import { queried } from './Query'
import type { Switches } from './Switches'
import type { Answer, Call } from './Types'

export interface PagingRules {
  /** Number of the first page. */
  readonly first: 0 | 1
  /** Size of a page unless the request says otherwise. */
  readonly size: number
  /** The largest size, where one is documented. */
  readonly maxSize?: number
}

export interface Paged<A> {
  readonly items: readonly A[]
  readonly number: number
  readonly size: number
}

const names = (joined: string, spaced: string, which: Switches['pageNames']): readonly string[] =>
  which === 'joined' ? [joined] : which === 'spaced' ? [spaced] : [joined, spaced]

const within = (text: string | undefined, otherwise: number, least: number, most: number): number | undefined => {
  if (text === undefined) return otherwise
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most ? value : undefined
}

/** The page that the request asks for; one beyond the last is empty. Or the answer that refuses its number or size. */
export const paged = <A>(call: Call, all: readonly A[], rules: PagingRules): Paged<A> | Answer => {
  const { first, size: usual, maxSize = Number.MAX_SAFE_INTEGER } = rules
  const { paging, pageNames } = call.state.switches
  if (paging === 'whole') return { items: all, number: first, size: all.length }
  if (paging === 'first') return { items: all.slice(0, usual), number: first, size: usual }

  const asked = (joined: string, spaced: string) => queried(call.query, ...names(joined, spaced, pageNames))
  const number = within(asked('PageNumber', 'Page Number'), first, first, Number.MAX_SAFE_INTEGER)
  const size = within(asked('PageSize', 'Page Size'), usual, 1, maxSize)
  if (number === undefined || size === undefined) {
    const sizes = rules.maxSize === undefined ? 'from 1' : `from 1 to ${maxSize}`
    return Problems.validation(
      {
        ...(number === undefined ? { PageNumber: [`The value must be an integer from ${first}.`] } : {}),
        ...(size === undefined ? { PageSize: [`The value must be an integer ${sizes}.`] } : {})
      },
      call
    )
  }
  const from = (number - first) * size
  return { items: all.slice(from, from + size), number, size }
}
