import * as assert from 'node:assert'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import * as Service from '../../../provider/services/Service'
import type { Fault } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import {
  bodyOf,
  calls,
  changed,
  customersNamed,
  ended,
  globex,
  hostedEssentials,
  licensed,
  made,
  northwind,
  operatorConnect,
  tally,
  told
} from './Services'

const pro: HostedEssentialsServiceArgs = { ...licensed, license: 'HostedPro', licensedUsersCount: 40 }
const change = ['GET details', 'PATCH license', 'GET details']

describe('services: license change', () => {
  story('GET, PATCH with all that is declared, GET', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.forget()
    const state = await changed(world.process(), hostedEssentials, before, pro)
    const { licenseType, license, licensedUsersCount, siteGuid } = state
    assert.deepStrictEqual(
      {
        state: { licenseType, license, licensedUsersCount, siteGuid },
        body: bodyOf(world, 'PATCH license'),
        calls: calls(world),
        live: customersNamed(world, 'northwind').map((each) => [each.licenseType, each.licensedUsersCount])
      },
      {
        state: { licenseType: 2, license: 'HostedPro', licensedUsersCount: 40, siteGuid: before.siteGuid },
        body: { upgradeToLicense: 2, licenseCount: 40 },
        calls: change,
        live: [[2, 40]]
      }
    )
  })

  story(
    'the sample’s body, which also renames and goes down to the entry license',
    { switches: { licenseBody: 'licenseType' }, settings: { licenseBody: 'licenseType' } },
    async (world) => {
      const before = await made(world, hostedEssentials, licensed)
      world.forget()
      const process = world.process()
      const next = { ...licensed, fullName: 'Northwind', license: 'HostedEssentials', licensedUsersCount: 20 } as const
      const down = await changed(process, hostedEssentials, before, next)
      const body = bodyOf(world, 'PATCH license')
      const { license: _license, licensedUsersCount: _count, ...unlicensed } = next
      const renamed = await changed(process, hostedEssentials, down, { ...unlicensed, fullName: 'Northwind Inc' })
      assert.deepStrictEqual(
        [down.licenseType, body, bodyOf(world, 'PATCH license'), renamed.fullName, renamed.license, calls(world)],
        [
          0,
          { licenseType: 0, licensedUsersCount: 20, customerFullName: 'Northwind' },
          { licenseType: 0, customerFullName: 'Northwind Inc' },
          'Northwind Inc',
          undefined,
          [...change, ...change]
        ]
      )
      assert.deepStrictEqual(process.warnings, [
        'Service "northwind": no longer declared: license, licensedUsersCount. On the platform nothing of it changes, and it is not managed any more.'
      ])
    }
  )

  story(
    'the other spelling is refused by the platform, and that is told',
    { switches: { licenseBody: 'licenseType' } },
    async (world) => {
      const before = await made(world, hostedEssentials, northwind)
      const { fault, outcome } = ended(
        await valueOf(Service.update(hostedEssentials)(before.customerGuid, before, pro), world.process().env)
      )
      assert.deepStrictEqual([fault?._tag, outcome], ['Rejected', 'failed'])
    }
  )

  story(
    'a downgrade that the platform refuses: its words, the old license stays in the state, and the next run tries again',
    {},
    async (world) => {
      const before = await made(world, hostedEssentials, pro)
      world.simulator.editCustomer(before.customerGuid, { activeUserCount: 30 })
      world.forget()
      const process = world.process()
      const { id, state, outcome, fault } = ended(
        await valueOf(Service.update(hostedEssentials)(before.customerGuid, before, licensed), process.env)
      )
      assert.ok(fault !== undefined)
      assert.deepStrictEqual(
        {
          id,
          outcome,
          license: [state.license, state.licensedUsersCount, state.licenseType, state.managedKeys],
          text: told('update', licensed, fault, true, id).split('\n'),
          calls: calls(world)
        },
        {
          id: before.customerGuid,
          outcome: 'failed',
          license: ['HostedPro', 40, 2, before.managedKeys],
          text: [
            `Update of Hosted Essentials service "northwind" (customer ${id}) failed: the platform rejected PATCH with status 400`,
            '    Platform: Invalid change for License Type!',
            '    Applied: nothing was changed.',
            '    Calls: not affected.',
            '    Next: correct the cause and run "pulumi up" again.',
            `    status 400, correlation id ${nthId(1)}, 2030-01-01T00:00:00.000Z`
          ],
          calls: ['GET details', 'PATCH license']
        }
      )
      world.simulator.editCustomer(id, { activeUserCount: 20 })
      world.forget()
      const next = await changed(world.process(), hostedEssentials, state, licensed)
      assert.deepStrictEqual(
        [next.license, next.lastOperation.outcome, calls(world)],
        ['HostedEssentialsPlus', 'ok', change]
      )
    }
  )

  story('refused after a creation: the service is kept, with the license that it has', {}, async (world) => {
    world.simulator.addFault(
      onCall('PATCH', {
        kind: 'status',
        status: 400,
        body: '"Invalid change for License Type!"',
        contentType: 'application/json'
      })
    )
    const { state, outcome, fault } = ended(await valueOf(Service.create(hostedEssentials)(licensed), world.env))
    assert.deepStrictEqual(
      [
        state.license,
        state.licenseType,
        outcome,
        fault !== undefined && 'words' in fault && fault.words,
        state.managedKeys
      ],
      [
        undefined,
        0,
        'failed',
        ['Invalid change for License Type!'],
        ['shortName', 'fullName', 'ovocCustomerType', 'msTenantId']
      ]
    )
    const next = await changed(world.process(), hostedEssentials, state, licensed)
    assert.deepStrictEqual([next.license, next.licenseType], ['HostedEssentialsPlus', 1])
  })

  story('an error among the messages of a 200, and a value that is not taken, are failures', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    const { customerGuid } = before
    world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect: false, message: 'No such license.' }))
    const failed = ended(
      await valueOf(Service.update(hostedEssentials)(customerGuid, before, pro), world.process().env)
    )
    world.simulator.addFault(
      onCall('PATCH', { kind: 'status', status: 200, body: '1', contentType: 'application/json' })
    )
    const ignored = ended(
      await valueOf(Service.update(hostedEssentials)(customerGuid, before, pro), world.process().env)
    )
    assert.deepStrictEqual(
      [
        failed.fault !== undefined && 'words' in failed.fault && failed.fault.words,
        failed.outcome,
        ignored.fault !== undefined && 'text' in ignored.fault && ignored.fault.text,
        ignored.outcome,
        ignored.state.license
      ],
      [
        ['No such license.'],
        'failed',
        'The platform answered with success and did not take license, licensedUsersCount',
        'unknown',
        'HostedEssentialsPlus'
      ]
    )
  })

  const lost: ReadonlyArray<readonly [name: string, fault: Fault, patches: number]> = [
    ['after its effect', { kind: 'resetAfter' }, 1],
    ['after its effect, with an empty answer', { kind: 'emptyBody' }, 1],
    ['before its effect', { kind: 'resetBefore' }, 2]
  ]
  for (const [name, fault, patches] of lost) {
    story(`a PATCH that is lost ${name}: a read decides`, {}, async (world) => {
      const before = await made(world, hostedEssentials, licensed)
      world.forget()
      world.simulator.addFault(onCall('PATCH', fault))
      const state = await changed(world.process(), hostedEssentials, before, pro)
      assert.deepStrictEqual([state.licenseType, tally(world)['PATCH license']], [2, patches])
    })
  }

  story(
    'a lost PATCH of the secret alone: nothing tells, so it is a fault, and the next run sends it again',
    {},
    async (world) => {
      const args = { ...licensed, applicationClientSecret: 'made-up-secret-1' }
      const before = await made(world, hostedEssentials, args)
      const next = { ...args, applicationClientSecret: 'made-up-secret-2' }
      world.forget()
      world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
      const { state, fault, outcome } = ended(
        await valueOf(Service.update(hostedEssentials)(before.customerGuid, before, next), world.process().env)
      )
      assert.deepStrictEqual(
        [fault?._tag, outcome, state.applicationClientSecret, tally(world)['PATCH license']],
        ['Lost', 'unknown', 'made-up-secret-1', 1]
      )
      await changed(world.process(), hostedEssentials, state, next)
      assert.deepStrictEqual(
        [tally(world)['PATCH license'], customersNamed(world, 'northwind')[0]?.applicationClientSecret],
        [2, 'made-up-secret-2']
      )
    }
  )

  story('changed outside since: told, and set back', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.simulator.editCustomer(before.customerGuid, { licensedUsersCount: 99 })
    const process = world.process()
    await changed(process, hostedEssentials, before, { ...licensed, license: 'HostedPro' })
    assert.deepStrictEqual(
      [process.warnings, customersNamed(world, 'northwind')[0]?.licensedUsersCount],
      [
        [
          'Service "northwind" was changed outside of Pulumi since the last run: licensedUsersCount. The declared values are sent.'
        ],
        25
      ]
    )
  })

  story('changed outside to what is declared now: one GET, no PATCH', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.simulator.editCustomer(before.customerGuid, { licenseType: 2, licensedUsersCount: 40 })
    world.forget()
    await changed(world.process(), hostedEssentials, before, pro)
    assert.deepStrictEqual(calls(world), ['GET details'])
  })

  story('options and what was used at the creation: nothing is sent', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.forget()
    const { siteLocation: _siteLocation, ...rest } = licensed
    const state = await changed(world.process(), hostedEssentials, before, {
      ...rest,
      deletionProtection: false,
      adopt: true
    })
    const { siteLocation: _before, ...kept } = before
    assert.deepStrictEqual([state, calls(world)], [{ ...kept, deletionProtection: false, adopt: true }, []])
  })

  story('the details of another service: nothing is sent', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    const acme = world.simulator.state().customers[0]
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 200, body: { CustomerShortName: acme?.shortName, LicenseType: 0 } })
    )
    world.forget()
    const error = await errorOf(Service.update(hostedEssentials)(before.customerGuid, before, pro), world.process().env)
    assert.deepStrictEqual([error._tag, calls(world)], ['Mismatch', ['GET details']])
  })

  story('deleted outside: says so, and sends nothing', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.simulator.deleteCustomer(before.customerGuid)
    world.forget()
    const error = await errorOf(Service.update(hostedEssentials)(before.customerGuid, before, pro), world.process().env)
    assert.deepStrictEqual(
      ['text' in error && error.text, calls(world)],
      [
        `Service ${before.customerGuid} does not exist any more: it was deleted outside of Pulumi`,
        ['GET details', 'GET services']
      ]
    )
  })

  story('another platform: refused without a request', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    world.forget()
    const elsewhere = { ...before, platform: 'https://other.example.net/tenantui' }
    const { env } = world.process()
    const errors = [
      await errorOf(Service.update(hostedEssentials)(before.customerGuid, elsewhere, pro), env),
      await errorOf(Service.read(hostedEssentials)(before.customerGuid, elsewhere), env),
      await errorOf(Service.remove(hostedEssentials)(before.customerGuid, elsewhere), env)
    ]
    for (const error of errors) {
      assert.match('text' in error ? error.text : '', /belongs to the platform https:\/\/other\.example\.net\/tenantui/)
    }
    assert.deepStrictEqual(calls(world), [])
  })

  story('read-only: refused, and nothing is kept of it', {}, async (world) => {
    const before = await made(world, hostedEssentials, licensed)
    const error = await errorOf(
      Service.update(hostedEssentials)(before.customerGuid, before, pro),
      world.process({ readOnly: true }).env
    )
    assert.deepStrictEqual([error._tag, error.mayHaveChanged], ['Refused', undefined])
  })
})

describe('services: license of Operator Connect', () => {
  const plus: OperatorConnectServiceArgs = { ...globex, license: 'OcEssentialPlus', licensedUsersCount: 10 }
  const creation = ['GET lead', 'POST from lead', 'GET task', 'GET details']
  const upgrade = ['POST upgrade', 'GET task', 'GET details']

  story(
    'from OC Essential by an upgrade with a task, then by PATCH',
    { switches: { serviceTaskMs: 1 } },
    async (world) => {
      const before = await made(world, operatorConnect, plus)
      assert.deepStrictEqual(
        [before.licenseType, bodyOf(world, 'POST upgrade'), tally(world)['POST upgrade']],
        [4, { upgradeToLicense: 4, licenseCount: 10 }, 1]
      )
      world.forget()
      const after = await changed(world.process(), operatorConnect, before, { ...plus, license: 'OcPro' })
      assert.deepStrictEqual(
        [after.licenseType, after.leadId, after.jobId, bodyOf(world, 'PATCH license'), calls(world)],
        [5, before.leadId, before.jobId, { upgradeToLicense: 5, licenseCount: 10 }, change]
      )
    }
  )

  story('the app registration follows the upgrade in a PATCH', {}, async (world) => {
    const application = {
      applicationClientId: '44444444-4444-4444-8444-444444444444',
      applicationClientSecret: 'made-up-secret'
    }
    const state = await made(world, operatorConnect, { ...plus, ...application })
    const [customer] = customersNamed(world, 'globex')
    assert.deepStrictEqual(
      [calls(world), customer?.applicationClientId, customer?.applicationClientSecret, state.lastOperation.outcome],
      [[...creation, ...upgrade, 'PATCH license', 'GET details'], ...Object.values(application), 'ok']
    )
  })

  story('added later', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.forget()
    const after = await changed(world.process(), operatorConnect, before, plus)
    assert.deepStrictEqual([after.licenseType, calls(world)], [4, ['GET details', ...upgrade]])
  })

  for (const kind of ['resetAfter', 'emptyBody'] as const) {
    story(
      `an upgrade whose answer is lost (${kind}) is looked for, and not sent again`,
      { switches: { serviceTaskMs: 60_000 } },
      async (world) => {
        const before = await made(world, operatorConnect, globex)
        world.forget()
        world.simulator.addFault(onCall('POST', { kind }))
        const after = await changed(world.process(), operatorConnect, before, plus)
        assert.deepStrictEqual([after.licenseType, tally(world)['POST upgrade']], [4, 1])
      }
    )
  }

  story('an upgrade that did not arrive: a fault after the look, and the next run sends it', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.forget()
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    const { state, outcome, fault } = ended(
      await valueOf(Service.update(operatorConnect)(before.customerGuid, before, plus), world.process().env)
    )
    assert.deepStrictEqual(
      [fault?._tag, outcome, state.license, state.licenseType, tally(world)['POST upgrade']],
      ['Lost', 'unknown', undefined, 3, 1]
    )
    assert.strictEqual((await changed(world.process(), operatorConnect, state, plus)).licenseType, 4)
  })

  story('a task of the upgrade that fails: the platform’s words, id and state stay', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'task', outcome: 'fails' }, { path: 'upgrade' }))
    const { state, outcome, fault } = ended(await valueOf(Service.create(operatorConnect)(plus), world.env))
    assert.deepStrictEqual(
      [fault !== undefined && 'words' in fault && fault.words[1], outcome, state.license, state.licenseType],
      ['The license could not be applied.', 'failed', undefined, 3]
    )
    assert.strictEqual((await changed(world.process(), operatorConnect, state, plus)).licenseType, 4)
  })

  story('an upgrade that is refused: nothing was changed', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.simulator.addFault(
      onCall('POST', {
        kind: 'status',
        status: 400,
        body: '"Invalid change for License Type!"',
        contentType: 'application/json'
      })
    )
    const { state, outcome, fault } = ended(
      await valueOf(Service.update(operatorConnect)(before.customerGuid, before, plus), world.process().env)
    )
    assert.deepStrictEqual(
      [fault?._tag, outcome, state.license, state.licenseType],
      ['Rejected', 'failed', undefined, 3]
    )
  })
})
