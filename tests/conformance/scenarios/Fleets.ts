import * as assert from 'node:assert'
import type { Fault, FaultRule, Simulator } from '../../../simulator'
import { customerGuids } from '../../../simulator'
import { least, secrets } from '../../protocol/support/Connections'
import { withoutSecrets } from '../../protocol/support/Marks'
import { type Json, type JsonObject, secretOnTheWire } from '../../support/Json'
import { unknowns } from '../../support/unknowns'
import {
  type Expected,
  type Scenario,
  type Step,
  config,
  destroy,
  entryOf,
  meanwhile,
  moves,
  preview,
  refresh,
  state,
  up
} from '../Scenario'

const { acme, contoso } = customerGuids

const { siteName: _siteName, ...shared } = least
/** What the platform does not tell is declared. */
const told = { ...shared, enableCac: false, carrierRegistration: false }

/** One connection at a time, so that the requests have an order. */
const rollout = { maxParallel: 1 }

const fleetOf = (connections: JsonObject, more: JsonObject = {}): JsonObject => ({
  defaults: { ...shared },
  connections,
  rollout,
  ...more
})

const branch = (n: number, more: JsonObject = {}): JsonObject => ({ [`branch-${n}`]: { siteName: `b-${n}`, ...more } })

const cac = (cacProfile: string): JsonObject => ({ cacProfile })

const two = fleetOf({ ...branch(1), ...branch(2) })

const making = 'POST, GET'
const changing = 'GET, PATCH, GET'
const deleting = 'DELETE, GET task'
const several = (...each: readonly string[]): string => each.join(', ')

const same: Expected = { does: 'nothing' }
const created = (...each: readonly string[]): Expected => ({
  does: 'created',
  sends: several('GET details', ...each),
  warns: `Fleet: ${each.length} to create, 0 unchanged.`
})
const madeTwo = created(making, making)
const madeTwoInTwo = { ...madeTwo, sends: several('GET details', making, 'PATCH, GET', making, 'PATCH, GET') }
/** A read that finds what the state holds. */
const asBefore: Expected = { does: 'nothing', sends: 'GET, GET' }
const removedTwo: Expected = { does: 'deleted', sends: several(deleting, deleting) }
const unfinished = ['lastOperation.outcome']

const scenario = (name: string, steps: readonly Step[], switches: Scenario['switches'] = {}): Scenario => ({
  name,
  kind: 'sipConnectionFleet',
  steps,
  switches
})

const strikes = (
  method: string,
  fault: Fault,
  { nth = 1, times = 1 }: Pick<FaultRule, 'times'> & { nth?: number } = {}
) =>
  meanwhile((platform) => {
    platform.addFault({ match: { method, path: 'sitelocation', nth }, times, fault })
  })
const refusal: Fault = { kind: 'status', status: 400, body: '"The name is taken."', contentType: 'application/json' }

const guidOf = (platform: Simulator, name: string): string => {
  const found = platform.state().sites.find((site) => site.name === name)
  if (found === undefined) throw new Error(`the platform has no ${name}`)
  return found.guid
}

const portal = (...names: readonly string[]): Step =>
  meanwhile((platform) => {
    for (const name of names)
      platform.addSite({ customerGuid: acme, name, sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 })
  })

const editIn = (name: string, edit: Parameters<Simulator['editSite']>[1]): Step =>
  meanwhile((platform) => {
    platform.editSite(guidOf(platform, name), edit)
  })

const deleteIn = (name: string): Step =>
  meanwhile((platform) => {
    platform.deleteSite(guidOf(platform, name))
  })

const withOutputs = (changes: JsonObject): Step =>
  state((_entry, world) => {
    const entry = entryOf(world)
    return { ...entry, outputs: { ...entry.outputs, ...changes } }
  })

/** The outputs must hold these. */
const holds = (outputs: Readonly<Record<string, unknown>>): Step =>
  state((_entry, world) => {
    const entry = entryOf(world)
    assert.deepStrictEqual(Object.fromEntries(Object.keys(outputs).map((key) => [key, entry.outputs[key]])), outputs)
    return entry
  })

const updates = (sends: string, plan: string, changes: readonly string[]): Expected => ({
  does: 'updated',
  sends,
  warns: `Fleet: ${plan}.`,
  changes
})

/** The inputs of an entry that it says itself, and no longer its defaults, or the other way round. */
const sharedIn = (n: number): readonly string[] => Object.keys(shared).map((key) => `connections["branch-${n}"].${key}`)

const summary = (counts: JsonObject): JsonObject => ({
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  failed: 0,
  notBegun: 0,
  ...counts
})

const canaried = fleetOf(
  { ...branch(1), ...branch(2), ...branch(3) },
  { rollout: { ...rollout, canary: ['branch-2'], batchSize: 1 } }
)

const registered = {
  carrierRegistration: true,
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  carrierUserName: 'u-100'
}

const passwordOf = (which: string): string => `${which} ${secrets.password}`

/** @param password of the defaults, a secret by its place; what the program itself makes a secret is one too */
const secret = (password = 'first'): JsonObject => ({
  defaults: {
    ...shared,
    ...registered,
    carrierUserPassword: passwordOf(password),
    sbcScripts: {
      ...shared.sbcScripts,
      customerVariables: { Region: secretOnTheWire('EMEA'), apiToken: secrets.variable }
    }
  },
  connections: {
    ...branch(1, { carrierUserName: secretOnTheWire('u-101') }),
    ...branch(2, { carrierUserPassword: secrets.dpi, cacProfile: secretOnTheWire('10 sessions') })
  },
  rollout
})

/** In the state every secret is marked as one. */
const hides: Step = state((_entry, world) => {
  const entry = entryOf(world)
  const seen = JSON.stringify(withoutSecrets(JSON.parse(JSON.stringify(entry)) as Json))
  const inClear = ['u-101', 'EMEA', ...Object.values(secrets).map((text) => JSON.stringify(text).slice(1, -1))]
  assert.deepStrictEqual(
    inClear.filter((text) => seen.includes(text)),
    []
  )
  assert.ok(JSON.stringify(entry).includes('u-101'), 'there is a secret to be marked')
  return entry
})

export const fleets: readonly Scenario[] = [
  scenario('from beginning to end', [
    preview(two, { does: 'created', warns: 'Fleet: 2 to create, 0 unchanged.' }),
    up(two, madeTwo),
    holds({ summary: summary({ created: 2 }), failures: {} }),
    up(two, same),
    refresh(asBefore),
    preview(fleetOf({ ...branch(1, cac('20 sessions')), ...branch(2) }), {
      does: 'updated',
      warns: 'Fleet: 1 to update, 1 unchanged.',
      changes: ['connections["branch-1"].cacProfile']
    }),
    up(
      fleetOf({ ...branch(1, cac('20 sessions')), ...branch(2) }),
      updates(changing, '1 to update, 1 unchanged', ['connections["branch-1"].cacProfile'])
    ),
    holds({ summary: summary({ updated: 1, unchanged: 1 }) }),
    destroy(removedTwo)
  ]),

  scenario('whose entries come, go, and get other names', [
    up(two, madeTwo),
    up(
      fleetOf({ ...branch(1), ...branch(2), ...branch(3) }),
      updates(several('GET details', making), '1 to create, 2 unchanged', ['connections["branch-3"]'])
    ),
    up(fleetOf({ ...branch(1), ...branch(3), Berlin: { siteName: 'b-2' } }), {
      does: 'updated',
      changes: ['connections["branch-2"]', 'connections.Berlin']
    }),
    up(
      fleetOf({ ...branch(1), Berlin: { siteName: 'b-2', ...cac('5 sessions') } }),
      updates(several(changing, deleting), '1 to update, 1 to delete, 1 unchanged', [
        'connections["branch-3"]',
        'connections.Berlin.cacProfile'
      ])
    ),
    refresh(asBefore),
    up(fleetOf({ ...branch(1), Berlin: { siteName: 'b-3' } }), {
      does: 'refused',
      says: ['connections.Berlin.siteName: ']
    }),
    up(
      fleetOf({ ...branch(1), Berlin: { siteName: 'b-3', ...cac('5 sessions'), allow: ['rename'] } }),
      updates(changing, '1 to update, 1 unchanged', ['connections.Berlin.siteName', 'connections.Berlin.allow'])
    )
  ]),

  scenario('whose defaults and options change', [
    up(two, madeTwo),
    up(fleetOf({ ...branch(1), ...branch(2) }, { limits: { maxDeletes: 0 }, rollout: { maxParallel: 1, canary: 1 } }), {
      does: 'updated',
      changes: ['limits', 'rollout.canary']
    }),
    // What the defaults said is said by each entry now.
    up(
      { connections: { ...branch(1, { ...shared }), ...branch(2, { ...shared }) }, rollout },
      {
        does: 'updated',
        changes: ['defaults', 'limits', 'rollout.canary', ...sharedIn(1), ...sharedIn(2)]
      }
    ),
    up(
      fleetOf({ ...branch(1), ...branch(2) }, { defaults: { ...shared, ...cac('5 sessions') } }),
      updates(several(changing, changing), '2 to update, 0 unchanged', ['defaults', ...sharedIn(1), ...sharedIn(2)])
    )
  ]),

  scenario('with a connection that moves to another customer', [
    up(two, madeTwo),
    up(
      fleetOf({ ...branch(1, { customerGuid: contoso }), ...branch(2) }),
      updates(several('GET details', deleting, making), '1 to replace, 1 unchanged', [
        'connections["branch-1"].customerGuid'
      ])
    ),
    destroy(removedTwo)
  ]),

  scenario('with all kinds of wrong inputs', [
    up({}, { does: 'refused', says: ['connections: is required'] }),
    up({ connections: {} }, { does: 'refused', says: ['connections: has no connection'] }),
    up(
      {
        defaults: { customerGuid: 'acme', sbcScripts: { ...shared.sbcScripts } },
        connections: {
          'branch-1': { siteName: 'b-1', sbcId: 3, customerGuid: acme },
          'branch-2': { siteName: 'b-1', sbcId: 3, customerGuid: acme.toUpperCase() },
          'branch-3': {
            siteName: 'b-3',
            siteNam: 'b-3',
            carrierUserPassword: ` ${secrets.password}`,
            customerGuid: acme
          },
          'branch-4': { siteName: 'b-4', customerGuid: acme }
        },
        rollout: { canary: ['branch-9'], batchSize: 0, pauseBetween: 1 },
        limits: { maxDeletes: -1, cacSessionsPerSbc: { three: 1 } },
        adopt: 'yes'
      },
      {
        does: 'refused',
        says: [
          'adopt: expected true or false',
          'limits.maxDeletes: expected a whole number from 0; limits.cacSessionsPerSbc.three: is not the id of an SBC',
          'rollout.pauseBetween: is not a field of it; the fields are canary, ',
          'defaults.customerGuid: expected a uuid',
          'connections["branch-3"].carrierUserPassword: has a blank at an end'
        ]
      }
    ),
    up(
      fleetOf(
        { ...branch(1), ...branch(2) },
        { rollout: { ...rollout, canary: ['branch-9'], changeWindow: { start: 'x', end: 'y' } } }
      ),
      {
        does: 'refused',
        says: ['rollout.changeWindow.start: expected a time with its zone']
      }
    )
  ]),

  scenario('over its limits', [
    up(fleetOf({ ...branch(1, cac('10 sessions')), ...branch(2) }, { limits: { cacSessionsPerSbc: { 3: 5 } } }), {
      does: 'refused',
      says: ['limits.cacSessionsPerSbc.3: ']
    }),
    up(
      fleetOf(
        { ...branch(1, cac('10 sessions')), ...branch(2, cac('Gold')) },
        { limits: { cacSessionsPerSbc: { 3: 10 } } }
      ),
      {
        ...madeTwo,
        warns: 'limits.cacSessionsPerSbc does not count 1 connection (branch-2)'
      }
    ),
    preview(fleetOf({ ...branch(1) }, { limits: { maxDeletes: 0 } }), {
      does: 'refused',
      says: ['limits.maxDeletes: the plan deletes 1 connection (branch-2), none is allowed']
    })
  ]),

  scenario('over a limit by what an earlier run has left undone', [
    strikes('POST', refusal),
    up(two, { ...madeTwo, does: 'failed', sends: 'GET details, POST, POST, GET', says: '1 connection failed' }),
    preview(
      { ...two, limits: { maxChanges: 0 } },
      {
        does: 'failed',
        says: 'limits.maxChanges: the plan changes 1 connection (branch-1), none is allowed'
      }
    )
  ]),

  scenario('with connections that exist already', [
    portal('b-1', 'b-2'),
    up(fleetOf({ ...branch(1), ...branch(2), ...branch(3) }), {
      does: 'failed',
      sends: 'GET details',
      says: [
        '2 of the connections to create exist already: branch-1 (site',
        'branch-2 (site',
        'declare adopt: true on the fleet'
      ],
      warns: 'Fleet: 3 to create, 0 unchanged.'
    }),
    up(fleetOf({ ...branch(1), ...branch(2), ...branch(3) }, { defaults: told, adopt: true }), {
      does: 'created',
      sends: several('GET details', 'GET', 'GET', making, 'PATCH, GET'),
      warns: 'is taken over.'
    }),
    up(fleetOf({ ...branch(1), ...branch(2), ...branch(3) }, { defaults: told }), {
      does: 'updated',
      changes: ['adopt']
    }),
    refresh({ does: 'nothing', sends: 'GET, GET, GET' })
  ]),

  scenario('of which some fail', [
    strikes('POST', refusal, { nth: 2 }),
    up(fleetOf({ ...branch(1), ...branch(2), ...branch(3) }), {
      does: 'failed',
      sends: several('GET details', making, 'POST', making),
      says: [
        '1 connection failed',
        'Done: 2 created (branch-1, branch-3).',
        'Failed: branch-2: ',
        'The name is taken.'
      ],
      warns: 'Fleet: 3 to create, 0 unchanged.'
    }),
    holds({ summary: summary({ created: 2, failed: 1 }) }),
    refresh(asBefore),
    preview(fleetOf({ ...branch(1), ...branch(2), ...branch(3) }), {
      does: 'updated',
      changes: unfinished,
      warns: 'Fleet: 1 to create, 2 unchanged.'
    }),
    up(
      fleetOf({ ...branch(1), ...branch(2), ...branch(3) }),
      updates(several('GET details', making), '1 to create, 2 unchanged', unfinished)
    ),
    holds({ summary: summary({ created: 1, unchanged: 2 }), failures: {} }),
    strikes('PATCH', { kind: 'errorMessage', effect: false, message: 'The SBC is locked' }),
    strikes('DELETE', { kind: 'status', status: 403 }),
    up(fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }), {
      does: 'failed',
      sends: 'GET, PATCH, DELETE',
      says: ['2 connections failed', 'Failed: branch-1: ', 'The SBC is locked', 'Failed: branch-3: '],
      warns: 'Fleet: 1 to update, 1 to delete, 1 unchanged.',
      changes: ['connections["branch-1"].cacProfile', 'connections["branch-3"]']
    }),
    up(
      fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }),
      updates(several(changing, deleting), '1 to update, 1 to delete, 1 unchanged', unfinished)
    ),
    up(fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }), same),
    destroy(removedTwo)
  ]),

  scenario('that is destroyed in part', [
    up(two, madeTwo),
    strikes('DELETE', { kind: 'status', status: 403 }),
    destroy({
      does: 'failed',
      sends: several('DELETE', deleting),
      says: ['Done: 1 deleted (branch-2).', 'Failed: branch-1: ']
    }),
    destroy({ does: 'deleted', sends: several(deleting, 'DELETE, GET details') })
  ]),

  scenario('whose canary does not pass', [
    strikes('POST', refusal),
    up(canaried, {
      does: 'failed',
      sends: 'GET details, POST',
      says: [
        '1 connection failed; 2 connections were not begun; the canary did not pass: branch-2 failed',
        'Done: nothing.',
        'Not begun: branch-1, branch-3.'
      ],
      warns: 'canary: 1 site on SBC 3: branch-2'
    }),
    holds({ summary: summary({ failed: 1, notBegun: 2 }) }),
    up(canaried, {
      does: 'updated',
      sends: several('GET details', making, making, making),
      changes: unfinished,
      warns: 'batch 2 of 2: 1 site on SBC 3: branch-3'
    }),
    up(canaried, same)
  ]),

  scenario('outside of its change window', [
    up(
      { ...two, rollout: { ...rollout, changeWindow: { start: '2020-01-01T00:00:00Z', end: '2020-01-02T00:00:00Z' } } },
      {
        does: 'failed',
        sends: 'GET details',
        says: [
          '2 connections were not begun; the change window ended at 2020-01-02T00:00:00Z',
          'Not begun: branch-1, branch-2.'
        ],
        warns: 'rollout: at most 1 at a time; only from 2020-01-01T00:00:00Z to 2020-01-02T00:00:00Z'
      }
    ),
    holds({ summary: summary({ notBegun: 2 }) }),
    refresh({ does: 'nothing' }),
    up(two, updates(several('GET details', making, making), '2 to create, 0 unchanged', ['rollout.changeWindow']))
  ]),

  scenario('with connections that are changed in the portal', [
    up(fleetOf({ ...branch(1, cac('10 sessions')), ...branch(2) }), madeTwo),
    editIn('b-1', { cacProfile: '5 sessions', carrierUserName: 'not managed' }),
    preview(fleetOf({ ...branch(1, cac('10 sessions')), ...branch(2) }), same),
    refresh({ does: 'changed', sends: 'GET, GET' }),
    up(
      fleetOf({ ...branch(1, cac('10 sessions')), ...branch(2) }),
      updates(changing, '1 to update, 1 unchanged', ['connections["branch-1"].cacProfile'])
    ),
    refresh(asBefore)
  ]),

  scenario('with a connection that is deleted in the portal', [
    up(two, madeTwo),
    deleteIn('b-1'),
    up(fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }), {
      does: 'failed',
      sends: 'GET, GET details',
      says: ['Failed: branch-1: ', 'does not exist any more: it was deleted outside'],
      warns: 'Fleet: 1 to update, 1 unchanged.',
      changes: ['connections["branch-1"].cacProfile']
    }),
    refresh({ does: 'changed', sends: 'GET, GET details, GET' }),
    up(two, updates(several('GET details', making), '1 to create, 1 unchanged', ['connections["branch-1"]'])),
    deleteIn('b-2'),
    destroy({ does: 'deleted', sends: several(deleting, 'DELETE, GET details') })
  ]),

  scenario('with a connection that has failed, and that is renamed in the portal', [
    up(two, madeTwo),
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up(fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: 'Failed: branch-1: ',
      warns: 'Fleet: 1 to update, 1 unchanged.',
      changes: ['connections["branch-1"].cacProfile']
    }),
    editIn('b-1', { name: 'b-9' }),
    refresh({ does: 'changed', sends: 'GET, GET' }),
    up(fleetOf({ ...branch(1, cac('5 sessions')), ...branch(2) }), {
      does: 'failed',
      says: ['connections["branch-1"].siteName: differs from the name in state', 'nothing was sent']
    })
  ]),

  scenario('of another platform', [
    up(two, madeTwo),
    withOutputs({ platform: 'https://former.example.net/tenantui' }),
    preview(two, same),
    refresh({ does: 'failed', says: 'belongs to the platform https://former.example.net/tenantui' }),
    up(fleetOf({ ...branch(1) }), {
      does: 'failed',
      says: 'and the configuration names',
      warns: 'Fleet: 1 to delete, 1 unchanged.',
      changes: ['connections["branch-2"]']
    }),
    destroy({ does: 'failed', says: 'nothing was sent' }),
    config({ movedFrom: 'https://former.example.net/tenantui' }),
    refresh({ does: 'changed', sends: 'GET, GET' }),
    destroy(removedTwo)
  ]),

  scenario('whose state is of a newer version, or is not understood', [
    up(two, madeTwo),
    withOutputs({ siteGuids: 'two' }),
    refresh({ does: 'failed', says: 'The state is not as pulumi-audiocodes-live writes it' }),
    withOutputs({ schemaVersion: 2 }),
    up(two, { does: 'failed', says: 'written by a newer version' }),
    refresh({ does: 'failed', says: 'written by a newer version' }),
    destroy({ does: 'failed', says: 'written by a newer version' })
  ]),

  scenario('with secrets, in its defaults and in its entries', [
    up(secret(), madeTwoInTwo),
    hides,
    refresh(asBefore),
    editIn('b-1', { carrierUserPassword: 'another one', customerVariables: { apiToken: 'c4nary' } }),
    refresh({ does: 'changed', sends: 'GET, GET' }),
    hides,
    up(
      secret(),
      updates(changing, '1 to update, 1 unchanged', [
        'connections["branch-1"].carrierUserPassword',
        'connections["branch-1"].sbcScripts'
      ])
    ),
    strikes('PATCH', {
      kind: 'errorMessage',
      effect: false,
      message: `Registering with ${passwordOf('another one')} failed.`
    }),
    up(secret('another one'), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: '1 connection failed',
      warns: 'Fleet: 1 to update, 1 unchanged.',
      changes: ['defaults.carrierUserPassword']
    }),
    hides,
    up(secret('another one'), updates(changing, '1 to update, 1 unchanged', unfinished)),
    destroy(removedTwo)
  ]),

  scenario('whose values are not known yet', [
    preview(
      fleetOf({
        'branch-1': { siteName: unknowns.string, cacProfile: unknowns.string },
        'branch-2': unknowns.object,
        'branch-3': { siteName: 'b-3', carrierUserPassword: secretOnTheWire(unknowns.string), phones: unknowns.array }
      }),
      { does: 'created', warns: '3 sites on SBC 3 (2), not known yet (1): branch-1, branch-2, branch-3' }
    ),
    preview(
      { defaults: unknowns.object, connections: { ...branch(1) } },
      { does: 'created', warns: 'batch 1 of 1: 1 site on SBC not known yet: branch-1' }
    ),
    preview(
      { connections: unknowns.object, rollout: unknowns.object, limits: unknowns.object, adopt: unknowns.bool },
      { does: 'created' }
    ),
    up(two, madeTwo),
    preview(fleetOf({ ...branch(1, { cacProfile: unknowns.string }), ...branch(2) }), {
      does: 'updated',
      changes: ['connections["branch-1"].cacProfile'],
      warns: 'Fleet: 1 to update, 1 unchanged.'
    })
  ]),

  scenario('that may only be read', [
    up(two, madeTwo),
    config({ readOnly: 'true' }),
    refresh(asBefore),
    up(fleetOf({ ...branch(1) }), {
      does: 'failed',
      says: 'readOnly',
      warns: 'Fleet: 1 to delete, 1 unchanged.',
      changes: ['connections["branch-2"]']
    }),
    destroy({ does: 'failed', says: 'readOnly' })
  ]),

  scenario('without configuration', [
    config({ baseUrl: null, accessToken: null }, { wrong: 'Missing configuration audiocodes-live:baseUrl' }),
    up(two, { does: 'refused', says: ['Missing configuration audiocodes-live:baseUrl'] })
  ]),

  scenario('that moves over to the plugin', [
    up(secret(), madeTwoInTwo),
    moves,
    preview(secret(), same),
    up(secret(), same),
    refresh(asBefore),
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up(secret('another one'), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: '1 connection failed',
      warns: 'Fleet: 1 to update, 1 unchanged.',
      changes: ['defaults.carrierUserPassword']
    }),
    up(secret('another one'), updates(changing, '1 to update, 1 unchanged', unfinished)),
    destroy(removedTwo)
  ]),

  scenario('that moves over to the plugin after a part of it has failed', [
    strikes('POST', refusal),
    up(two, { ...madeTwo, does: 'failed', sends: 'GET details, POST, POST, GET', says: '1 connection failed' }),
    moves,
    up(two, updates(several('GET details', making), '1 to create, 1 unchanged', unfinished)),
    up(two, same)
  ])
]
