import * as assert from 'node:assert'
import * as fc from 'fast-check'
import type { FleetEntry, SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { adoptedSite, entriesOf, siteKey, withDefaults } from '../../../provider/fleet/Entries'
import { argKeys } from '../../../provider/sip-connection/Args'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import { allArgs, customerGuid, otherCustomerGuid, sipConnectionArgs, siteGuid } from '../support'

const unknown = unknowns.string
/** As a program in JavaScript can write it. */
const any = (value: unknown) => value as FleetEntry

describe('Entries: the defaults', () => {
  type Row = readonly [
    name: string,
    fleet: Partial<Pick<SipConnectionFleetArgs, 'defaults' | 'adopt'>>,
    entry: FleetEntry,
    whole: FleetEntry
  ]
  const rows: ReadonlyArray<Row> = [
    ['none', {}, { sbcId: 3 }, { sbcId: 3 }],
    ['stand where nothing is declared', { defaults: { sbcId: 3 } }, { siteName: 'b' }, { sbcId: 3, siteName: 'b' }],
    ['give way to what is declared', { defaults: { sbcId: 3 } }, { sbcId: 5 }, { sbcId: 5 }],
    ['null is no declaration', { defaults: { sbcId: 3 } }, any({ sbcId: null, siteName: undefined }), { sbcId: 3 }],
    [
      'objects are merged, at every depth',
      { defaults: { sbcScripts: { onboardingScript: 1, cleanupScript: 2, customerVariables: { A: 'a', B: 'b' } } } },
      { sbcScripts: { cleanupScript: 3, customerVariables: { B: 'c' } } },
      { sbcScripts: { onboardingScript: 1, cleanupScript: 3, customerVariables: { A: 'a', B: 'c' } } }
    ],
    [
      'null within an object is no declaration either, with a default or without',
      { defaults: { sbcScripts: { cleanupScript: 2 } } },
      any({ sbcScripts: { cleanupScript: null }, m365Scripts: { onboardingScript: null } }),
      any({ sbcScripts: { cleanupScript: 2 }, m365Scripts: {} })
    ],
    ['a list is taken whole', { defaults: { phones: ['+4930123', '+4930124'] } }, { phones: [] }, { phones: [] }],
    ['adopt of the fleet', { adopt: true }, {}, { adopt: true }],
    ['adopt of the defaults goes before it', { adopt: true, defaults: { adopt: false } }, {}, { adopt: false }],
    [
      'and that of the entry before both',
      { adopt: true, defaults: { adopt: false } },
      { adopt: siteGuid },
      { adopt: siteGuid }
    ],
    ['not known yet: each field', { defaults: any({ sbcId: unknown }) }, {}, any({ sbcId: unknown })],
    [
      'not known yet, with a part of it declared: the rest may be anything',
      { defaults: any({ sbcScripts: unknown }) },
      { sbcScripts: { onboardingScript: 1 } },
      any({ sbcScripts: unknown })
    ],
    [
      'not known yet: all of them',
      { defaults: any(unknown) },
      { sbcId: 3 },
      any({ ...Object.fromEntries(argKeys.map((key) => [key, unknown])), sbcId: 3 })
    ],
    ['an entry that is not known yet', {}, any(unknown), any(Object.fromEntries(argKeys.map((key) => [key, unknown])))]
  ]
  for (const [name, fleet, entry, whole] of rows)
    it(name, () => {
      assert.deepStrictEqual(withDefaults(fleet, entry), whole)
    })

  it('change nothing of an entry that declares all of it, and are all that an empty one has', () => {
    check(
      fc.property(sipConnectionArgs(), sipConnectionArgs(), (defaults, entry) => {
        const same = Object.fromEntries(Object.entries(entry).filter(([key]) => key in defaults))
        assert.deepStrictEqual(withDefaults({ defaults: same }, entry), entry)
        assert.deepStrictEqual(withDefaults({ defaults }, {}), defaults)
      })
    )
  })
})

describe('Entries: the connections', () => {
  it('in the order of the program, each with its defaults', () => {
    assert.deepStrictEqual(
      entriesOf({ defaults: { sbcId: 3 }, connections: { b: { siteName: 'B' }, a: { sbcId: 5 } } }),
      [
        { name: 'b', args: { siteName: 'B', sbcId: 3 } },
        { name: 'a', args: { sbcId: 5 } }
      ]
    )
  })

  it('none where there are none, and none that are no objects', () => {
    const broken = { connections: { a: null, b: 'x', c: [], d: 5, e: { sbcId: 3 } } } as unknown
    assert.deepStrictEqual(
      [{}, { connections: null }, { connections: unknown }, { connections: [{}] }, broken].map((fleet) =>
        entriesOf(fleet as Partial<SipConnectionFleetArgs>)
      ),
      [[], [], [], [], [{ name: 'e', args: { sbcId: 3 } }]]
    )
  })
})

describe('Entries: which connection of the platform it is', () => {
  const key = JSON.stringify([customerGuid, 'branch-07'])
  const rows: ReadonlyArray<readonly [args: unknown, key: string | undefined]> = [
    [allArgs, key],
    [{ ...allArgs, customerGuid: customerGuid.toUpperCase() }, key],
    [{ ...allArgs, customerGuid: otherCustomerGuid }, JSON.stringify([otherCustomerGuid, 'branch-07'])],
    [{ ...allArgs, customerGuid: unknown }, undefined],
    [{ ...allArgs, siteName: unknown }, undefined],
    [{ customerGuid }, undefined],
    [{ siteName: 'branch-07' }, undefined],
    // A program in JavaScript can write this; the check tells it.
    [{ customerGuid: 5, siteName: 'branch-07' }, undefined],
    [{ customerGuid, siteName: ['x'] }, undefined]
  ]
  it('by customer and name, as far as they are known', () => {
    assert.deepStrictEqual(
      rows.map(([args]) => siteKey(args as FleetEntry)),
      rows.map(([, expected]) => expected)
    )
  })

  it('by the site id in adopt', () => {
    assert.deepStrictEqual(
      [true, false, undefined, siteGuid, siteGuid.toUpperCase(), unknown, 'x'].map((adopt) =>
        adoptedSite(any({ adopt }))
      ),
      [undefined, undefined, undefined, siteGuid, siteGuid, undefined, undefined]
    )
  })
})
