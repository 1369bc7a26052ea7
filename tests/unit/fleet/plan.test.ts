import * as assert from 'node:assert'
import * as fc from 'fast-check'
import type { FleetEntry } from '../../../provider/fleet/Args'
import type { Entry } from '../../../provider/fleet/Entries'
import { type Standing, matchedTo, planOf } from '../../../provider/fleet/Plan'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import { otherCustomerGuid } from '../support'
import { connection, entries, entry, inShort, nthSite, standing, standings } from './Fleets'

const [one, two, three] = [nthSite(1), nthSite(2), nthSite(3)]
const a = standing('a', one)
const b = standing('b', two)
const unmade = (name: string): Standing => {
  const { siteGuid: _, ...rest } = standing(name, '')
  return { ...rest, siteGuid: undefined, isMade: false, outcome: 'failed', failedBefore: true }
}
const unknown = (fields: Record<string, unknown>): FleetEntry => ({ ...connection('a'), ...fields })

describe('Plan: what is to be done', () => {
  type Row = readonly [
    name: string,
    standing: ReadonlyArray<Standing>,
    entries: ReadonlyArray<Entry>,
    tasks: ReadonlyArray<string>,
    unchanged?: Readonly<Record<string, string>>
  ]
  const rows: ReadonlyArray<Row> = [
    ['nothing', [], [], []],
    ['a new one', [], [entry('a')], ['create a']],
    ['the same again', [a], [entry('a')], [], { a: one }],
    ['another value', [a], [entry('a', connection('a', { sbcId: 5 }))], ['update a']],
    ['a value less', [{ ...a, args: connection('a', { proxySet: 'x' }) }], [entry('a')], ['update a']],
    ['options alone', [a], [entry('a', connection('a', { adopt: true, allow: ['rename'] }))], [], { a: one }],
    ['no longer declared', [a, b], [entry('b')], ['delete a'], { b: two }],
    ['none is declared any more', [a, b], [], ['delete a', 'delete b']],
    ['another name for the same', [a], [entry('x', connection('a'))], [], { x: one }],
    ['another name, and another value', [a], [entry('x', connection('a', { sbcId: 5 }))], ['update x']],
    [
      'names that have changed places',
      [a, b],
      [entry('a', connection('b')), entry('b', connection('a'))],
      [],
      { a: two, b: one }
    ],
    ['a name that goes on to another one', [a, b], [entry('a', connection('b'))], ['delete a'], { a: two }],
    ['another site name under the same name', [a], [entry('a', connection('z'))], ['update a']],
    ['another customer', [a], [entry('a', connection('a', { customerGuid: otherCustomerGuid }))], ['replace a']],
    [
      'another customer, and another name in the program: not the same connection',
      [a],
      [entry('x', connection('a', { customerGuid: otherCustomerGuid }))],
      ['create x', 'delete a']
    ],
    [
      'the site id goes before customer and name, and these before the name of the entry',
      [a, b, standing('c', three)],
      [entry('a', connection('b')), entry('b', connection('z')), entry('c', connection('y', { adopt: one }))],
      ['create b', 'update c', 'delete c'],
      { a: two }
    ],
    [
      'a leftover has lost its name to the entries',
      [standing('a', one, { isLeftover: true })],
      [entry('a', connection('z'))],
      ['create a', 'delete a']
    ],
    [
      'a leftover that is declared again',
      [standing('a', one, { isLeftover: true })],
      [entry('x', connection('a'))],
      [],
      { x: one }
    ],
    ['not made by the last run', [unmade('a')], [entry('a')], ['create a']],
    ['not made, and no longer declared', [unmade('a')], [], []],
    ['made, and not finished', [{ ...a, outcome: 'failed' }], [entry('a')], ['update a']],
    ['with an end that is not known', [{ ...a, outcome: 'unknown' }], [entry('a')], ['update a']],
    ['not begun, and as it was before', [a], [entry('a')], [], { a: one }],
    [
      'a field that is not known yet may be another one',
      [a],
      [entry('a', unknown({ sbcId: unknowns.number }))],
      ['update a']
    ],
    [
      'a customer that is not known yet may be the same one',
      [a],
      [entry('a', unknown({ customerGuid: unknowns.string }))],
      ['update a']
    ],
    ['a site id that is not known yet', [a], [entry('a', unknown({ adopt: unknowns.string }))], [], { a: one }]
  ]
  for (const [name, before, after, tasks, unchanged = {}] of rows)
    it(name, () => {
      const plan = planOf(before, after)
      assert.deepStrictEqual(
        {
          tasks: plan.tasks.map(inShort),
          unchanged: Object.fromEntries([...plan.unchanged].map(([each, { siteGuid }]) => [each, siteGuid]))
        },
        { tasks, unchanged }
      )
    })

  it('a task holds all that its connection needs', () => {
    const [failed, gone] = [{ ...a, outcome: 'failed', failedBefore: true } as const, { ...b, failedBefore: true }]
    const [x, moved] = [connection('x'), connection('c', { customerGuid: otherCustomerGuid, sbcId: 5 })]
    const c = standing('c', three)
    assert.deepStrictEqual(planOf([failed, gone, c], [entry('x', x), entry('a'), entry('c', moved)]).tasks, [
      { kind: 'create', name: 'x', sbcId: 3, failedBefore: false, args: x },
      { kind: 'update', name: 'a', sbcId: 3, failedBefore: true, args: connection('a'), before: failed },
      { kind: 'replace', name: 'c', sbcId: 5, failedBefore: false, args: moved, before: c },
      { kind: 'delete', name: 'b', sbcId: 3, failedBefore: true, before: gone }
    ])
  })
})

/** What stands when everything of a plan has been done. */
const applied = (before: ReadonlyArray<Standing>, after: ReadonlyArray<Entry>): ReadonlyArray<Standing> => {
  const { tasks, unchanged } = planOf(before, after)
  const guids = new Map<string, string | undefined>([...unchanged].map(([name, { siteGuid }]) => [name, siteGuid]))
  tasks.forEach((task, index) => {
    if (task.kind === 'update') guids.set(task.name, task.before.siteGuid)
    else if (task.kind !== 'delete') guids.set(task.name, nthSite(100 + index))
  })
  return after.map(({ name, args }) => standing(name, guids.get(name) ?? 'none', { args }))
}

describe('Plan: whatever there is, and whatever is declared', () => {
  it('covers exactly the declared and the standing connections, each once', () => {
    check(
      fc.property(standings(), entries(), (before, after) => {
        const { tasks, unchanged } = planOf(before, after)
        const declared = [...tasks.filter(({ kind }) => kind !== 'delete').map(({ name }) => name), ...unchanged.keys()]
        const touched = [
          ...tasks.flatMap((task) => (task.kind === 'create' ? [] : [task.before])),
          ...unchanged.values()
        ]
        assert.deepStrictEqual(declared.sort(), after.map(({ name }) => name).sort())
        assert.deepStrictEqual(
          touched.map(({ siteGuid }) => siteGuid).sort(),
          before.flatMap(({ siteGuid, isMade }) => (isMade ? [siteGuid] : [])).sort()
        )
      }),
      300
    )
  })

  it('matches no connection twice, and leaves the others', () => {
    check(
      fc.property(standings(), entries(), (before, after) => {
        const { matched, left } = matchedTo(before, after)
        const found = matched.flatMap((each) => (each.before === undefined ? [] : [each.before]))
        assert.deepStrictEqual(
          matched.map((each) => each.entry),
          after
        )
        assert.strictEqual(new Set(found).size, found.length)
        assert.deepStrictEqual(new Set([...found, ...left]), new Set(before))
      }),
      300
    )
  })

  it('other names for the same connections delete and create nothing', () => {
    check(
      fc.property(entries(), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (before, keys) => {
        const renamed = before.map(({ args }, index) => ({ name: `name ${keys[index]} ${index}`, args }))
        const stood = before.map(({ name, args }, index) => standing(name, nthSite(index), { args }))
        const { tasks, unchanged } = planOf(stood, renamed)
        assert.deepStrictEqual(tasks, [])
        assert.deepStrictEqual([...unchanged.values()], stood)
      })
    )
  })

  it('applied, and planned again, is empty', () => {
    check(
      fc.property(standings(), entries(), (before, after) => {
        assert.deepStrictEqual(planOf(applied(before, after), after).tasks, [])
      }),
      300
    )
  })

  it('depends on no order', () => {
    const sorted = (before: ReadonlyArray<Standing>, after: ReadonlyArray<Entry>) =>
      planOf(before, after).tasks.map(inShort).sort()
    check(
      fc.property(standings(), entries(), (before, after) => {
        assert.deepStrictEqual(sorted([...before].reverse(), [...after].reverse()), sorted(before, after))
      })
    )
  })
})
