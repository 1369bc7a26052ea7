import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { configError } from '../../../provider/Errors'
import { fleetKeys } from '../../../provider/fleet/Args'
import { check as checkFleet } from '../../../provider/fleet/Check'
import type { Configured, Inputs } from '../../../provider/Inputs'
import { argKeys } from '../../../provider/sip-connection/Args'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import {
  canaryJson,
  customerGuid,
  defaults as settings,
  leastArgs,
  otherCustomerGuid,
  singsOf,
  siteGuid,
  without
} from '../support'
import { connection, entries as someEntries } from './Fleets'

const configured: Configured = E.right(settings)
const unknown = unknowns.string

const failuresOf = (news: Inputs, olds: Inputs = {}, given = configured) => checkFleet(olds, news, given).failures

/** Connections `b1`, `b2`, … */
const many = (count: number, of: (n: number) => unknown): Inputs =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`b${index + 1}`, of(index + 1)]))

const sbcFault = 'expected a whole number from 1'

describe('Check of a fleet: what is accepted', () => {
  it('brings entries and defaults into canonical form, each where it is declared', () => {
    const plans = { dialPlanPrefixes: [{ dialPlanName: 'Plan', index: 1 }] }
    const filled = { dialPlanPrefixes: [{ dialPlanName: 'Plan', index: 1, active: true }] }
    assert.deepStrictEqual(
      checkFleet(
        {},
        {
          defaults: { customerGuid: customerGuid.toUpperCase(), ...plans, cacProfile: null },
          connections: {
            a: { siteName: 'a', sbcId: 3, sbcScripts: leastArgs.sbcScripts, phones: null },
            b: { ...leastArgs, customerGuid: otherCustomerGuid.toUpperCase(), ...plans }
          },
          rollout: null
        },
        configured
      ),
      {
        inputs: {
          defaults: { customerGuid, ...filled },
          connections: {
            a: { siteName: 'a', sbcId: 3, sbcScripts: leastArgs.sbcScripts },
            b: { ...leastArgs, customerGuid: otherCustomerGuid, ...filled }
          }
        },
        failures: []
      }
    )
  })

  it('scripts of which the defaults hold a half', () => {
    const fleet = {
      defaults: { ...without(leastArgs, 'siteName', 'sbcScripts'), sbcScripts: { onboardingScript: 1 } },
      connections: { a: { siteName: 'a', sbcScripts: { cleanupScript: 2 } } }
    }
    assert.deepStrictEqual(checkFleet({}, fleet, configured), { inputs: fleet, failures: [] })
  })

  it('its own result again, whatever it is', () => {
    check(
      fc.property(someEntries(), (entries) => {
        fc.pre(entries.length > 0)
        const fleet = { connections: Object.fromEntries(entries.map(({ name, args }) => [name, args])) }
        const expected = { inputs: fleet, failures: [] }
        assert.deepStrictEqual(checkFleet({}, fleet, configured), expected)
        assert.deepStrictEqual(checkFleet(fleet, fleet, configured), expected)
      })
    )
  })

  describe('what is not known yet', () => {
    const a = connection('a')
    const rows: ReadonlyArray<readonly [name: string, news: Inputs]> = [
      ['all connections', { connections: unknowns.object }],
      ['an entry', { connections: { a, b: unknowns.object } }],
      ['a field', { connections: { a: { ...a, sbcId: unknowns.number }, b: { ...a, siteName: unknown } } }],
      [
        'the same field in two entries',
        { connections: { a: { ...a, siteName: unknown }, b: { ...a, siteName: unknown } } }
      ],
      [
        'adopt of two entries',
        { connections: { a: { ...a, adopt: unknown }, b: { ...connection('b'), adopt: unknown } } }
      ],
      ['all defaults', { defaults: unknowns.object, connections: { a: {}, b: { siteName: 'b' } } }],
      [
        'defaults that may hold the other half of an object',
        {
          defaults: { ...without(a, 'sbcScripts'), sbcScripts: unknown },
          connections: { a: { sbcScripts: { onboardingScript: 1 } } }
        }
      ],
      [
        'a field of the defaults',
        {
          defaults: { sbcId: unknowns.number, sbcScripts: unknown },
          connections: { a: without(a, 'sbcId', 'sbcScripts') }
        }
      ],
      [
        'rollout, limits, adopt',
        { connections: { a }, rollout: unknowns.object, limits: unknowns.object, adopt: unknowns.bool }
      ],
      [
        'parts of them',
        { connections: { a }, rollout: { canary: [unknown], verify: unknown }, limits: { maxDeletes: unknowns.number } }
      ]
    ]
    for (const [name, news] of rows)
      it(name, () => {
        assert.deepStrictEqual(checkFleet({}, news, configured), { inputs: news, failures: [] })
      })

    it('is not judged by the limits: nothing of it is a deletion', () => {
      const olds = { connections: { a, b: connection('b') } }
      const limits = { maxDeletes: 0 }
      const sites = [
        unknowns.object,
        { a, b: unknowns.object },
        { a, b: { ...connection('b'), customerGuid: unknown } },
        { a, x: { ...connection('b'), allow: [unknown] } }
      ]
      assert.deepStrictEqual(
        sites.map((connections) => failuresOf({ connections, limits }, olds)),
        [[], [], [], []]
      )
    })
  })
})

describe('Check of a fleet: what is told', () => {
  type Row = readonly [name: string, news: Inputs, failures: ReadonlyArray<string>, olds?: Inputs]
  const a = connection('a')
  const b = connection('b')
  const rows: ReadonlyArray<Row> = [
    ['nothing at all', {}, ['connections: is required']],
    [
      'an empty fleet',
      { connections: {} },
      ['connections: has no connection; declare one, or remove the fleet (which deletes its connections)']
    ],
    [
      '10,001 connections',
      { connections: many(10_001, () => ({})) },
      ['connections: has 10001 connections; at most 10000 are allowed in one fleet']
    ],
    ['no object', { connections: [a] }, ['connections: expected an object of connections by their names']],
    [
      'entries that are no objects',
      { connections: { a: null, b: 5, c: [] } },
      [
        ['a', 'b', 'c']
          .map((name) => `connections.${name}: expected an object with the inputs of a connection`)
          .join('; ')
      ]
    ],
    [
      'an entry without what a connection needs',
      { connections: { a: {} } },
      [
        'connections.a.customerGuid: is required; connections.a.siteName: is required; connections.a.sbcId: is required; connections.a.sbcScripts: is required for a new connection: { onboardingScript, cleanupScript } (script ids, see Get Script Templates)'
      ]
    ],
    [
      'fields, list items and parts of objects, by their whole path',
      {
        connections: {
          a: { ...a, sbcId: NaN, phones: ['+49301', 'x'], sbcScripts: { ...a.sbcScripts, cleanupScript: 0 } }
        }
      },
      [
        `connections.a.sbcId: ${sbcFault}; connections.a.sbcScripts.cleanupScript: ${sbcFault}; connections.a.phones[1]: expected 3 to 15 digits, with or without a "+" in front`
      ]
    ],
    [
      'an entry whose name is no word',
      { connections: { 'branch "7"': { ...a, sbcId: NaN } } },
      [`connections["branch \\"7\\""].sbcId: ${sbcFault}`]
    ],
    [
      'a name that every object has',
      { connections: { constructor: a } },
      ['connections.constructor: is a name that JavaScript has a meaning for; give the entry another one']
    ],
    [
      'a misspelt field',
      { connections: { a: { ...a, sbcid: 3 } } },
      ['connections.a.sbcid: unknown input; did you mean sbcId?']
    ],
    [
      'the same in 1,000 entries: once, with a few names',
      { connections: many(1000, (n) => ({ ...connection(`b${n}`), sbcId: 0 })) },
      [`connections: 1000 entries (b1, b2, b3, b4, b5 and 995 more): sbcId: ${sbcFault}`]
    ],
    [
      'each kind of fault by itself',
      { connections: { a: { ...a, sbcId: 0 }, b: { ...b, sbcId: 0, cacProfile: '' }, c: connection('c') } },
      [
        `connections: 2 entries (a, b): sbcId: ${sbcFault}; connections.b.cacProfile: is empty; expected the name of a CAC profile such as "10 sessions", or leave it out`
      ]
    ],
    [
      'a fault of the defaults: once, and not of every entry',
      { defaults: { sbcId: 0, sbcid: 1 }, connections: many(1000, (n) => without(connection(`b${n}`), 'sbcId')) },
      [`defaults.sbcId: ${sbcFault}`, 'defaults.sbcid: unknown input; did you mean sbcId?']
    ],
    [
      'the same fault of an entry of its own is told too; null is none',
      {
        defaults: { sbcId: 0 },
        connections: { a: { ...a, sbcId: -1 }, b: { ...b, sbcId: null }, c: { ...connection('c'), sbcId: 3 } }
      },
      [`defaults.sbcId: ${sbcFault}`, `connections.a.sbcId: ${sbcFault}`]
    ],
    ['adopt of the fleet: once', { connections: { a, b }, adopt: 'yes' }, ['adopt: expected true or false']],
    [
      'two entries for one connection',
      { connections: { a, b: { ...a, customerGuid: customerGuid.toUpperCase() } } },
      ['connections.b: has the same customer and siteName as the entry "a"; remove one of the two']
    ],
    [
      'two entries that take over one connection',
      {
        defaults: { enableCac: false, carrierRegistration: false },
        connections: { a: { ...a, adopt: siteGuid }, b: { ...b, adopt: siteGuid.toUpperCase() } }
      },
      ['connections.b: has the same site id in adopt as the entry "a"; remove one of the two']
    ],
    [
      'a name in the defaults',
      { defaults: a, connections: many(1000, () => ({})) },
      [
        'connections: 999 entries (b2, b3, b4, b5, b6 and 994 more): has the same customer and siteName as the entry "b1"; remove one of the two'
      ]
    ],
    [
      'ids of another type',
      { connections: { a: { ...a, customerGuid: 5 }, b: { ...b, siteName: ['b'] } } },
      [
        'connections.a.customerGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555; connections.b.siteName: expected a text'
      ]
    ],
    [
      'a canary that is not there',
      { connections: { a, b }, rollout: { canary: ['b', 'branch-7', 'branch-8'] } },
      ['rollout.canary: names no connection of the fleet: branch-7, branch-8']
    ],
    [
      'a rollout that waits for nothing',
      { connections: { a }, rollout: { verify: 'true', soakSeconds: 5, pauseBetweenBatches: 5 } },
      [
        'rollout.verify: is never asked without canary or batchSize; declare one of them; rollout.soakSeconds: needs canary, which it waits for; rollout.pauseBetweenBatches: needs canary or batchSize'
      ]
    ],
    [
      'a dangerous change of an entry',
      { connections: { a: { ...a, siteName: 'z', sbcId: 5 } } },
      [
        'connections.a.siteName: differs from the name in state: the platform does not document whether the field renames a connection or selects another one. If that is meant, declare allow: ["rename"]; connections.a.sbcId: differs from the SBC in state: the old SBC may keep its IP group and its carrier registration, so that calls go both ways. If that is meant, declare allow: ["sbcMove"]'
      ],
      { connections: { a } }
    ],
    [
      'the same under another name of the entry',
      { connections: { x: { ...a, sbcId: 5 } } },
      [
        'connections.x.sbcId: differs from the SBC in state: the old SBC may keep its IP group and its carrier registration, so that calls go both ways. If that is meant, declare allow: ["sbcMove"]'
      ],
      { connections: { a } }
    ],
    [
      'a move to another customer',
      { connections: { a: { ...a, customerGuid: otherCustomerGuid } } },
      [],
      { connections: { a } }
    ],
    [
      'a move to another customer, which needs what a new connection does',
      { connections: { a: { ...without(a, 'sbcScripts'), customerGuid: otherCustomerGuid } } },
      [
        'connections.a.sbcScripts: is required for a new connection: { onboardingScript, cleanupScript } (script ids, see Get Script Templates)'
      ],
      { connections: { a } }
    ],
    [
      'an old entry beside a fault elsewhere is still an old one',
      { connections: { a: without(a, 'sbcScripts') }, adopt: 1 },
      ['adopt: expected true or false'],
      { connections: { a } }
    ],
    [
      'limits of 0',
      {
        connections: { a: { ...a, cacProfile: '5 sessions' }, c: connection('c') },
        limits: { maxDeletes: 0, maxChanges: 0 }
      },
      [
        'limits.maxDeletes: the plan deletes 1 connection (b), none is allowed; raise the limit if all of it is meant, or split the change; limits.maxChanges: the plan changes 3 connections (a, c, b), none is allowed; raise the limit if all of it is meant, or split the change'
      ],
      { connections: { a, b } }
    ],
    [
      'limits of 0 where nothing changes',
      { connections: { x: a }, limits: { maxDeletes: 0, maxChanges: 0, maxChangesPerSbc: 0 } },
      [],
      { connections: { a } }
    ],
    [
      'a move to another SBC is a change on the one that it leaves too',
      {
        connections: { a: { ...a, sbcId: 5, allow: ['sbcMove'] }, b: { ...b, cacProfile: '5 sessions' } },
        limits: { maxChangesPerSbc: 1 }
      },
      [
        'limits.maxChangesPerSbc: the plan changes 2 connections on SBC 3 (a, b), 1 is allowed on one; raise the limit if all of it is meant, or split the change'
      ],
      { connections: { a, b } }
    ],
    [
      'limits are judged when the rest is right: of a faulty entry nobody knows what it would do',
      { defaults: { cacProfile: 5 }, connections: { a }, limits: { maxChanges: 0, cacSessionsPerSbc: { 3: 1 } } },
      ['defaults.cacProfile: expected a text']
    ]
  ]
  for (const [name, news, failures, olds] of rows)
    it(name, () => {
      assert.deepStrictEqual(failuresOf(news, olds), failures)
    })

  it('a broken configuration once, whatever the number of entries', () => {
    const broken: Configured = E.left(configError('Missing configuration x.'))
    assert.deepStrictEqual(failuresOf({ connections: { a, b: { ...b, sbcId: 0 } } }, {}, broken), [
      'Missing configuration x.',
      `connections.b.sbcId: ${sbcFault}`
    ])
  })

  it('not more than 50 kinds of faults', () => {
    const [line] = failuresOf({ connections: many(60, (n) => ({ ...connection(`b${n}`), [`zzzzzzzz${n}`]: 1 })) })
    const told = line?.split('; connections') ?? []
    assert.deepStrictEqual([told.length, told[50]], [51, ': 10 more faults; correct these first'])
  })
})

describe('Check of a fleet: whatever is declared', () => {
  it('no fault holds a value, and each names what it is about', () => {
    const field = fc.oneof(fc.constantFrom(...argKeys), fc.stringMatching(/^[a-z]{1,5}$/))
    const fields = fc.dictionary(
      field,
      canaryJson(['onboardingScript', 'customerVariables', 'dialPlanName', 'index']),
      { maxKeys: 6 }
    )
    const names = fc.constantFrom('a', 'b', 'branch 7')
    const fleet = fc.record(
      {
        connections: fc.oneof(fc.dictionary(names, fc.oneof(fields, canaryJson(['a']))), canaryJson(['a'])),
        defaults: fc.oneof(fields, canaryJson(['sbcId'])),
        limits: canaryJson(['maxDeletes', 'cacSessionsPerSbc', '3']),
        adopt: canaryJson(['x'])
      },
      { requiredKeys: [] }
    )
    check(
      fc.property(fleet, fc.dictionary(names, fields), (news, olds) => {
        const failures = failuresOf(news, { connections: olds })
        // Names of fields and variables are repeated, and no values.
        assert.deepStrictEqual(failures.filter(singsOf), [])
        for (const line of failures)
          assert.ok(
            fleetKeys.some((key) => line.startsWith(key)),
            line
          )
      }),
      500
    )
  })
})
