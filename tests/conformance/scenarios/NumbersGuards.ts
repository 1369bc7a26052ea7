import { customerGuids, tenants } from '../../../simulator'
import type { JsonObject } from '../../support/Json'
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

const { acme, initech } = customerGuids

const guard = (connections: readonly string[], more: JsonObject = {}): JsonObject => ({
  customerGuid: initech,
  connections,
  ...more
})

const scenario = (name: string, steps: readonly Step[]): Scenario => ({ kind: 'numbersGuard', name, steps })

const same: Expected = { does: 'nothing' }
const made: Expected = { does: 'created' }

export const numbersGuards: readonly Scenario[] = [
  scenario('from beginning to end', [
    preview(guard(['initech', 'branch']), made),
    up(guard(['initech', 'branch']), made),
    up(guard(['initech', 'branch']), same),
    refresh(same),
    destroy({
      does: 'failed',
      sends: 'GET details, GET numbers',
      says: '1 acquired number of Operator Connect still refers'
    }),
    up(guard(['branch']), {
      does: 'failed',
      sends: 'GET details, GET numbers',
      says: '+493023125001',
      changes: ['connections[0]', 'connections[1]']
    }),
    up(guard(['initech']), { does: 'updated', sends: 'GET details, GET numbers', changes: ['connections[1]'] }),
    up(guard(['initech'], { allow: ['numbers'], msTenantId: tenants.initech }), {
      does: 'updated',
      changes: ['allow', 'msTenantId']
    }),
    destroy({ does: 'deleted' })
  ]),

  scenario('is protected, and replaced', [
    up(guard(['branch'], { deletionProtection: true }), made),
    destroy({ does: 'failed', sends: 'GET details', says: 'deletionProtection' }),
    up(guard(['branch'], { deletionProtection: false }), { does: 'updated', changes: ['deletionProtection'] }),
    preview(guard(['branch'], { customerGuid: unknowns.string }), { does: 'replaced' }),
    up(guard(['branch'], { customerGuid: acme }), { does: 'replaced', sends: 'GET details, GET numbers' })
  ]),

  scenario('guards a customer that is gone', [
    up(guard(['initech']), made),
    meanwhile((platform) => {
      platform.deleteCustomer(initech)
    }),
    destroy({ does: 'deleted', sends: 'GET details, GET details, GET services' })
  ]),

  scenario('has wrong inputs', [
    up(
      {
        customerGuid: 'initech',
        msTenantId: 'x',
        connections: ['a', '', 'a'],
        deletionProtection: 1,
        allow: ['all'],
        connection: 'a'
      },
      {
        does: 'refused',
        says: [
          'allow[0]: expected one of numbers',
          'connection: unknown input; did you mean connections?',
          'connections[1]: is empty',
          'customerGuid: expected a uuid',
          'deletionProtection: expected true or false',
          'msTenantId: expected a uuid'
        ]
      }
    ),
    up({}, { does: 'refused', says: ['customerGuid: is required', 'connections: is required'] }),
    up(guard(['a', 'a']), { does: 'refused', says: ['connections[1]: is the same name as [0]'] })
  ]),

  scenario('is of another platform, or of a newer version', [
    up(guard(['branch']), made),
    state((_entry, world) => {
      const entry = entryOf(world)
      return { ...entry, outputs: { ...entry.outputs, platform: 'https://former.example.net/tenantui' } }
    }),
    destroy({ does: 'failed', says: 'https://former.example.net/tenantui' }),
    state((_entry, world) => {
      const entry = entryOf(world)
      return { ...entry, outputs: { ...entry.outputs, schemaVersion: 2 } }
    }),
    refresh({ does: 'failed', says: 'written by a newer version' })
  ]),

  scenario('asks a platform that refuses the token', [
    up(guard(['branch']), made),
    config({ accessToken: 'stale' }),
    destroy({ does: 'failed', sends: 'GET details', says: 'authorisation was refused' })
  ]),

  scenario('moves over to the plugin', [
    up(guard(['branch']), made),
    moves,
    up(guard(['branch']), same),
    refresh(same),
    destroy({ does: 'deleted', sends: 'GET details, GET numbers' })
  ])
]
