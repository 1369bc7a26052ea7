import * as assert from 'node:assert'
import type { Settings } from '../../../provider/Settings'
import type { ServiceArgs } from '../../../provider/services/Args'
import type { Kind } from '../../../provider/services/Kind'
import * as Service from '../../../provider/services/Service'
import type { Fault } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import {
  calls,
  changed,
  customersNamed,
  ended,
  freeTenant,
  globex,
  hostedEssentials,
  made,
  northwind,
  operatorConnect,
  spied,
  tally,
  told
} from './Services'

/** Every kind of service, with what its look at the platform is called. */
const kinds = [
  ['Hosted Essentials', hostedEssentials as unknown as Kind<ServiceArgs>, northwind as ServiceArgs, 'GET services'],
  ['Operator Connect', operatorConnect as unknown as Kind<ServiceArgs>, globex as ServiceArgs, 'GET lead']
] as const

describe('services: create, and the answer to POST is lost after its effect', () => {
  const quick: Partial<Settings> = { requestTimeout: 5, programTimeout: 0.3 }
  const rows: ReadonlyArray<readonly [name: string, fault: Fault, settings?: Partial<Settings>]> = [
    ['reset', { kind: 'resetAfter' }],
    ...[500, 504, 408].map((status) => [`${status}`, { kind: 'statusAfterEffect', status }] as const),
    ['half a body', { kind: 'halfBody' }, quick],
    ['a time-out', { kind: 'delay', ms: 5000 }, quick],
    ['an empty body', { kind: 'emptyBody' }],
    ['no JSON', { kind: 'notJson' }],
    ['another shape', { kind: 'wrongShape' }]
  ]
  for (const [kindName, kind, args, look] of kinds) {
    for (const [name, fault, settings = {}] of rows) {
      story(`${kindName}, ${name}: goes on with the service, and there is one`, { settings }, async (world) => {
        world.simulator.addFault(onCall('POST', fault))
        const state = await made(world, kind, args)
        const { [look]: looks = 0, 'GET task': _tasks, ...others } = tally(world)
        assert.deepStrictEqual(
          { guids: customersNamed(world, args.shortName).map(({ guid }) => guid), others, looks: looks >= 2 },
          {
            guids: [state.customerGuid],
            others: {
              [kind.type === 'HostedEssentialsService' ? 'POST service' : 'POST from lead']: 1,
              'GET details': 1
            },
            looks: true
          }
        )
        if (fault.kind !== 'wrongShape') {
          assert.match(
            world.warnings.join('\n'),
            /^The answer to the creation of service "[a-z]+" is not clear \(.*\)\. Looking for the service; it is not created a second time\.$/
          )
        }
      })
    }

    story(
      `${kindName}, and the service shows late: it is looked for as long`,
      { switches: { serviceTaskMs: 60_000, serviceVisibleAfterMs: 60_000 } },
      async (world) => {
        world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
        const state = await made(world, kind, args)
        assert.deepStrictEqual(
          customersNamed(world, args.shortName).map(({ guid }) => guid),
          [state.customerGuid]
        )
      }
    )

    story(
      `${kindName}, before its effect: nothing was made, nothing is sent again, and that is told`,
      {},
      async (world) => {
        world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
        const began = world.clock.now()
        const error = await errorOf(Service.create(kind)(args), world.env)
        assert.deepStrictEqual(
          [error._tag, error.mayHaveChanged, calls(world).filter((call) => call.startsWith('POST')).length],
          ['Lost', true, 1]
        )
        assert.match(
          told('create', args, error),
          /wait for its end before the next run, which looks first and takes what is there\./
        )
        // As long as the POST itself might have taken: programTimeout is 300 s.
        const waited = world.clock.now() - began
        assert.ok(waited > 250_000 && waited < 320_000, `${waited} ms`)
      }
    )
  }

  story('a look that fails too: both are told, nothing is kept', { settings: { maxRetries: 0 } }, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { nth: 2, times: 'always' }))
    const error = await errorOf(Service.create(hostedEssentials)(northwind), world.env)
    assert.match(
      'text' in error ? error.text : '',
      /^Whether service "northwind" was created is not known: .* \(Lost\)/
    )
  })

  story('found on another SBC: somebody else made it, and it is left alone', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    const { env } = world.process(
      {},
      {
        clock: world.clock,
        fetch: spied(({ method }) => {
          if (method !== 'POST') return
          const guid = world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
          world.simulator.addSite({ customerGuid: guid, name: 'northwind', sbcId: 5 })
        })
      }
    )
    const error = await errorOf(Service.create(hostedEssentials)(northwind), env)
    assert.match('text' in error ? error.text : '', /exists already .*; the answer to its creation was lost$/)
    assert.strictEqual(error.mayHaveChanged, true)
  })
})

describe('services: create, and an error among the messages', () => {
  for (const [kindName, kind, args] of kinds) {
    for (const effect of [true, false]) {
      story(
        `${kindName}, ${effect ? 'and it exists: it is kept' : 'and there is none: nothing is kept'}`,
        {},
        async (world) => {
          world.simulator.addFault(onCall('POST', { kind: 'errorMessage', effect, message: 'No room on the SBC.' }))
          const result = await Service.create(kind)(args)(world.env)()
          const left = result._tag === 'Left' ? result.left : ended(result.right).fault
          assert.deepStrictEqual(
            [
              result._tag,
              left?._tag,
              left !== undefined && 'words' in left && left.words,
              customersNamed(world, args.shortName).length
            ],
            [effect ? 'Right' : 'Left', 'Failed', ['No room on the SBC.'], effect ? 1 : 0]
          )
          if (result._tag === 'Right') {
            const { id, state, outcome } = ended(result.right)
            assert.deepStrictEqual([outcome, id], ['failed', customersNamed(world, args.shortName)[0]?.guid])
            const next = world.process()
            assert.strictEqual((await changed(next, kind, state, args)).lastOperation.outcome, 'ok')
            assert.strictEqual(calls(world).filter((call) => call.startsWith('POST')).length, 1)
          }
        }
      )
    }
  }
})

describe('services: the job of the creation', () => {
  story(
    'fails: the platform’s words, and nothing is kept',
    { switches: { serviceTaskMs: 20_000, serviceTask: 'fails' } },
    async (world) => {
      const error = await errorOf(Service.create(operatorConnect)(globex), world.env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        ['words' in error && error.words, error.mayHaveChanged, customersNamed(world, 'globex')],
        [[`Task ${task?.id} ended with status Failed.`, 'The service could not be made.'], true, []]
      )
    }
  )

  story(
    'fails, and there is a service all the same: id and state are kept',
    { switches: { createServiceAnswer: 'task' } },
    async (world) => {
      let guid = ''
      const { env } = world.process(
        {},
        {
          clock: world.clock,
          fetch: spied(({ url }) => {
            if (!url.includes('/task/') || guid !== '') return
            guid = world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
          })
        }
      )
      world.simulator.addFault(onCall('POST', { kind: 'task', outcome: 'fails' }))
      const { id, state, outcome, fault } = ended(await valueOf(Service.create(hostedEssentials)(northwind), env))
      assert.deepStrictEqual(
        [id, outcome, fault?._tag, fault !== undefined && 'words' in fault && fault.words[1], state.customerGuid],
        [guid, 'failed', 'Failed', 'The service could not be made.', guid]
      )
    }
  )

  story(
    'never ends: the deadline names the task, and nothing is kept',
    { switches: { serviceTask: 'never' } },
    async (world) => {
      const error = await errorOf(Service.create(operatorConnect)(globex), world.env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        [error._tag, 'awaited' in error && error.awaited, 'known' in error && error.known, error.mayHaveChanged],
        ['Deadline', `the end of the task that makes the service, ${task?.id}`, 'its status is InProgress', true]
      )
    }
  )

  for (const [kindName, kind, args] of kinds) {
    story(
      `${kindName}: is not to be found any more: the service is looked for`,
      { switches: { createServiceAnswer: 'job', serviceTask: 'vanishes' } },
      async (world) => {
        const state = await made(world, kind, args)
        assert.deepStrictEqual(
          [customersNamed(world, args.shortName).map(({ guid }) => guid), tally(world)['GET details']],
          [[state.customerGuid], 1]
        )
      }
    )
  }
})

describe('services: create, and the id of another service is answered', () => {
  const acme = '11111111-1111-4111-8111-111111111111'
  const rows = [
    ['a bare id', hostedEssentials as unknown as Kind<ServiceArgs>, northwind as ServiceArgs, 'POST', {}],
    [
      'an object',
      hostedEssentials as unknown as Kind<ServiceArgs>,
      northwind as ServiceArgs,
      'POST',
      { createServiceAnswer: 'object' }
    ],
    ['the end of a job', operatorConnect as unknown as Kind<ServiceArgs>, globex as ServiceArgs, '/task/', {}]
  ] as const
  for (const [name, kind, args, where, switches] of rows) {
    story(`${name}: it is not believed; the own one is found, and kept with a fault`, { switches }, async (world) => {
      const fault = { kind: 'otherSite', customerGuid: acme } as const
      world.simulator.addFault(where === 'POST' ? onCall('POST', fault) : onCall('GET', fault, { path: where }))
      const before = world.simulator.state().customers.filter(({ guid }) => guid === acme)
      const licensedArgs =
        kind.type === 'HostedEssentialsService' ? { ...args, license: 'HostedPro', licensedUsersCount: 5 } : args
      const { id, state, outcome, fault: said } = ended(await valueOf(Service.create(kind)(licensedArgs), world.env))
      assert.deepStrictEqual(
        {
          id,
          outcome,
          tag: said?._tag,
          acme: world.simulator.state().customers.filter(({ guid }) => guid === acme),
          writes: calls(world).filter((call) => !call.startsWith('GET')).length
        },
        {
          id: customersNamed(world, args.shortName)[0]?.guid,
          outcome: 'unknown',
          tag: 'Mismatch',
          acme: before,
          writes: 1
        }
      )
      // The next run finishes it.
      assert.strictEqual((await changed(world.process(), kind, state, licensedArgs)).lastOperation.outcome, 'ok')
    })
  }

  story('and there is no own one: nothing is kept, nothing is changed', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body: { umpCustomerGuid: acme } }))
    const error = await errorOf(Service.create(hostedEssentials)(northwind), world.env)
    assert.deepStrictEqual(
      [error._tag, tally(world)['POST service'], calls(world).filter((call) => /PATCH|DELETE/.test(call))],
      ['Mismatch', 1, []]
    )
  })
})
