import * as assert from 'node:assert'
import type { SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import type { FoundFleet } from '../../../provider/fleet/State'
import { type Found, entriesToInspect, findingLines, noticesOf } from '../../../provider/preflight/FleetEntries'
import { nthSite } from '../fleet/Fleets'
import { customerGuid, otherCustomerGuid } from '../support'
import { unknown } from './support'

const scripts = { onboardingScript: 12001, cleanupScript: 12002 }
const defaults = { customerGuid, sbcId: 3, sbcScripts: scripts }

const fleet = (
  connections: SipConnectionFleetArgs['connections'],
  more: Partial<SipConnectionFleetArgs> = {}
): SipConnectionFleetArgs => ({ defaults, connections, ...more })

describe('The connections of a fleet that a preview looks at', () => {
  const before: FoundFleet = {
    ...fleet({ same: { siteName: 'same' }, changed: { siteName: 'changed' }, moved: { siteName: 'moved' } }),
    siteGuids: { same: nthSite(1), changed: nthSite(2), moved: nthSite(3) }
  }
  const inspected = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>, mayReplace = false) =>
    entriesToInspect(state, news, mayReplace)
  const whole = (siteName: string, more: object = {}): object => ({ ...defaults, siteName, ...more })

  it('of a new fleet are all, with the defaults and the adopt of the fleet in them', () => {
    const news = fleet({ a: { siteName: 'a' }, b: { siteName: 'b', adopt: false, sbcId: 5 } }, { adopt: true })
    assert.deepStrictEqual(inspected({}, news, true), [
      { name: 'a', declaration: { args: whole('a', { adopt: true }), mayReplace: true } },
      { name: 'b', declaration: { args: whole('b', { adopt: false, sbcId: 5 }), mayReplace: true } }
    ])
  })

  it('are those that the plan makes, changes or moves to another customer; a deletion is none', () => {
    const { same = {} } = before.connections ?? {}
    const news = fleet({
      other: same,
      changed: { siteName: 'changed', cacProfile: '5 sessions' },
      moved: { siteName: 'moved', customerGuid: otherCustomerGuid },
      new: { siteName: 'new' }
    })
    assert.deepStrictEqual(
      inspected({ ...before, connections: { ...before.connections, gone: { siteName: 'gone' } } }, news),
      [
        {
          name: 'changed',
          declaration: { siteGuid: nthSite(2), args: whole('changed', { cacProfile: '5 sessions' }), mayReplace: false }
        },
        {
          name: 'moved',
          declaration: { args: whole('moved', { customerGuid: otherCustomerGuid }), mayReplace: false }
        },
        { name: 'new', declaration: { args: whole('new'), mayReplace: false } }
      ]
    )
  })

  it('are none where nothing is sent: nothing has changed, or options have, or nothing is known', () => {
    for (const news of [
      before,
      { ...before, adopt: true, limits: { maxDeletes: 0 } },
      { ...before, connections: unknown },
      { ...before, connections: { same: { siteName: 'same' } } }
    ])
      assert.deepStrictEqual(inspected(before, news), [])
  })

  it('have what is not known yet as it stands', () => {
    const news = fleet({ a: { siteName: unknown } }, { defaults: { ...defaults, sbcId: unknown } })
    assert.deepStrictEqual(inspected({}, news), [
      { name: 'a', declaration: { args: whole(unknown, { sbcId: unknown }), mayReplace: false } }
    ])
  })
})

describe('The findings of a fleet', () => {
  const found = (name: string, finding: string, siteName = name): Found => ({
    name,
    declaration: { args: { siteName }, mayReplace: false },
    finding
  })
  const many = (n: number, of: (at: number) => string): ReadonlyArray<Found> =>
    Array.from({ length: n }, (_, at) => found(`row-${at + 1}`, of(at)))
  const names = 'row-1, row-2, row-3, row-4, row-5 and 395 more'
  const everyRow = (entry: object): SipConnectionFleetArgs['connections'] =>
    Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`row-${at + 1}`, entry]))
  const taken = (siteName: string, site: string): string =>
    `siteName: "${siteName}" exists already at the customer (site ${site}); to take it over, declare adopt: "${site}"`

  type Row = readonly [
    what: string,
    fleet: Partial<SipConnectionFleetArgs>,
    found: ReadonlyArray<Found>,
    lines: ReadonlyArray<string>
  ]
  const rows: ReadonlyArray<Row> = [
    ['none', fleet({}), [], []],
    [
      'of an entry, at its path',
      fleet({ hamburg: { sbcId: 42 }, 'branch-7': { sbcScripts: { onboardingScript: 1 } } }),
      [
        found('hamburg', 'sbcId: there is no SBC 42; there are 3'),
        found('branch-7', 'sbcScripts.onboardingScript: there is no script 1')
      ],
      [
        'connections.hamburg.sbcId: there is no SBC 42; there are 3',
        'connections["branch-7"].sbcScripts.onboardingScript: there is no script 1'
      ]
    ],
    [
      'the same one of 400 rows',
      fleet(everyRow({ sbcId: 42 })),
      many(400, () => 'sbcId: there is no SBC 42'),
      [`connections: 400 entries (${names}): sbcId: there is no SBC 42`]
    ],
    [
      'the same one of 400 rows by the defaults',
      fleet(everyRow({})),
      many(400, () => 'sbcId: there is no SBC 3'),
      [`defaults.sbcId: 400 entries (${names}): there is no SBC 3`]
    ],
    [
      'of values from different places, each at its place',
      fleet({ a: {}, b: { sbcId: 3 }, c: { sbcScripts: { customerVariables: {} } } }),
      ['a', 'b', 'c'].flatMap((name) => [
        found(name, 'sbcId: there is no SBC 3'),
        found(name, 'sbcScripts: these do not belong together')
      ]),
      [
        'defaults.sbcId: 2 entries (a, c): there is no SBC 3',
        'defaults.sbcScripts: 3 entries (a, b, c): these do not belong together',
        'connections.b.sbcId: there is no SBC 3'
      ]
    ],
    [
      'of adopt, wherever it stands',
      { ...fleet({ a: {}, b: { adopt: true } }), adopt: true },
      [found('a', 'adopt: there is none "a"'), found('b', 'adopt: there is none "b"')],
      ['adopt: 1 entry (a): there is none "a"', 'connections.b.adopt: there is none "b"']
    ],
    [
      'of a name, with the name where it is one, and for all of them where there are several',
      fleet({}),
      [
        found('x', `customerGuid: the platform knows no customer ${customerGuid}`),
        found('a', taken('hq', nthSite(1)), 'hq'),
        found('b', taken('b', nthSite(2))),
        found('c', 'siteName: "c" is the name of another connection')
      ],
      [
        `defaults.customerGuid: 1 entry (x): the platform knows no customer ${customerGuid}`,
        `connections: 2 entries (a, b): ${taken('<siteName>', '<site id>')}`,
        'connections.c.siteName: "c" is the name of another connection'
      ]
    ],
    [
      'of different customers, which are not alike',
      { connections: { a: { customerGuid }, b: { customerGuid: otherCustomerGuid } } },
      [found('a', `customerGuid: no ${customerGuid}`), found('b', `customerGuid: no ${otherCustomerGuid}`)],
      [`connections.a.customerGuid: no ${customerGuid}`, `connections.b.customerGuid: no ${otherCustomerGuid}`]
    ]
  ]
  for (const [what, declared, findings, lines] of rows)
    it(`are ${what}`, () => {
      assert.deepStrictEqual(findingLines(declared, findings), lines)
    })

  it('are not more than 50 lines', () => {
    const lines = findingLines(
      fleet(everyRow({ sbcId: 1 })),
      many(60, (at) => `sbcId: there is no SBC ${at}`)
    )
    assert.deepStrictEqual([lines.length, lines[50]], [51, '10 more findings; correct these first'])
  })

  it('that may be right come once, with the first entries', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 'SBC 42 is new'] as const)
    assert.deepStrictEqual(noticesOf([...all, ['g', 'SBC 43 is new']]), [
      ['SBC 42 is new', 'a, b, c, d, e and 1 more'],
      ['SBC 43 is new', 'g']
    ])
  })
})
