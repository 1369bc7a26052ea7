import * as assert from 'node:assert'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import { hostedEssentialsService } from '../../../provider/hosted-essentials-service/Definition'
import * as Service from '../../../provider/services/Service'
import { customerGuids, tenants } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import { bodyOf, calls, customersNamed, hostedEssentials, made, northwind, operatorConnect } from './Services'

const acme: HostedEssentialsServiceArgs = {
  shortName: 'acme',
  msTenantId: tenants.acme,
  ovocCustomerType: 'IPGROUP_TYPE',
  adopt: true
}

const initech: OperatorConnectServiceArgs = {
  shortName: 'initech',
  msTenantId: tenants.initech,
  configuration: 'ipGroup',
  adopt: true
}

describe('services: adopt', () => {
  for (const adopt of [true, customerGuids.acme]) {
    story(`Hosted Essentials by ${String(adopt)}: reads, and sends nothing when nothing differs`, {}, async (world) => {
      const args = { ...acme, adopt, fullName: 'Acme Incorporated', license: 'HostedEssentialsPlus' } as const
      const state = await made<HostedEssentialsServiceArgs>(world, hostedEssentials, args)
      assert.deepStrictEqual(
        [
          state.customerGuid,
          state.lastOperation.kind,
          state.lastOperation.outcome,
          state.license,
          calls(world),
          world.warnings
        ],
        [customerGuids.acme, 'adopt', 'ok', 'HostedEssentialsPlus', ['GET services', 'GET details'], []]
      )
    })
  }

  story('sends the license when it differs, and tells what is taken as declared', {}, async (world) => {
    const state = await made(world, hostedEssentials, {
      ...acme,
      license: 'HostedPro',
      licensedUsersCount: 25,
      applicationClientSecret: 'made-up-secret'
    })
    assert.deepStrictEqual(
      [state.licenseType, bodyOf(world, 'PATCH license'), calls(world), world.warnings],
      [
        2,
        { upgradeToLicense: 2, licenseCount: 25, applicationClientSecret: 'made-up-secret' },
        ['GET services', 'GET details', 'PATCH license', 'GET details'],
        [
          'Service "acme" is taken over. The platform does not tell applicationClientSecret: taken as declared, and not sent.'
        ]
      ]
    )
  })

  story('a renamed resource: the old one lets go in a later run too', {}, async (world) => {
    const old = { ...(await made(world, hostedEssentials, northwind)), deletionProtection: false }
    const customerGuid = old.customerGuid
    const adopted = { ...old, lastOperation: { ...old.lastOperation, correlationId: 'of the adoption' } }
    const { env, warnings } = world.process()
    world.forget()
    hostedEssentialsService.noteDeclared(env, customerGuid, { ...adopted }, { ...northwind })
    await valueOf(hostedEssentialsService.remove(customerGuid, { ...old }).program, env)
    assert.deepStrictEqual(
      [calls(world), warnings],
      [[], [`Service ${customerGuid} was taken over by another resource of this program: it is not deleted.`]]
    )
    await valueOf(hostedEssentialsService.remove(customerGuid, { ...adopted }).program, env)
    assert.deepStrictEqual(customersNamed(world, 'northwind'), [])
  })

  story('true and there is none: it is made', {}, async (world) => {
    const state = await made(world, hostedEssentials, { ...northwind, adopt: true })
    assert.deepStrictEqual(
      [state.lastOperation.kind, calls(world)],
      ['create', ['GET services', 'POST service', 'GET details']]
    )
  })

  for (const adopt of [true, customerGuids.initech]) {
    story(`Operator Connect by ${String(adopt)}: the service of the lead`, {}, async (world) => {
      const state = await made<OperatorConnectServiceArgs>(world, operatorConnect, { ...initech, adopt })
      assert.deepStrictEqual(
        [state.customerGuid, state.leadId, state.jobId, state.lastOperation.kind, calls(world)],
        [customerGuids.initech, 'dddddddd-0000-4000-8000-000000000001', undefined, 'adopt', ['GET lead', 'GET details']]
      )
    })
  }

  story('the service of a lead that is not active any more', {}, async (world) => {
    const umbrella = { ...initech, shortName: 'umbrella', msTenantId: tenants.umbrella }
    const state = await made(world, operatorConnect, umbrella)
    assert.strictEqual(state.customerGuid, customerGuids.umbrella)
  })

  story('an id that is not there, of another name, tenant or kind: nothing is sent', {}, async (world) => {
    const unknown = '99999999-9999-4999-8999-999999999999'
    const of = (args: HostedEssentialsServiceArgs) =>
      errorOf(Service.create(hostedEssentials)(args), world.process().env)
    const errors = [
      await of({ ...acme, adopt: unknown }),
      await of({ ...acme, adopt: customerGuids.contoso }),
      await of({ ...acme, shortName: 'initech', msTenantId: tenants.initech }),
      await errorOf(Service.create(operatorConnect)({ ...initech, adopt: customerGuids.acme }), world.process().env),
      await errorOf(Service.create(operatorConnect)({ ...initech, shortName: 'other' }), world.process().env)
    ]
    const other =
      'which is to be taken over, has another short name or Microsoft tenant than is declared; nothing was sent'
    assert.deepStrictEqual(
      errors.map((error) => 'text' in error && error.text),
      [
        `There is no service ${unknown} of this Microsoft tenant, which adopt names; nothing was sent`,
        `Service ${customerGuids.contoso}, ${other}`,
        `Service ${customerGuids.initech} has license type 5, so it is no HostedEssentialsService; nothing was sent`,
        `There is no service ${customerGuids.acme} of this Microsoft tenant, which adopt names; nothing was sent`,
        `Service ${customerGuids.initech}, ${other}`
      ]
    )
    assert.deepStrictEqual(
      calls(world).filter((call) => !call.startsWith('GET')),
      []
    )
  })

  story('a full name that differs and cannot be sent: nothing is sent, nothing is taken over', {}, async (world) => {
    const error = await errorOf(
      Service.create(hostedEssentials)({ ...acme, fullName: 'Acme', license: 'HostedPro' }),
      world.env
    )
    // That it was to be taken over is noted, for the resource that may have it now.
    const taken = [...world.env.claims.keys()].filter((key) => !key.startsWith('declared '))
    assert.deepStrictEqual(
      ['text' in error && error.text, calls(world), taken],
      [
        'fullName can be changed only with the setting licenseBody: licenseType (AUDIOCODES_LIVE_LICENSE_BODY); nothing was sent',
        ['GET services', 'GET details'],
        []
      ]
    )
  })

  story('a license that the platform refuses: nothing is taken over', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400, body: 'no', contentType: 'text/plain' }))
    const error = await errorOf(Service.create(hostedEssentials)({ ...acme, license: 'HostedPro' }), world.env)
    assert.strictEqual(error._tag, 'Rejected')
  })

  story('two resources for one service: the second one is told', {}, async (world) => {
    await made(world, hostedEssentials, acme)
    const error = await errorOf(Service.create(hostedEssentials)({ ...acme, adopt: customerGuids.acme }), world.env)
    assert.deepStrictEqual(
      'text' in error && error.text,
      `Service ${customerGuids.acme} is managed by another resource of this program already; nothing was sent`
    )
  })
})
