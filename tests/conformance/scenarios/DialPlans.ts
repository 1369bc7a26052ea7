import { type DialPlanEdit, HEADQUARTERS_GUID, customerGuids } from '../../../simulator'
import { type JsonObject, secretOnTheWire } from '../../support/Json'
import { unknowns } from '../../support/unknowns'
import {
  type Expected,
  type Scenario,
  type Step,
  config,
  destroy,
  entryOf,
  get,
  imports,
  meanwhile,
  moves,
  preview,
  refresh,
  state,
  unchecked,
  up
} from '../Scenario'

const { contoso } = customerGuids

const [a, b] = ['sbc1.example.net', 'sbc2.example.net']

const plan = (rules: readonly (readonly [string, string])[], more: JsonObject = {}): JsonObject => ({
  customerGuid: contoso,
  siteGuid: HEADQUARTERS_GUID,
  rules: rules.map(([prefix, tag]) => ({ prefix, tag })),
  ...more
})

const scenario = (name: string, steps: readonly Step[]): Scenario => ({ kind: 'dialPlan', name, steps })

const same: Expected = { does: 'nothing' }
const asBefore: Expected = { does: 'nothing', sends: 'GET plan' }
const made: Expected = { does: 'created', sends: 'GET plan, PATCH plan' }
const updated = (changes: readonly string[], more: Partial<Expected> = {}): Expected => ({
  does: 'updated',
  sends: 'GET plan, PATCH plan',
  changes,
  ...more
})
const removed: Expected = { does: 'deleted', sends: 'GET plan, PATCH plan' }

const portal = (change: DialPlanEdit): Step =>
  meanwhile((platform) => {
    platform.editDialPlan(HEADQUARTERS_GUID, 'CustDialPlan', change)
  })

const two = plan([
  ['+4930', a],
  ['+4940', a]
])

const many = (count: number, tag: string): JsonObject =>
  plan(Array.from({ length: count }, (_, index) => [`+49${100_000 + index}`, tag] as const))

export const dialPlans: readonly Scenario[] = [
  scenario('from beginning to end', [
    preview(two, { does: 'created' }),
    up(two, made),
    up(two, same),
    refresh(asBefore),
    up(
      plan([
        ['+4930', b],
        ['+4940', a],
        ['+4950', a]
      ]),
      updated(['rules[0].tag', 'rules[2]'])
    ),
    preview(
      { ...two, dialPlanName: 'Zoom' },
      { does: 'replaced', changes: ['dialPlanName', 'rules[0].tag', 'rules[2]'] }
    ),
    up(
      { ...two, dialPlanName: 'Zoom' },
      {
        does: 'replaced',
        sends: 'GET plan, PATCH plan, GET plan, PATCH plan',
        changes: ['dialPlanName', 'rules[0].tag', 'rules[2]']
      }
    ),
    destroy(removed)
  ]),

  scenario('changed in the portal', [
    up(two, made),
    portal({
      remove: [{ prefix: '+4930', tag: a }],
      add: [
        { prefix: '+4930', tag: b },
        { prefix: '+4999', tag: b }
      ]
    }),
    refresh({ does: 'changed', sends: 'GET plan' }),
    up(two, updated(['rules[0].tag'], { warns: 'was changed outside of Pulumi since the last run: +4930' })),
    portal({ remove: [{ prefix: '+4930', tag: a }] }),
    up(plan([['+4930', a]]), updated(['rules[1]'])),
    portal({ remove: [{ prefix: '+4930', tag: a }] }),
    destroy({ does: 'deleted', sends: 'GET plan' })
  ]),

  scenario('with a prefix that somebody else has', [
    portal({ add: [{ prefix: '+4930', tag: b }] }),
    up(two, { does: 'failed', sends: 'GET plan', says: '+4930' }),
    up({ ...two, adopt: true }, made),
    up(two, { does: 'updated', changes: ['adopt'] })
  ]),

  scenario('of a connection that is gone', [
    up(two, made),
    meanwhile((platform) => {
      platform.deleteSite(HEADQUARTERS_GUID)
    }),
    refresh({ does: 'deleted', sends: 'GET plan, GET details' })
  ]),

  scenario('that the platform refuses, or answers wrongly', [
    meanwhile((platform) => {
      platform.addFault({ match: { method: 'PATCH', path: 'dialplan' }, fault: { kind: 'status', status: 400 } })
    }),
    up(two, { does: 'failed', sends: 'GET plan, PATCH plan', says: 'rejected PATCH with status 400' }),
    meanwhile((platform) => {
      platform.addFault({ match: { method: 'PATCH', path: 'dialplan' }, fault: { kind: 'resetAfter' } })
    }),
    up(two, {
      does: 'created',
      sends: 'GET plan, PATCH plan, GET plan',
      warns: 'The end of the change of dial plan "CustDialPlan"'
    }),
    meanwhile((platform) => {
      platform.addFault({
        match: { method: 'PATCH', path: 'dialplan' },
        times: 'always',
        fault: { kind: 'resetBefore' }
      })
    }),
    up(plan([['+4930', b]]), {
      does: 'failed',
      sends: 'GET plan, PATCH plan, GET plan, PATCH plan, GET plan',
      says: 'the end of PATCH is not known: the connection was reset',
      warns: 'The end of the change of dial plan "CustDialPlan"',
      changes: ['rules[0].tag', 'rules[1]']
    }),
    meanwhile((platform) => {
      platform.clearFaults()
    }),
    up(plan([['+4930', b]]), { does: 'updated', sends: 'GET plan, PATCH plan' })
  ]),

  scenario('of hundreds of prefixes, whose update ends in part', [
    up(many(400, a), made),
    meanwhile((platform) => {
      platform.addFault({ match: { method: 'PATCH', path: 'dialplan' }, fault: { kind: 'errorMessage', effect: true } })
    }),
    up(many(400, b), { does: 'failed', sends: 'GET plan, PATCH plan', says: 'the platform reports an error' }),
    up(many(400, b), { does: 'updated', sends: 'GET plan' }),
    destroy(removed)
  ]),

  scenario('with wrong inputs', [
    up(
      {
        customerGuid: 'contoso',
        siteGuid: 'headquarters',
        dialPlanName: 'a/b',
        rules: [{ prefix: 'x', tag: 'no fqdn' }, { tag: a }],
        adopt: 1,
        rule: []
      },
      {
        does: 'refused',
        says: [
          'adopt: expected true or false',
          'customerGuid: expected a uuid',
          'dialPlanName: expected the name of a dial plan',
          'rule: unknown input; did you mean rules?',
          'rules[0].prefix: expected 1 to 15 digits',
          'siteGuid: expected a uuid'
        ]
      }
    ),
    up({}, { does: 'refused', says: ['customerGuid: is required', 'siteGuid: is required', 'rules: is required'] }),
    up(
      plan([
        ['+4930', a],
        ['+4930', b]
      ]),
      { does: 'refused', says: ['rules[1].prefix: is the same prefix as [0]'] }
    ),
    up(plan([]), { does: 'refused', says: ['rules: is empty'] })
  ]),

  scenario('that meets a defect of this package', [
    unchecked({ rules: 'C4nary' }, { does: 'failed', says: 'ended a call with an unexpected TypeError' })
  ]),

  scenario('with unknown values and secrets', [
    preview(plan([], { siteGuid: unknowns.string, rules: unknowns.array }), { does: 'created' }),
    up(plan([['+4930', a]], { dialPlanName: secretOnTheWire('CustDialPlan') }), made),
    preview({ ...two, siteGuid: unknowns.string }, { does: 'replaced', changes: ['siteGuid', 'rules[1]'] }),
    preview(plan([], { rules: [{ prefix: unknowns.string, tag: a }] }), {
      does: 'updated',
      changes: ['rules[0].prefix']
    })
  ]),

  scenario('of another platform, of a newer version, read only', [
    up(two, made),
    config({ readOnly: 'true' }),
    up(plan([['+4930', a]]), { does: 'failed', sends: 'GET plan', says: 'readOnly', changes: ['rules[1]'] }),
    config({}),
    state((_entry, world) => {
      const entry = entryOf(world)
      return { ...entry, outputs: { ...entry.outputs, platform: 'https://former.example.net/tenantui' } }
    }),
    refresh({ does: 'failed', says: 'the platform https://former.example.net/tenantui' }),
    state((_entry, world) => {
      const entry = entryOf(world)
      return { ...entry, outputs: { ...entry.outputs, schemaVersion: 2 } }
    }),
    destroy({ does: 'failed', says: 'written by a newer version' })
  ]),

  scenario('that is only looked at', [
    portal({ add: [{ prefix: '+4930', tag: b }] }),
    get(`${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`, { customerGuid: contoso }, { does: 'found', sends: 'GET plan' })
  ]),

  scenario('of an import file, moving over to the plugin', [
    portal({ add: [{ prefix: '+4930', tag: b }] }),
    imports({ does: 'created' }),
    moves,
    up((world) => entryOf(world).inputs, same),
    refresh(asBefore),
    destroy(removed)
  ]),

  scenario('moving over to the plugin', [
    up(two, made),
    moves,
    up(two, same),
    refresh(asBefore),
    up(plan([['+4930', a]]), updated(['rules[1]'])),
    destroy(removed)
  ])
]
