import { type Fault, customerGuids, tenants } from '../../../simulator'
import { type JsonObject, secretOnTheWire } from '../../support/Json'
import { unknowns } from '../../support/unknowns'
import type { Kind } from '../Host'
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
  up
} from '../Scenario'

const { acme, contoso, initech } = customerGuids

const siteLocation = { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 }

/** Of a tenant that has neither a service nor a lead. */
const hosted: JsonObject = {
  shortName: 'northwind',
  msTenantId: 'a0a0a0a0-0001-4000-8000-0000000000aa',
  ovocCustomerType: 'IPGROUP_TYPE',
  siteLocation
}
const licensed: JsonObject = {
  ...hosted,
  fullName: 'Northwind Traders',
  license: 'HostedEssentialsPlus',
  licensedUsersCount: 25,
  applicationClientId: 'a0a0a0a0-0002-4000-8000-0000000000aa',
  applicationClientSecret: 'C4nary-application "ö',
  scriptParameters: { Region: 'EMEA', CarrierPassword: 'C4nary-script' }
}

/** Of a lead that has no service yet. */
const operated: JsonObject = { msTenantId: tenants.globex, shortName: 'globex', configuration: 'ipGroup', siteLocation }

/** A license that was not applied is none of the state. */
const undone = [
  'lastOperation.outcome',
  'license',
  'licensedUsersCount',
  'applicationClientId',
  'applicationClientSecret'
]

const same: Expected = { does: 'nothing' }
const asBefore: Expected = { does: 'nothing', sends: 'GET details' }
const free = (args: JsonObject): JsonObject => ({ ...args, deletionProtection: false })

const kept = (outputs: JsonObject): Step =>
  state((_entry, world) => {
    const entry = entryOf(world)
    return { ...entry, outputs: { ...entry.outputs, ...outputs } }
  })

const strikes = (method: string, path: string, fault: Fault): Step =>
  meanwhile((platform) => {
    platform.addFault({ match: { method, path }, fault })
  })

const of =
  (kind: Kind) =>
  (name: string, steps: readonly Step[], switches: Scenario['switches'] = {}): Scenario => ({
    kind,
    name,
    steps,
    switches
  })

const hostedService = of('hostedEssentialsService')
const operatorService = of('operatorConnectService')

/** The same for both kinds of services. */
const common = (scenario: ReturnType<typeof of>, args: JsonObject, made: Expected): readonly Scenario[] => [
  scenario('is protected, and goes when it is not', [
    preview(args, { does: 'created' }),
    up(args, made),
    up(args, same),
    refresh(asBefore),
    destroy({ does: 'failed', sends: 'GET details', says: 'deletionProtection' }),
    up({ ...args, shortName: 'another' }, { does: 'refused', says: ['shortName'] }),
    up(free(args), { does: 'updated', changes: ['deletionProtection'] }),
    preview({ ...free(args), shortName: 'another' }, { does: 'replaced', changes: ['shortName'] }),
    destroy({ does: 'deleted', sends: 'GET details, DELETE service, GET details, GET services' })
  ]),
  scenario('is gone', [
    up(args, made),
    meanwhile((platform, id) => {
      platform.deleteCustomer(id)
    }),
    refresh({ does: 'deleted', sends: 'GET details, GET services' })
  ]),
  scenario('is of another platform, or of a newer version', [
    up(args, made),
    kept({ platform: 'https://former.example.net/tenantui' }),
    refresh({ does: 'failed', says: 'belongs to the platform https://former.example.net/tenantui' }),
    kept({ schemaVersion: 2 }),
    up(args, { does: 'failed', says: 'written by a newer version' }),
    destroy({ does: 'failed', says: 'written by a newer version' })
  ]),
  scenario('may only be read', [
    config({ readOnly: 'true' }),
    up(args, { does: 'failed', sends: (made.sends ?? '').split(', ')[0], says: 'readOnly' })
  ]),
  scenario('has values that are not known yet', [
    preview(
      { ...args, shortName: unknowns.string, siteLocation: unknowns.object, license: unknowns.string },
      { does: 'created' }
    ),
    up(free(args), made),
    preview({ ...free(args), shortName: unknowns.string }, { does: 'replaced', changes: ['shortName'] })
  ]),
  scenario('moves over to the plugin', [
    up(args, made),
    moves,
    up(args, same),
    refresh(asBefore),
    up(free(args), { does: 'updated', changes: ['deletionProtection'] }),
    destroy({ does: 'deleted', sends: 'GET details, DELETE service, GET details, GET services' })
  ])
]

const hostedMade: Expected = { does: 'created', sends: 'GET services, POST service, GET details' }
const operatedMade: Expected = {
  does: 'created',
  sends: 'GET lead, POST service of a lead, GET task, GET details'
}

export const services: readonly Scenario[] = [
  ...common(hostedService, hosted, hostedMade),

  hostedService('has a license', [
    up(licensed, {
      does: 'created',
      sends: 'GET services, POST service, GET details, PATCH license, GET details'
    }),
    up(licensed, same),
    up(
      { ...licensed, license: 'HostedPro', licensedUsersCount: 50 },
      { does: 'updated', sends: 'GET details, PATCH license, GET details', changes: ['license', 'licensedUsersCount'] }
    ),
    meanwhile((platform, id) => {
      platform.editCustomer(id, { licensedUsersCount: 10 })
    }),
    refresh({ does: 'changed', sends: 'GET details' }),
    up(
      { ...licensed, license: 'HostedPro', licensedUsersCount: 50 },
      { does: 'updated', sends: 'GET details, PATCH license, GET details', changes: ['licensedUsersCount'] }
    )
  ]),

  hostedService('has a license with secrets of the program', [
    up(
      {
        ...licensed,
        fullName: secretOnTheWire('Northwind Traders'),
        scriptParameters: { Region: secretOnTheWire('EMEA'), CarrierPassword: 'C4nary-script' }
      },
      { does: 'created', sends: 'GET services, POST service, GET details, PATCH license, GET details' }
    ),
    refresh(asBefore)
  ]),

  hostedService('ends in part', [
    strikes('PATCH', '/v3/customer', {
      kind: 'status',
      status: 400,
      body: '"Invalid change for License Type!"',
      contentType: 'application/json'
    }),
    up(licensed, {
      does: 'failed',
      sends: 'GET services, POST service, GET details, PATCH license',
      says: ['rejected PATCH with status 400', 'Invalid change for License Type!']
    }),
    preview(licensed, { does: 'updated', changes: undone }),
    up(licensed, {
      does: 'updated',
      sends: 'GET details, PATCH license, GET details',
      warns: 'ended with an error',
      changes: undone
    }),
    strikes('PATCH', '/v3/customer', { kind: 'resetBefore' }),
    up(
      { ...licensed, licensedUsersCount: 50 },
      {
        does: 'updated',
        sends: 'GET details, PATCH license, GET details, PATCH license, GET details',
        warns: 'The end of the license change of service "northwind" is not clear',
        changes: ['licensedUsersCount']
      }
    )
  ]),

  hostedService('exists already', [
    up(
      { shortName: 'acme', msTenantId: tenants.acme, ovocCustomerType: 'IPGROUP_TYPE', siteLocation },
      { does: 'failed', sends: 'GET services', says: acme }
    ),
    up(
      { shortName: 'acme', msTenantId: tenants.acme, ovocCustomerType: 'IPGROUP_TYPE', adopt: true },
      { does: 'created', sends: 'GET services, GET details' }
    ),
    up(
      { shortName: 'acme', msTenantId: tenants.acme, ovocCustomerType: 'IPGROUP_TYPE' },
      { does: 'updated', changes: ['adopt'] }
    )
  ]),

  hostedService('has all kinds of wrong inputs', [
    up(
      {
        shortName: 'a b',
        fullName: 'a/b',
        msTenantId: 'tenant',
        ovocCustomerType: 'TYPE',
        siteLocation: { sbcId: 0 },
        license: 'Best',
        licensedUsersCount: 0,
        applicationClientId: 'app',
        applicationClientSecret: '',
        deletionProtection: 'no',
        adopt: 'x',
        shortname: 'x'
      },
      {
        does: 'refused',
        says: [
          'adopt: expected true, false or the id of a service',
          'applicationClientId: expected a uuid',
          'applicationClientSecret: is empty',
          'deletionProtection: expected true or false',
          'fullName: has a reserved character',
          'license: expected one of HostedEssentials, HostedEssentialsPlus, HostedPro',
          'licensedUsersCount: expected a whole number from 1',
          'msTenantId: expected a uuid',
          'ovocCustomerType: expected one of IPGROUP_TYPE, TENANT_TYPE',
          'shortName: has a blank',
          'shortname: unknown input; did you mean shortName?',
          'siteLocation.sbcId: expected a whole number from 1'
        ]
      }
    ),
    up(
      {},
      {
        does: 'refused',
        says: [
          'shortName: is required',
          'ovocCustomerType: is required',
          'msTenantId: is required',
          'siteLocation: is required for a new service'
        ]
      }
    ),
    up({ ...hosted, licensedUsersCount: 5 }, { does: 'refused', says: ['licensedUsersCount'] })
  ]),

  hostedService('is only looked at', [
    get(acme, {}, { does: 'found', sends: 'GET details' }),
    get(contoso, { shortName: 'contoso' }, { does: 'found', sends: 'GET details' })
  ]),

  hostedService('comes from an import file', [
    imports({ does: 'created' }),
    up((world) => entryOf(world).inputs, same),
    refresh(asBefore),
    moves,
    up((world) => entryOf(world).inputs, same)
  ]),

  ...common(operatorService, operated, operatedMade),

  operatorService('has a license', [
    up(
      { ...operated, license: 'OcEssentialPlus', licensedUsersCount: 20 },
      {
        does: 'created',
        sends: 'GET lead, POST service of a lead, GET task, GET details, POST upgrade, GET task, GET details'
      }
    ),
    up(
      { ...operated, license: 'OcPro', licensedUsersCount: 30 },
      { does: 'updated', sends: 'GET details, PATCH license, GET details', changes: ['license', 'licensedUsersCount'] }
    )
  ]),

  operatorService('has no lead, or one with a service', [
    up(
      { ...operated, msTenantId: 'a0a0a0a0-0001-4000-8000-0000000000ff' },
      { does: 'failed', sends: 'GET lead', says: 'lead' }
    ),
    up(
      { ...operated, msTenantId: tenants.initech, shortName: 'initech' },
      { does: 'failed', sends: 'GET lead', says: initech }
    ),
    up(
      { ...operated, msTenantId: tenants.initech, shortName: 'initech', adopt: true },
      { does: 'created', sends: 'GET lead, GET details' }
    )
  ]),

  operatorService('is made by a task that fails', [
    strikes('POST', '/v3/customer', { kind: 'task', outcome: 'fails' }),
    up(operated, {
      does: 'failed',
      sends: 'GET lead, POST service of a lead, GET task, GET lead',
      says: ['the platform reports an error', 'ended with status Failed']
    }),
    up(operated, operatedMade)
  ]),

  operatorService('has all kinds of wrong inputs', [
    up(
      {
        msTenantId: 'tenant',
        shortName: 'ab',
        configuration: 'both',
        siteLocation: { siteLocationName: '' },
        license: 'OcEssential',
        scriptParameters: { a: 1 }
      },
      {
        does: 'refused',
        says: [
          'configuration: expected one of ipGroup, tenant',
          'license: expected one of OcEssentialPlus, OcPro',
          'msTenantId: expected a uuid',
          'scriptParameters.a: expected a text',
          'shortName: has 2 characters',
          'siteLocation.sbcId: expected a whole number from 1'
        ]
      }
    ),
    up(
      {},
      { does: 'refused', says: ['msTenantId: is required', 'shortName: is required', 'configuration: is required'] }
    )
  ])
]
