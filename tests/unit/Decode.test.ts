import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { Integer, Text, below, caseBlind, decode, faultsOf, optional } from '../../provider/Decode'
import { check } from '../support/property'
import { canaryJson, singsOf } from './support'

const Inner = caseBlind({ index: Integer, label: optional(t.string) }, 'Inner')
const Outer = caseBlind({ siteName: t.string, inner: optional(Inner), list: optional(t.array(Inner)) }, 'Outer', {
  siteName: ['siteLocationName', 'name']
})

describe('Decode: paths of faults', () => {
  const rows: ReadonlyArray<readonly [value: unknown, lines: ReadonlyArray<string>]> = [
    ['hunter2', ['expected an object (Outer)']],
    [null, ['expected an object (Outer)']],
    [[], ['expected an object (Outer)']],
    [{}, ['siteName: expected string']],
    [{ siteName: 5 }, ['siteName: expected string']],
    [{ name: 5 }, ['siteName: expected string']],
    [{ siteName: 'a', inner: 5 }, ['inner: expected an object (Inner)']],
    [{ siteName: 'a', inner: { index: 'x' } }, ['inner.index: expected integer']],
    [
      { siteName: 'a', inner: { INDEX: 'x', label: 1 } },
      ['inner.index: expected integer', 'inner.label: expected string']
    ],
    [{ siteName: 'a', list: 5 }, ['list: expected Array<Inner>']],
    [
      { siteName: 'a', list: [{ index: 1 }, { index: 1.5 }, 7] },
      ['list[1].index: expected integer', 'list[2]: expected an object (Inner)']
    ]
  ]
  for (const [value, lines] of rows) {
    it(lines.join('; '), () => assert.deepStrictEqual(decode(Outer, value), E.left(lines)))
  }

  it('does not count the members of intersections and unions, and names no fault twice', () => {
    const codec = t.intersection(
      [t.type({ a: t.type({ b: t.number }) }), t.partial({ c: t.union([t.number, t.boolean]) })],
      'Both'
    )
    assert.deepStrictEqual(
      decode(codec, { a: { b: 'x' }, c: 'x' }),
      E.left(['a.b: expected number', 'c: expected number', 'c: expected boolean'])
    )
    assert.deepStrictEqual(decode(t.union([t.number, t.number]), 'x'), E.left(['expected number']))
  })

  it('are empty for the value as a whole', () => {
    const result = t.number.decode('x')
    assert.deepStrictEqual(E.isLeft(result) ? faultsOf(result.left) : [], [{ path: '', text: 'expected number' }])
  })

  it('never hold a value', () => {
    check(
      fc.property(canaryJson(['siteName', 'siteLocationName', 'inner', 'list', 'index', 'label']), (value) => {
        const result = decode(Outer, value)
        return E.isRight(result) || !result.left.some(singsOf)
      }),
      500
    )
  })

  const paths: ReadonlyArray<readonly [key: string, path: string, expected: string]> = [
    ['phones', '', 'phones'],
    ['phones', '[1]', 'phones[1]'],
    ['sbcScripts', 'cleanupScript', 'sbcScripts.cleanupScript'],
    ['list', '[1].index', 'list[1].index']
  ]
  for (const [key, path, expected] of paths) {
    it(`${path || '(empty)'} below ${key}: ${expected}`, () => assert.strictEqual(below(key, path), expected))
  }
})

describe('Decode: caseBlind', () => {
  it('name', () => assert.strictEqual(Outer.name, 'Outer'))

  it('is', () => {
    assert.deepStrictEqual(
      [{ index: 1, label: 'a' }, { index: 1, label: undefined }, { index: 'x', label: 'a' }, { INDEX: 1 }, 5, null].map(
        Inner.is
      ),
      [true, true, false, false, false, false]
    )
  })

  const names: ReadonlyArray<readonly [value: unknown, expected: unknown]> = [
    [{ index: 1 }, { index: 1, label: undefined }],
    [
      { INDEX: 1, Label: 'a' },
      { index: 1, label: 'a' }
    ],
    [
      { 'in dex': 1, la_bel: 'a' },
      { index: 1, label: 'a' }
    ],
    [
      { 'In-Dex': 1, LABEL: null },
      { index: 1, label: undefined }
    ],
    [
      { index: 1, label: 'a', other: 'b', constructor: 'c' },
      { index: 1, label: 'a' }
    ]
  ]
  for (const [value, expected] of names) {
    it(`decodes ${JSON.stringify(value)}`, () => assert.deepStrictEqual(Inner.decode(value), E.right(expected)))
  }

  const aliases: ReadonlyArray<readonly [value: unknown, expected: string]> = [
    [{ siteLocationName: 'a' }, 'a'],
    [{ NAME: 'a' }, 'a'],
    [{ siteName: 'a', name: 'b' }, 'a'],
    [{ name: 'b', siteName: 'a' }, 'a'],
    [{ siteName: null, name: 'b' }, 'b'],
    [{ name: 'b', siteName: null }, 'b'],
    [{ name: null, siteLocationName: 'b' }, 'b'],
    [{ siteLocationName: 'b', name: null }, 'b']
  ]
  for (const [value, expected] of aliases) {
    it(`takes ${expected} of ${JSON.stringify(value)}: an exact spelling before an alias, a value before none`, () => {
      assert.deepStrictEqual(decode(Outer, value), E.right({ siteName: expected, inner: undefined, list: undefined }))
    })
  }

  it('decodes what it has decoded to the same, and encodes it as it is', () => {
    const inner = fc.record(
      { index: fc.integer(), label: fc.option(fc.string(), { nil: undefined }) },
      { noNullPrototype: true }
    )
    check(
      fc.property(
        fc.record({ siteName: fc.string(), inner, list: fc.array(inner) }, { noNullPrototype: true }),
        (value) => {
          assert.deepStrictEqual(Outer.decode(value), E.right(value))
          assert.strictEqual(Outer.encode(value), value)
        }
      )
    )
  })
})

describe('Decode: single values', () => {
  const values = [3, -1, 0, 1.5, '3', '', 'x', true, null, undefined, {}, []]
  const decoded = (codec: t.Decoder<unknown, unknown>): ReadonlyArray<unknown> =>
    values.map((value) => {
      const result = codec.decode(value)
      return E.isRight(result) ? [result.right] : 'fault'
    })
  const fault = 'fault'

  it('Integer', () => {
    assert.deepStrictEqual(decoded(Integer), [
      [3],
      [-1],
      [0],
      fault,
      fault,
      fault,
      fault,
      fault,
      fault,
      fault,
      fault,
      fault
    ])
    assert.deepStrictEqual(
      values.map(Integer.is),
      values.map((value) => Number.isInteger(value))
    )
    assert.deepStrictEqual(decode(Integer, '3'), E.left(['expected integer']))
  })

  it('Text', () => {
    assert.deepStrictEqual(decoded(Text), [
      ['3'],
      ['-1'],
      ['0'],
      ['1.5'],
      ['3'],
      [''],
      ['x'],
      fault,
      fault,
      fault,
      fault,
      fault
    ])
    assert.deepStrictEqual(decode(Text, {}), E.left(['expected string or number']))
  })

  it('optional', () => {
    const codec = optional(t.string)
    assert.deepStrictEqual(decoded(codec), [
      fault,
      fault,
      fault,
      fault,
      ['3'],
      [''],
      ['x'],
      fault,
      [undefined],
      [undefined],
      fault,
      fault
    ])
    assert.deepStrictEqual(
      [codec.name, codec.is(undefined), codec.is('a'), codec.is(null), codec.is(5)],
      ['string', true, true, false, false]
    )
  })
})
