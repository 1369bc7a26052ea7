import * as assert from 'node:assert'
import { type DetailedDiff, detailedDiff, inputsIn } from '../../provider/plugin/DetailedDiff'
import { unknownValue } from '../../provider/plugin/Properties'

/** `path: kind`, with a star for a replacement. */
const short = (detail: DetailedDiff): readonly string[] =>
  Object.entries(detail).map(([path, { kind, replaces }]) => `${path}: ${kind}${replaces ? '*' : ''}`)

describe('a detailed diff', () => {
  const cases: readonly (readonly [string, object, object, readonly string[]])[] = [
    ['of equal inputs', { a: 1, b: { c: [1, { d: null }] } }, { b: { c: [1, {}] }, a: 1 }, []],
    ['of a text', { a: 'x' }, { a: 'y' }, ['a: update']],
    ['of an input that comes', {}, { a: { b: 1 } }, ['a: add']],
    ['of an input that goes', { a: [1, 2], b: null }, {}, ['a: delete']],
    ['of null and absent', { a: null, b: 1 }, { b: 1, c: null }, []],
    ['of a list', { a: ['x', 'y', 'z'] }, { a: ['x', 'w'] }, ['a[1]: update', 'a[2]: delete']],
    ['of a longer list', { a: [] }, { a: ['x', 'y'] }, ['a[0]: add', 'a[1]: add']],
    [
      'of objects in lists',
      { a: [{ name: 'x', index: 0 }] },
      { a: [{ name: 'x', index: 1, active: true }] },
      ['a[0].index: update', 'a[0].active: add']
    ],
    [
      'of a bag of variables',
      { sbcScripts: { customerVariables: { Zone: 'A', Region: 'EMEA' } } },
      { sbcScripts: { customerVariables: { Zone: 'B', Carrier: 'C' } } },
      [
        'sbcScripts.customerVariables.Zone: update',
        'sbcScripts.customerVariables.Region: delete',
        'sbcScripts.customerVariables.Carrier: add'
      ]
    ],
    ['of odd names', { a: { 'b.c': 1 } }, { a: { 'b.c': 2, 'd"\\': 3 } }, ['a["b.c"]: update', 'a["d\\"\\\\"]: add']],
    ['of another type', { a: { b: 1 }, c: [1] }, { a: 'x', c: { 0: 1 } }, ['a: update', 'c: update']],
    [
      'of what is not known yet',
      { a: { b: 1 }, c: 1 },
      { a: unknownValue, c: 1, d: unknownValue },
      ['a: update', 'd: add']
    ],
    ['of what replaces', { id: 'x', n: { m: 1 } }, { id: 'y', n: { m: 2 } }, ['id: update*', 'n.m: update']],
    ['of falsy values', { a: 0, b: false, c: '' }, { a: 1, b: true, c: 'x' }, ['a: update', 'b: update', 'c: update']]
  ]
  for (const [what, before, after, expected] of cases) {
    it(what, () => {
      assert.deepStrictEqual(short(detailedDiff({ ...before }, { ...after }, ['id'])), expected)
    })
  }

  it('is one of the inputs', () => {
    assert.deepStrictEqual(detailedDiff({ a: 1 }, { a: 2 }, []), {
      a: { kind: 'update', replaces: false, isInput: true }
    })
  })
})

describe('the inputs within a state', () => {
  it('are those that were managed, and the options of the last run', () => {
    assert.deepStrictEqual(
      inputsIn(
        { a: 1, b: 2, adopt: true, computed: 5, managedKeys: ['a', 'b'] },
        { a: 1, adopt: true },
        { a: 2, computed: 7, c: 3 }
      ),
      { a: 1, b: 2, adopt: true }
    )
  })

  it('are those that the program declares, in a state that names none', () => {
    assert.deepStrictEqual(inputsIn({ a: 1, b: 2 }, {}, { a: 2 }), { a: 1 })
  })
})
