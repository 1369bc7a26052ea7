import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import * as Service from '../../../provider/services/Service'
import type { Switches } from '../../../simulator'
import { errorOf, nthId, startOfTime, valueOf } from '../../support/TestEnv'
import { onCall, story, writeMs } from '../support/Simulated'
import {
  bare,
  bodyOf,
  calls,
  changed,
  customersNamed,
  ended,
  freeTenant,
  globex,
  globexLead,
  hostedEssentials,
  licensed,
  made,
  northwind,
  northwindCustomer,
  operatorConnect,
  tally,
  told
} from './Services'

describe('services: create', () => {
  const answered: ReadonlyArray<readonly [answer: Switches['createServiceAnswer'], polls: ReadonlyArray<string>]> = [
    ['guid', []],
    ['object', []],
    ['job', ['GET task']],
    ['task', ['GET task']]
  ]
  for (const [createServiceAnswer, polls] of answered) {
    story(
      `Hosted Essentials, answered with a ${createServiceAnswer}: one POST and one GET`,
      { switches: { createServiceAnswer } },
      async (world) => {
        const state = await made(world, hostedEssentials, northwind)
        const [customer] = customersNamed(world, 'northwind')
        const [site] = world.simulator.state().sites.filter(({ customerGuid }) => customerGuid === customer?.guid)
        const tasks = world.simulator.state().tasks.map(({ id }) => id)
        assert.deepStrictEqual(
          { state, customers: bare(world, 'northwind'), calls: calls(world), warnings: world.warnings },
          {
            state: {
              ...northwind,
              customerGuid: customer?.guid,
              licenseType: 0,
              siteGuid: site?.guid,
              siteName: 'northwind',
              executionMessages: [],
              lastOperation: {
                kind: 'create',
                outcome: 'ok',
                startedAt: new Date(startOfTime).toISOString(),
                durationMs: writeMs,
                correlationId: nthId(1),
                serverIds: [],
                taskIds: tasks
              },
              platform: world.simulator.url,
              managedKeys: ['shortName', 'fullName', 'ovocCustomerType', 'msTenantId'],
              schemaVersion: 1
            },
            customers: [northwindCustomer],
            calls: ['GET services', 'POST service', ...polls, 'GET details'],
            warnings: []
          }
        )
      }
    )
  }

  for (const siteLocationShape of ['array', 'object'] as const) {
    story(
      `both kinds send the connection as siteLocationShape: ${siteLocationShape} says`,
      { switches: { siteLocationShape }, settings: { siteLocationShape } },
      async (world) => {
        const { siteLocation } = northwind
        const site = { sbcId: 3, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }
        const shaped = siteLocationShape === 'array' ? [site] : site
        await made(world, hostedEssentials, northwind)
        const hosted = bodyOf(world, 'POST service')
        await made(world, operatorConnect, { ...globex, ...(siteLocation === undefined ? {} : { siteLocation }) })
        assert.deepStrictEqual(
          [hosted, bodyOf(world, 'POST from lead')],
          [
            {
              shortName: 'northwind',
              fullName: 'Northwind Traders',
              siteLocation: shaped,
              ovocCustomerType: 'IPGROUP_TYPE',
              msTenantId: freeTenant
            },
            {
              configurationName: 'OcEssential_IPGROUP_TYPE',
              customerShortName: 'globex',
              msTenantId: globex.msTenantId,
              scriptParameters: globex.scriptParameters,
              siteLocation: shaped
            }
          ]
        )
      }
    )
  }

  story('the declared license follows in one PATCH, and one GET proves it', {}, async (world) => {
    const state = await made(world, hostedEssentials, licensed)
    assert.deepStrictEqual(
      {
        license: [state.license, state.licenseType, state.licensedUsersCount],
        customers: bare(world, 'northwind'),
        body: bodyOf(world, 'PATCH license'),
        calls: calls(world)
      },
      {
        license: ['HostedEssentialsPlus', 1, 25],
        customers: [{ ...northwindCustomer, licenseType: 1, licensedUsersCount: 25 }],
        body: { upgradeToLicense: 1, licenseCount: 25 },
        calls: ['GET services', 'POST service', 'GET details', 'PATCH license', 'GET details']
      }
    )
  })

  story('the license that a new service has is not sent', {}, async (world) => {
    const state = await made(world, hostedEssentials, { ...northwind, license: 'HostedEssentials' })
    assert.deepStrictEqual([state.licenseType, calls(world)], [0, ['GET services', 'POST service', 'GET details']])
  })

  story('from a lead: the lead, one POST, the job to its end, one GET', {}, async (world) => {
    const state = await made(world, operatorConnect, globex)
    const { leadId, jobId, licenseType, siteName } = state
    const lead = world.simulator.state().leads.find(({ id }) => id === globexLead)
    assert.deepStrictEqual(
      { leadId, jobId, licenseType, siteName, guid: lead?.umpCustomerGuid, calls: calls(world) },
      {
        leadId: globexLead,
        jobId: world.simulator.state().tasks[0]?.id,
        licenseType: 3,
        siteName: 'globex',
        guid: state.customerGuid,
        calls: ['GET lead', 'POST from lead', 'GET task', 'GET details']
      }
    )
  })

  story('from a lead, tied by the tenant: there is no connection to wait for', {}, async (world) => {
    const args: OperatorConnectServiceArgs = { ...globex, configuration: 'tenant' }
    const state = await made(world, operatorConnect, args)
    assert.deepStrictEqual(
      [state.siteGuid, state.siteName, tally(world)],
      [undefined, undefined, { 'GET lead': 1, 'POST from lead': 1, 'GET task': 1, 'GET details': 1 }]
    )
  })

  story('a job of minutes is polled', { switches: { serviceTaskMs: 120_000 } }, async (world) => {
    const state = await made(world, operatorConnect, globex)
    const { 'GET task': polls = 0, ...others } = tally(world)
    assert.deepStrictEqual(others, { 'GET lead': 1, 'POST from lead': 1, 'GET details': 1 })
    assert.ok(polls > 3 && polls < 15, `${polls} polls`)
    assert.ok(state.lastOperation.durationMs >= 120_000)
  })

  story(
    'a service that shows late, and a connection that is deployed later, are waited for',
    { switches: { serviceVisibleAfterMs: 20_000, addTaskMs: 60_000, detailsVisibleAfterMs: 10_000 } },
    async (world) => {
      const state = await made(world, hostedEssentials, northwind)
      const { 'GET details': reads = 0, ...others } = tally(world)
      assert.deepStrictEqual([others, state.siteName], [{ 'GET services': 1, 'POST service': 1 }, 'northwind'])
      assert.ok(reads > 3 && reads < 15, `${reads} reads`)
      assert.ok(state.lastOperation.durationMs >= 80_000)
    }
  )

  story(
    'a name of the platform’s making: the only connection is the first one',
    { switches: { primaryName: 'generated' } },
    async (world) => {
      const state = await made(world, hostedEssentials, northwind)
      assert.match(state.siteName ?? '', /^GS[A-Z]+$/)
      assert.strictEqual(state.siteGuid, world.simulator.state().sites.at(-1)?.guid)
    }
  )

  story(
    'a connection that is never deployed: the service is kept, and the next run goes on without a POST',
    { switches: { addTaskMs: 3_600_000 } },
    async (world) => {
      const { id, state, outcome, fault } = ended(await valueOf(Service.create(hostedEssentials)(licensed), world.env))
      assert.deepStrictEqual(
        [fault?._tag, outcome, state.license, state.licenseType, tally(world)['POST service']],
        ['Deadline', 'unknown', undefined, 0, 1]
      )
      assert.ok(fault !== undefined)
      assert.match(
        told('create', northwind, fault, true, id),
        /waited \d+ s for the first connection of service [0-9a-f-]{36} to be deployed; its deployment state is Deploying\n.*\n? *Applied: the service exists and is kept in the state/
      )
      world.forget()
      world.clock.advance(3_600_000)
      const next = world.process()
      const finished = await changed(next, hostedEssentials, state, licensed)
      assert.deepStrictEqual(
        [finished.license, finished.lastOperation.outcome, finished.siteName, calls(world), next.warnings],
        [
          'HostedEssentialsPlus',
          'ok',
          'northwind',
          ['GET details', 'PATCH license', 'GET details'],
          [
            `The last create of service "northwind" ended without a clear answer (correlation id ${nthId(1)}). It is finished now: read first, then what differs is sent.`
          ]
        ]
      )
    }
  )
})

describe('services: create, and there is one already', () => {
  story('Hosted Essentials: an error that says how to take it over, and nothing is sent', {}, async (world) => {
    const { customerGuid } = await made(world, hostedEssentials, northwind)
    world.forget()
    const error = await errorOf(Service.create(hostedEssentials)(northwind), world.process().env)
    assert.deepStrictEqual(
      [calls(world), told('create', northwind, error).split('\n').slice(0, 4)],
      [
        ['GET services'],
        [
          `Create of Hosted Essentials service "northwind" failed: A service "northwind" exists already at Microsoft tenant ${freeTenant} (customer ${customerGuid}); nothing was sent`,
          '    Applied: nothing was created.',
          '    Calls: not affected.',
          `    Next: to take it over, declare adopt: "${customerGuid}" (or adopt: true), or import it from a file. If two resources of this program declare it, remove one.`
        ]
      ]
    )
  })

  story('two resources of one program: one is made, the other is told, also side by side', {}, async (world) => {
    const ends = await Promise.all(
      [northwind, northwind].map((args) => Service.create(hostedEssentials)(args)(world.env)())
    )
    assert.deepStrictEqual(ends.map(E.isRight), [true, false])
    const leads = await Promise.all(
      [globex, { ...globex, shortName: 'globex2' }].map((args) => Service.create(operatorConnect)(args)(world.env)())
    )
    assert.deepStrictEqual(leads.map(E.isRight), [true, false])
    assert.deepStrictEqual(tally(world), {
      'GET services': 1,
      'POST service': 1,
      'GET lead': 2,
      'POST from lead': 1,
      'GET task': 1,
      'GET details': 2
    })
  })

  story('the same short name at another tenant is another service', {}, async (world) => {
    await made(world, hostedEssentials, { ...northwind, shortName: 'acme' })
    assert.strictEqual(customersNamed(world, 'acme').length, 2)
  })

  story('ten new services share one list', {}, async (world) => {
    const tenth = (n: number) => ({ ...northwind, shortName: `northwind${n}` })
    await Promise.all(Array.from({ length: 10 }, (_, n) => made(world, hostedEssentials, tenth(n))))
    assert.deepStrictEqual(tally(world), { 'GET services': 1, 'POST service': 10, 'GET details': 10 })
  })

  story('made in the portal just now: the platform’s words, and no second one', {}, async (world) => {
    await made(world, hostedEssentials, { ...northwind, shortName: 'other' })
    world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
    const error = await errorOf(Service.create(hostedEssentials)(northwind), world.env)
    assert.match(told('create', northwind, error), /Platform: .*The tenant has a service of this short name already\./)
    assert.strictEqual(customersNamed(world, 'northwind').length, 1)
  })

  story('409 while the SBC is busy: the POST follows once a look has shown none', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 409 }, { times: 2 }))
    await made(world, hostedEssentials, northwind)
    assert.deepStrictEqual(calls(world), [
      'GET services',
      'POST service',
      'GET services',
      'POST service',
      'GET services',
      'POST service',
      'GET details'
    ])
  })

  story('nothing to adopt, and no siteLocation to make one: nothing is sent', {}, async (world) => {
    const { siteLocation: _siteLocation, ...rest } = northwind
    const error = await errorOf(Service.create(hostedEssentials)({ ...rest, adopt: true }), world.env)
    assert.deepStrictEqual(
      ['text' in error && error.text, calls(world)],
      [
        'There is no service "northwind" to take over, and a new one needs siteLocation; nothing was sent',
        ['GET services']
      ]
    )
  })

  story('read-only: nothing is made', { settings: { readOnly: true } }, async (world) => {
    for (const program of [Service.create(hostedEssentials)(northwind), Service.create(operatorConnect)(globex)]) {
      assert.strictEqual((await errorOf<unknown>(program, world.env))._tag, 'Refused')
    }
    assert.deepStrictEqual(calls(world), ['GET services', 'GET lead'])
  })
})

describe('services: the lead', () => {
  const tenant = 'a0a0a0a0-0001-4000-8000-0000000000bb'
  const args = { ...globex, msTenantId: tenant }

  const rows = [
    [
      'inactive',
      { status: 'Removed' },
      /^The lead .* is not active \(its status is Removed\), so no service can be made of it; nothing was sent$/
    ],
    ['marked as not active', { isNotActive: true }, /^The lead .* is not active \(its status is Active\)/],
    [
      'with a service',
      { umpCustomerGuid: '11111111-1111-4111-8111-111111111111' },
      /^The lead of Microsoft tenant .*bb has a service already \(customer 11111111-1111-4111-8111-111111111111\); nothing was sent$/
    ]
  ] as const
  for (const [name, lead, text] of rows) {
    story(`${name}: nothing is sent`, {}, async (world) => {
      world.simulator.addLead({ tenantId: tenant, companyName: 'Example', ...lead })
      const error = await errorOf(Service.create(operatorConnect)(args), world.env)
      assert.match('text' in error ? error.text : '', text)
      assert.deepStrictEqual(calls(world), ['GET lead'])
    })
  }

  story('of another tenant in the answer: nothing is sent', {}, async (world) => {
    const [lead] = world.simulator.state().leads
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 200, body: [{ ...lead, tenantId: tenant }, lead] })
    )
    const error = await errorOf(Service.create(operatorConnect)(args), world.env)
    assert.deepStrictEqual(
      [error._tag, 'text' in error && error.text, calls(world)],
      [
        'Mismatch',
        `The platform was asked for the lead of Microsoft tenant ${tenant}, and answered with that of another tenant`,
        ['GET lead']
      ]
    )
  })

  for (const unknownTenant of ['notFound', 'empty'] as const) {
    story(`none, answered as ${unknownTenant}: nothing is sent`, { switches: { unknownTenant } }, async (world) => {
      const error = await errorOf(Service.create(operatorConnect)(args), world.env)
      assert.match(
        'text' in error ? error.text : '',
        unknownTenant === 'empty'
          ? /^Microsoft tenant .*bb has no lead of Operator Connect; nothing was sent$/
          : /^the platform knows no lead of Microsoft tenant .*bb \(404: Invalild lead\)/
      )
      assert.deepStrictEqual(calls(world), ['GET lead'])
    })
  }

  story('several: the active one counts', {}, async (world) => {
    world.simulator.addLead({ tenantId: tenant, companyName: 'Gone', status: 'Removed' })
    const leadId = world.simulator.addLead({ tenantId: tenant, companyName: 'Example' })
    // The simulator takes the first lead of a tenant, so it is not asked to make the service.
    const present = await valueOf(operatorConnect.present(args), {
      ...world.env,
      operation: { ...world.env.operation, deadline: Infinity }
    })
    assert.deepStrictEqual(present, { customerGuids: [], origin: { leadId } })
  })
})
