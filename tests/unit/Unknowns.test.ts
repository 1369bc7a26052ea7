import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { hasUnknown, isUnknown, known } from '../../provider/Unknowns'
import { check } from '../support/property'
import { unknowns } from '../support/unknowns'

describe('Unknowns', () => {
  it('there are seven kinds', () => assert.strictEqual(new Set(Object.values(unknowns)).size, 7))

  for (const [kind, sentinel] of Object.entries(unknowns)) {
    it(`${kind}: is seen alone, within lists and objects, and passes a codec`, () => {
      const values = [sentinel, [1, sentinel], { a: sentinel }, { a: [{ b: sentinel }] }]
      assert.deepStrictEqual(
        {
          unknown: values.map(isUnknown),
          holding: values.map(hasUnknown),
          decoded: known(t.number).decode(sentinel),
          is: known(t.number).is(sentinel)
        },
        {
          unknown: [true, false, false, false],
          holding: [true, true, true, true],
          decoded: E.right(sentinel),
          is: true
        }
      )
    })

    it(`${kind}: in capitals, in part, or as a name, it is a text like any other`, () => {
      const values = [sentinel.toUpperCase(), ` ${sentinel}`, sentinel.slice(1), { [sentinel]: 1 }]
      assert.deepStrictEqual(values.map(hasUnknown), [false, false, false, false])
    })
  }

  it('no other JSON is unknown, and a codec judges it as before', () => {
    check(
      fc.property(fc.oneof(fc.jsonValue(), fc.uuid(), fc.integer()), (value) => {
        assert.deepStrictEqual([isUnknown(value), hasUnknown(value)], [false, false])
        assert.deepStrictEqual(E.isRight(known(t.number).decode(value)), typeof value === 'number')
        return known(t.number).is(value) === (typeof value === 'number')
      })
    )
  })

  it('a codec keeps its name, since faults give it', () => assert.strictEqual(known(t.number).name, 'number'))
})
