/**
 * An immutable map from text to value that stays cheap to change when it holds many entries: a change copies one bucket
 * and the path to it (two arrays of 32), so that ten thousand creates do not copy a growing map ten thousand times.
 */
export interface Table<V> {
  readonly size: number
  readonly branches: readonly (Branch<V> | undefined)[]
}

type Branch<V> = readonly (ReadonlyMap<string, V> | undefined)[]

const WIDTH = 32

/** FNV-1a, folded so that the low ten bits depend on the whole key. */
const hash = (key: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193)
  return (h ^ (h >>> 15)) >>> 0
}

const replaced = <A>(list: readonly (A | undefined)[] | undefined, index: number, value: A | undefined) => {
  const copy = list === undefined ? new Array<A | undefined>(WIDTH).fill(undefined) : list.slice()
  copy[index] = value
  return copy
}

const bucketOf = <V>(table: Table<V>, h: number): ReadonlyMap<string, V> | undefined =>
  table.branches[h % WIDTH]?.[(h >>> 5) % WIDTH]

const withBucket = <V>(table: Table<V>, h: number, bucket: ReadonlyMap<string, V>, size: number): Table<V> => ({
  size,
  branches: replaced(
    table.branches,
    h % WIDTH,
    replaced(table.branches[h % WIDTH], (h >>> 5) % WIDTH, bucket.size === 0 ? undefined : bucket)
  )
})

export const empty = <V>(): Table<V> => ({ size: 0, branches: new Array<undefined>(WIDTH).fill(undefined) })

export const get = <V>(table: Table<V>, key: string): V | undefined => bucketOf(table, hash(key))?.get(key)

export const set = <V>(table: Table<V>, key: string, value: V): Table<V> => {
  const h = hash(key)
  const old = bucketOf(table, h)
  return withBucket(table, h, new Map(old).set(key, value), old?.has(key) ? table.size : table.size + 1)
}

export const remove = <V>(table: Table<V>, key: string): Table<V> => {
  const h = hash(key)
  const old = bucketOf(table, h)
  if (old === undefined || !old.has(key)) return table
  const bucket = new Map(old)
  bucket.delete(key)
  return withBucket(table, h, bucket, table.size - 1)
}

/** All entries, in no order that means anything. */
export const entries = <V>(table: Table<V>): readonly (readonly [string, V])[] =>
  table.branches.flatMap((branch) => (branch ?? []).flatMap((bucket) => (bucket === undefined ? [] : [...bucket])))

export const keys = (table: Table<unknown>): readonly string[] => entries(table).map(([key]) => key)

export const values = <V>(table: Table<V>): readonly V[] => entries(table).map(([, value]) => value)
