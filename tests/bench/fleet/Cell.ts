import { median } from '../Statistics'
import type { Role, Usage, Used } from './Roles'
import { type Operation, type Way, operations } from './Way'

/** Requests by method, such as `{ GET: 2, PATCH: 1 }`. */
export type ByMethod = Readonly<Record<string, number>>

/** One operation on so many connections, one way. */
export interface Cell {
  readonly way: Way
  readonly count: number
  /** Milliseconds before every answer of the platform. */
  readonly latency: number
  readonly operation: Operation
  /** From the start of the command to its end. */
  readonly seconds: number
  readonly usage: Usage
  /** Of the file that holds the state afterwards, and of the same as compact JSON. */
  readonly stateBytes: number
  readonly compactBytes: number
  readonly requests: ByMethod
}

/** How many requests there are of each method, in the order of their names. */
export const byMethod = (requests: ReadonlyArray<{ readonly method: string }>): ByMethod =>
  Object.fromEntries(
    [...new Set(requests.map(({ method }) => method))]
      .sort()
      .map((method) => [method, requests.filter((request) => request.method === method).length])
  )

export const requestsInWords = (requests: ByMethod): string =>
  Object.entries(requests)
    .map(([method, number]) => `${number.toLocaleString('en-US')} ${method}`)
    .join(', ') || 'none'

/** How many requests one has more or less than the other, over all methods. */
export const requestsApart = (some: ByMethod, others: ByMethod): number =>
  [...new Set([...Object.keys(some), ...Object.keys(others)])].reduce(
    (sum, method) => sum + Math.abs((some[method] ?? 0) - (others[method] ?? 0)),
    0
  )

/** The cells of one life: all operations of one way on so many connections. */
export interface Life {
  readonly way: Way
  readonly count: number
  readonly latency: number
  readonly cells: Readonly<Record<Operation, Cell>>
}

const medianOf = (cells: readonly [Cell, ...Cell[]]): Cell => {
  const [first] = cells
  const of = (value: (cell: Cell) => number): number => median(cells.map(value))
  const used = (role: Role): Used => ({
    megabytes: of(({ usage }) => usage[role].megabytes),
    processor: of(({ usage }) => usage[role].processor)
  })
  return {
    ...first,
    seconds: of(({ seconds }) => seconds),
    usage: { engine: used('engine'), provider: used('provider'), program: used('program') }
  }
}

/** Lives in the order of their first cells. Where one was measured more than once, its times and sizes are medians. Unfinished ones are left out. */
export const livesOf = (cells: readonly Cell[]): readonly Life[] => {
  const keyOf = ({ way, count, latency }: Pick<Cell, 'way' | 'count' | 'latency'>): string =>
    `${way} ${count} ${latency}`
  const keys = [...new Set(cells.map(keyOf))]
  return keys.flatMap((key): readonly Life[] => {
    const own = cells.filter((cell) => keyOf(cell) === key)
    const found = operations.flatMap((operation) => {
      const [first, ...others] = own.filter((cell) => cell.operation === operation)
      return first === undefined ? [] : [[operation, medianOf([first, ...others])] as const]
    })
    const [any] = own
    if (any === undefined || found.length < operations.length) return []
    const { way, count, latency } = any
    return [{ way, count, latency, cells: Object.fromEntries(found) as Life['cells'] }]
  })
}
