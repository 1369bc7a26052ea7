import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as Table from '../../simulator/Table'
import { check } from '../support/property'

type Step = { readonly set: boolean; readonly key: string; readonly value: number }

/** Few keys, so that steps meet; among them names that a plain object would trip over. */
const key = () => fc.oneof(fc.constantFrom('__proto__', 'constructor', ''), fc.stringMatching(/^[ab]{1,3}$/), fc.uuid())
const steps = () => fc.array(fc.record({ set: fc.boolean(), key: key(), value: fc.integer() }), { maxLength: 60 })

const applied = (done: readonly Step[]): [Table.Table<number>, Map<string, number>] =>
  done.reduce<[Table.Table<number>, Map<string, number>]>(
    ([table, map], { set, key: k, value }) =>
      set
        ? [Table.set(table, k, value), new Map(map).set(k, value)]
        : [Table.remove(table, k), new Map([...map].filter(([each]) => each !== k))],
    [Table.empty<number>(), new Map<string, number>()]
  )

const sorted = (entries: Iterable<readonly [string, number]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

describe('simulator: Table', () => {
  it('holds what a Map holds', () => {
    check(
      fc.property(steps(), (done) => {
        const [table, map] = applied(done)
        assert.deepStrictEqual([sorted(Table.entries(table)), table.size], [sorted(map), map.size])
        for (const { key: k } of done) assert.strictEqual(Table.get(table, k), map.get(k))
      })
    )
  })

  it('leaves the table that came in as it was', () => {
    check(
      fc.property(steps(), key(), fc.integer(), (done, k, value) => {
        const [table] = applied(done)
        const before = sorted(Table.entries(table))
        Table.remove(Table.set(table, k, value), k)
        Table.remove(table, k)
        assert.deepStrictEqual(sorted(Table.entries(table)), before)
      })
    )
  })

  it('copies one bucket for one change, however much it holds', () => {
    const table = Array.from({ length: 10_000 }, (_, i) => `key-${i}`).reduce(
      (t, k) => Table.set(t, k, 1),
      Table.empty<number>()
    )
    const changed = Table.set(table, 'one more', 1)
    const buckets = (t: Table.Table<number>) => t.branches.flatMap((branch) => branch ?? [])
    const copied = buckets(changed).filter((bucket, i) => bucket !== buckets(table)[i])
    assert.deepStrictEqual([copied.length, (copied[0]?.size ?? 0) < 100], [1, true])
  })
})
