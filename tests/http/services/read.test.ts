import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import { find } from '../../../provider/services/Import'
import * as Service from '../../../provider/services/Service'
import type { ServiceState } from '../../../provider/services/State'
import { resources } from '../../../provider/resources'
import { customerGuids, tenants } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import { calls, changed, globex, hostedEssentials, licensed, made, operatorConnect, read } from './Services'

describe('services: read', () => {
  story('after a write: no drift, and the state is the same', {}, async (world) => {
    const hosted = await made(world, hostedEssentials, { ...licensed, channelId: '15', deletionProtection: false })
    const operator = await made(world, operatorConnect, { ...globex, license: 'OcPro' })
    world.forget()
    for (const [kind, state] of [
      [hostedEssentials, hosted],
      [operatorConnect, operator]
    ] as const) {
      const found = await read(
        world.process(),
        kind as typeof hostedEssentials,
        state.customerGuid,
        state as typeof hosted
      )
      const { customerGuid: _guid, licenseType: _type, siteGuid: _site, siteName: _name, ...rest } = state
      const { executionMessages: _said, lastOperation: _last, platform: _home, managedKeys: _keys, ...more } = rest
      const { schemaVersion: _version, leadId: _lead, jobId: _job, ...inputs } = more
      assert.deepStrictEqual(found, O.some({ state, inputs }))
    }
    assert.deepStrictEqual(calls(world), ['GET details', 'GET details'])
  })

  story('what was changed outside is drift, and what is not managed is none', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    world.simulator.editCustomer(state.customerGuid, {
      fullName: 'Renamed',
      licenseType: 2,
      licensedUsersCount: 50,
      applicationClientId: '44444444-4444-4444-8444-444444444444'
    })
    const found = await read(world.process(), hostedEssentials, state.customerGuid, state)
    assert.ok(O.isSome(found))
    assert.deepStrictEqual(found.value.inputs, {
      ...licensed,
      fullName: 'Renamed',
      license: 'HostedPro',
      licensedUsersCount: 50
    })
    assert.deepStrictEqual([found.value.state.licenseType, found.value.state.lastOperation], [2, state.lastOperation])
  })

  story('a license that nobody knows is drift too', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    world.simulator.editCustomer(state.customerGuid, { licenseType: 9 })
    const found = await read(world.process(), hostedEssentials, state.customerGuid, state)
    assert.strictEqual(O.isSome(found) && found.value.inputs.license, '9')
  })

  story('gone: only when a list that is read anew lacks it', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    const { customerGuid } = state
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: customerGuid }))
    const listed = await errorOf(Service.read(hostedEssentials)(customerGuid, state), world.env)
    world.simulator.deleteCustomer(customerGuid)
    world.clock.advance(1)
    world.forget()
    const gone = await read(world, hostedEssentials, customerGuid, state)
    world.clock.advance(1)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { times: 'always' }))
    const elsewhere = await errorOf(Service.read(hostedEssentials)(customerGuid, state), world.env)
    assert.deepStrictEqual(
      [listed._tag, gone, calls(world), elsewhere._tag],
      ['Mismatch', O.none, ['GET details', 'GET services', 'GET details', 'GET services'], 'NotFound']
    )
  })

  story('the details of another service are no drift, but an error', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    for (const body of [
      { UmpCustomerGuid: customerGuids.acme, CustomerShortName: 'northwind', LicenseType: 1 },
      { CustomerShortName: 'acme', LicenseType: 1 },
      { CustomerShortName: 'northwind', MsTenantId: tenants.acme, LicenseType: 1 }
    ]) {
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 200, body }))
      const error = await errorOf(Service.read(hostedEssentials)(state.customerGuid, state), world.process().env)
      assert.strictEqual(error._tag, 'Mismatch')
    }
  })

  story('details without a short name prove nothing', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 200, body: { LicenseType: 1 } }))
    const error = await errorOf(Service.read(hostedEssentials)(state.customerGuid, state), world.process().env)
    assert.deepStrictEqual('faults' in error && error.faults, ['shortName: expected string'])
  })
})

describe('services: a look without a state (get)', () => {
  story('shows what can be read', {}, async (world) => {
    const found = await read(world, hostedEssentials, customerGuids.contoso, {})
    const inputs = {
      shortName: 'contoso',
      fullName: 'Contoso Limited',
      msTenantId: tenants.contoso,
      license: 'HostedPro',
      licensedUsersCount: 200,
      applicationClientId: 'a0a0a0a0-0002-4000-8000-000000000002'
    }
    assert.deepStrictEqual(
      found,
      O.some({
        inputs,
        state: {
          ...inputs,
          customerGuid: customerGuids.contoso,
          licenseType: 2,
          siteGuid: '44444444-4444-4444-8444-444444444444',
          siteName: 'headquarters',
          executionMessages: [],
          platform: world.simulator.url,
          schemaVersion: 1
        }
      })
    )
  })

  story('of a service that does not exist, or of the other kind, is an error', {}, async (world) => {
    const errors = [
      await errorOf(Service.read(hostedEssentials)('99999999-9999-4999-8999-999999999999', {}), world.env),
      await errorOf(Service.read(hostedEssentials)(customerGuids.initech, {}), world.env),
      await errorOf(Service.read(operatorConnect)(customerGuids.acme, {}), world.env)
    ]
    assert.deepStrictEqual(
      errors.map((error) => 'text' in error && error.text),
      [
        'There is no service 99999999-9999-4999-8999-999999999999',
        `Service ${customerGuids.initech} has license type 5, so it is no HostedEssentialsService; nothing was sent`,
        `Service ${customerGuids.acme} has license type 1, so it is no OperatorConnectService; nothing was sent`
      ]
    )
  })
})

describe('services: import', () => {
  story('by id and by short name: managed from then on, and nothing is a replacement', {}, async (world) => {
    const byName = await valueOf(find(hostedEssentials)('acme'), world.env)
    const byId = await valueOf(find(hostedEssentials)(customerGuids.acme.toUpperCase()), world.process().env)
    const inputs = {
      shortName: 'acme',
      fullName: 'Acme Incorporated',
      msTenantId: tenants.acme,
      license: 'HostedEssentialsPlus' as const,
      licensedUsersCount: 25
    }
    assert.deepStrictEqual(byId, byName)
    assert.deepStrictEqual(
      [byId.id, byId.inputs, byId.state.managedKeys],
      [customerGuids.acme, inputs, ['shortName', 'fullName', 'msTenantId', 'license', 'licensedUsersCount']]
    )

    const declared = { ...licensed, ...inputs }
    const { siteLocation: _siteLocation, ...rest } = declared
    const program: HostedEssentialsServiceArgs = rest
    const { failures } = resources.hostedEssentialsService.check(inputs, { ...program }, E.right(world.env.settings))
    const difference = resources.hostedEssentialsService.diff(byId.id, { ...byId.state }, { ...program })
    world.forget()
    const state = await changed(
      world.process(),
      hostedEssentials,
      byId.state as ServiceState<HostedEssentialsServiceArgs>,
      program
    )
    assert.deepStrictEqual(
      { failures, difference, type: state.ovocCustomerType, calls: calls(world) },
      {
        failures: [],
        difference: E.right({ replaces: [], deleteBeforeReplace: false }),
        type: 'IPGROUP_TYPE',
        calls: ['GET details']
      }
    )
  })

  story('one that does not exist, or of the other kind, is an error', {}, async (world) => {
    for (const importId of ['nobody', customerGuids.initech, 'initech']) {
      const error = await errorOf(find(hostedEssentials)(importId), world.process().env)
      assert.strictEqual(error._tag, 'Refused', importId)
    }
  })
})
