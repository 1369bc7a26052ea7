import * as assert from 'node:assert'
import { opened, sealed, unknownValue } from '../../provider/plugin/Properties'
import { secretOnTheWire } from '../support/Json'
import { unknowns } from '../support/unknowns'

const signature = '4dabf18193072939515e22adb298388d'
const reference = (value: object) => ({ [signature]: '5cf8f73096256a8f31e491e813e4eb8e', ...value })
const output = (value: object) => ({ [signature]: 'd0e6a833031e9bbcd3f4e8bde6ca49a4', ...value })
const asset = { [signature]: 'c44067f5952c0a294b673a41bacd8c17', text: 'x' }
const archive = { [signature]: '0def7320c3a5731c473e5ecbe6d01bc7', assets: {} }

describe('properties from the engine', () => {
  it('are opened, and it is known where the secrets were', () => {
    assert.deepStrictEqual(
      opened({
        plain: { a: [1, null, true] },
        whole: secretOnTheWire({ a: secretOnTheWire(1) }),
        nested: { bag: { key: secretOnTheWire('x'), other: 'y' } },
        list: ['a', secretOnTheWire('b')],
        deep: [{ a: { b: secretOnTheWire(1) } }],
        later: secretOnTheWire(unknowns.string)
      }),
      {
        plain: {
          plain: { a: [1, null, true] },
          whole: { a: 1 },
          nested: { bag: { key: 'x', other: 'y' } },
          list: ['a', 'b'],
          deep: [{ a: { b: 1 } }],
          later: unknowns.string
        },
        secrets: [['whole'], ['whole', 'a'], ['nested', 'bag', 'key'], ['list'], ['deep'], ['later']],
        files: []
      }
    )
  })

  it('have the id of a resource in its place', () => {
    assert.deepStrictEqual(
      opened({
        known: reference({ urn: 'urn:a', id: 'id-1' }),
        component: reference({ urn: 'urn:b' }),
        later: reference({ urn: 'urn:c', id: unknowns.string }),
        value: output({ value: 'v', secret: true }),
        unknown: output({})
      }),
      {
        plain: { known: 'id-1', component: 'urn:b', later: unknowns.string, value: 'v', unknown: unknownValue },
        secrets: [['value']],
        files: []
      }
    )
  })

  it('have no files, but it is known where they were', () => {
    assert.deepStrictEqual(opened({ a: asset, b: { c: archive } }), {
      plain: { a: null, b: { c: null } },
      secrets: [],
      files: ['a', 'b.c']
    })
  })
})

describe('properties for the engine', () => {
  it('are secret where they were', () => {
    assert.deepStrictEqual(
      sealed({ a: 'x', b: { c: 'y', d: secretOnTheWire('z') }, list: ['p', 'q'], e: null }, [
        ['a'],
        ['b', 'c'],
        ['b', 'd'],
        ['list'],
        ['missing'],
        ['a', 'deeper'],
        []
      ]),
      {
        a: secretOnTheWire('x'),
        b: { c: secretOnTheWire('y'), d: secretOnTheWire('z') },
        list: secretOnTheWire(['p', 'q']),
        e: null
      }
    )
  })

  it('hold no secret within a secret', () => {
    assert.deepStrictEqual(sealed({ bag: { key: secretOnTheWire('x') } }, [['bag']]), {
      bag: secretOnTheWire({ key: 'x' })
    })
    assert.deepStrictEqual(sealed({ list: [{ key: secretOnTheWire('x') }] }, [['list']]), {
      list: secretOnTheWire([{ key: 'x' }])
    })
  })
})
