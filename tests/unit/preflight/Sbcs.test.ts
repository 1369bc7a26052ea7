import * as assert from 'node:assert'
import { type Inventory, cacFindings, sbcFindings, sbcNotices } from '../../../provider/preflight/Sbcs'
import type { Declaration } from '../../../provider/preflight/Declaration'
import { declares, sbc, unknown } from './support'

const sbcs = [sbc(3, { cacProfiles: ['5 sessions', '10 sessions'] }), sbc(5, { name: undefined }), sbc(8)]
const devices: Inventory = { sbcs, isWhole: true }
const named: Inventory = { sbcs, isWhole: false }
const none: Inventory = { sbcs: [], isWhole: true }
const list = '3 (sbc-3, sbc3.example.net), 5 (sbc5.example.net), 8 (sbc-8, sbc8.example.net)'

/** What is told of a declaration: findings, and notices. */
const told = (
  declaration: Declaration,
  inventory: Inventory
): readonly [ReadonlyArray<string>, ReadonlyArray<string>] => [
  sbcFindings(declaration, inventory),
  sbcNotices(declaration, inventory)
]

describe('Preflight: the SBC', () => {
  const fits: ReadonlyArray<readonly [string, Declaration, Inventory]> = [
    ['that Get SBC Devices lists', declares({ sbcId: 5 }), devices],
    ['that another call names', declares({ sbcId: 5 }), named],
    ['whose id is not known yet', declares({ sbcId: unknown }), devices],
    ['where no SBC is listed at all', declares({ sbcId: 4 }), none],
    ['where no SBC is named at all', declares({ sbcId: 4 }), { ...none, isWhole: false }]
  ]
  for (const [what, declaration, inventory] of fits) {
    it(`${what} fits`, () => {
      assert.deepStrictEqual(told(declaration, inventory), [[], []])
    })
  }

  it('that Get SBC Devices does not list is a finding', () => {
    assert.deepStrictEqual(told(declares({ sbcId: 4 }), devices), [
      [`sbcId: there is no SBC 4; Get SBC Devices lists ${list}`],
      []
    ])
  })

  it('that no other call names is no more than a notice: it may be its first connection', () => {
    assert.deepStrictEqual(told(declares({ sbcId: 4 }), named), [
      [],
      [
        `SBC 4 is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are ${list}`
      ]
    ])
  })
})

describe('Preflight: the CAC profile', () => {
  const missing = [
    'cacProfile: SBC 3 (sbc-3, sbc3.example.net) has no profile "11 sessions"; it has 5 sessions, 10 sessions'
  ]
  const odd = { sbcId: 3, cacProfile: '11 sessions' }
  const cases: ReadonlyArray<readonly [string, Declaration, ReadonlyArray<string>]> = [
    ['that the SBC has', declares({ sbcId: 3, cacProfile: '10 sessions' }), []],
    ['in another case and with other blanks', declares({ sbcId: 3, cacProfile: '10  Sessions' }), []],
    ['that the SBC does not have', declares(odd), missing],
    ['that it does not have, with enableCac', declares({ ...odd, enableCac: true }), missing],
    ['that is not used', declares({ ...odd, enableCac: false }), []],
    ['of which is not known whether it is used', declares({ ...odd, enableCac: unknown }), []],
    ['of an SBC that is not configured', declares({ ...odd, configureSbc: false }), []],
    ['of which is not known whether the SBC is configured', declares({ ...odd, configureSbc: unknown }), []],
    ['of an SBC whose profiles are not told', declares({ ...odd, sbcId: 8 }), []],
    ['of an SBC that is not there', declares({ ...odd, sbcId: 4 }), []],
    ['of an SBC that is not known yet', declares({ ...odd, sbcId: unknown }), []],
    ['that is not known yet', declares({ sbcId: 3, cacProfile: unknown }), []],
    ['that is not declared', declares({ sbcId: 3, enableCac: true }), []]
  ]
  for (const [what, declaration, expected] of cases) {
    it(`${what}: ${expected.length === 0 ? 'fits' : 'is told'}`, () => {
      assert.deepStrictEqual(cacFindings(declaration, devices), expected)
      // Without Get SBC Devices no profile is told.
      assert.deepStrictEqual(cacFindings(declaration, named), [])
    })
  }
})
