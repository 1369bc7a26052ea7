import * as assert from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { plainJson, sameJson } from '../../provider/Json'
import { check } from '../support/property'

const clone = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

/** The same value with the keys of every object in the opposite order. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, item]) => [key, reversed(item)] as const)
            .reverse()
        )
      : value

describe('Json: sameJson', () => {
  const rows: ReadonlyArray<readonly [a: unknown, b: unknown, expected: boolean]> = [
    [1, 1, true],
    [1, 2, false],
    [1, '1', false],
    ['a', 'a', true],
    ['a', 'A', false],
    [true, true, true],
    [true, false, false],
    [true, 1, false],
    [null, null, true],
    [undefined, undefined, true],
    [null, undefined, false],
    [null, {}, false],
    [0, null, false],
    ['', undefined, false],
    [[], [], true],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } }, true],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }, false]
  ]
  for (const [a, b, expected] of rows) {
    it(`${JSON.stringify(a)} and ${JSON.stringify(b)}: ${expected}`, () => assert.strictEqual(sameJson(a, b), expected))
  }

  it('holds for a copy, in whatever order its keys are', () => {
    check(
      fc.property(fc.jsonValue(), (value) => sameJson(value, clone(value)) && sameJson(reversed(value), value)),
      300
    )
  })

  it('agrees with the equality of the runtime on any two values', () => {
    const small = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, 0, 1, '', 'a', true),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { noNullPrototype: true })
      )
    })).value
    check(
      fc.property(small, small, (a, b) => sameJson(a, b) === isDeepStrictEqual(a, b)),
      1000
    )
  })
})

describe('Json: plainJson', () => {
  class Foreign {
    readonly a = 1
    readonly method = (): number => this.a
  }

  it('leaves out what the host of the engine cannot take, at every depth', () => {
    assert.deepStrictEqual(
      plainJson<unknown>({
        a: undefined,
        b: [undefined, () => 1, 2],
        c: { d: undefined, e: null },
        f: new Foreign(),
        g: Number.NaN
      }),
      { b: [null, null, 2], c: { e: null }, f: { a: 1 }, g: null }
    )
  })

  it('gives plain JSON back as it is, and as a copy', () => {
    check(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepStrictEqual(plainJson(value), clone(value))
        return typeof value !== 'object' || value === null || plainJson(value) !== value
      })
    )
  })
})
