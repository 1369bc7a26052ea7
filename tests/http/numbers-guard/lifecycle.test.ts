import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Program } from '../../../provider/Env'
import type { ProviderError } from '../../../provider/Errors'
import type { NumbersGuardArgs } from '../../../provider/numbers-guard/Args'
import * as NumbersGuard from '../../../provider/numbers-guard/NumbersGuard'
import type { NumbersGuardState } from '../../../provider/numbers-guard/State'
import { type OcNumber, customerGuids, initialState, tenants } from '../../../simulator'
import { nthId, startOfTime, valueOf } from '../../support/TestEnv'
import { type World, story } from '../support/Simulated'

const { initech } = customerGuids
const about = `SIP connections of customer ${initech} that are to go`

const guard = (connections: ReadonlyArray<string>, more: Partial<NumbersGuardArgs> = {}): NumbersGuardArgs => ({
  customerGuid: initech,
  connections,
  ...more
})

/** Requests since the last `forget`: method, version and call. */
const calls = ({ simulator }: World): ReadonlyArray<string> =>
  simulator
    .requests()
    .map(({ method, path }) => `${method} ${path.replace('/tenantui/api/', '').replace(initech, '…')}`)
const numbersRead = ['GET v3/customer/…', 'GET v3/oc/numbers']

const set = async ({ env }: Pick<World, 'env'>, args: NumbersGuardArgs): Promise<NumbersGuardState> =>
  (await valueOf(NumbersGuard.create(args), env)).state

const errorOf = async <A>(program: Program<A>, { env }: Pick<World, 'env'>): Promise<ProviderError> => {
  const result = await program(env)()
  if (E.isRight(result)) throw new Error('ended well')
  return result.left
}

const [first] = initialState().numbers as readonly [OcNumber, ...Array<OcNumber>]

/** Numbers that refer to these connections. */
const holding = ({ simulator }: World, names: ReadonlyArray<string | null>): void => {
  simulator.setLists({
    numbers: names.map((ocSipConnectionName, index) => ({
      ...first,
      id: first.id + index,
      telephoneNumber: `+4930${1000 + index}`,
      ocSipConnectionName
    }))
  })
}

const refusal = (text: string): ProviderError => ({
  _tag: 'Refused',
  text: `${text}; nothing was changed`,
  next: 'release the numbers (unassign them first), or declare allow: ["numbers"] and run "pulumi up" before',
  correlationId: nthId(1)
})

describe('numbers guard', () => {
  story('is set, read and changed without a request', {}, async (world) => {
    const state = await set(world, guard(['initech']))
    assert.deepStrictEqual(state, {
      ...guard(['initech']),
      executionMessages: [],
      lastOperation: {
        kind: 'create',
        outcome: 'ok',
        startedAt: new Date(startOfTime).toISOString(),
        durationMs: 0,
        correlationId: nthId(1),
        serverIds: [],
        taskIds: []
      },
      platform: world.simulator.url,
      managedKeys: ['customerGuid', 'connections'],
      schemaVersion: 1
    })
    assert.deepStrictEqual(
      await valueOf(NumbersGuard.read(initech, state), world.env),
      O.some({ state, inputs: guard(['initech']) })
    )
    const { state: more } = await valueOf(NumbersGuard.update(initech, state, guard(['initech', 'branch'])), world.env)
    assert.deepStrictEqual([more.connections, more.lastOperation.kind], [['initech', 'branch'], 'update'])
    assert.deepStrictEqual(calls(world), [])
  })

  story('goes not while it is protected and the customer is there', {}, async (world) => {
    const state = await set(world, guard(['branch', 'initech'], { deletionProtection: true }))
    assert.deepStrictEqual(await errorOf(NumbersGuard.remove(initech, state), world), {
      _tag: 'Refused',
      text: `Customer ${initech} has deletionProtection, so nothing of it is destroyed; that would take away branch, initech; nothing was changed`,
      next: 'declare deletionProtection: false and run "pulumi up" before, if the customer is to go',
      correlationId: nthId(2)
    })
    assert.deepStrictEqual(calls(world), ['GET v3/customer/…'])
    holding(world, [])
    const { state: released } = await valueOf(
      NumbersGuard.update(initech, state, guard(['branch', 'initech'], { deletionProtection: false })),
      world.env
    )
    await valueOf(NumbersGuard.remove(initech, released), world.env)
  })

  story(
    'goes although it is protected when the customer was deleted outside: nothing is left to guard',
    {},
    async (world) => {
      const state = await set(world, guard(['initech'], { deletionProtection: true }))
      world.simulator.deleteCustomer(initech)
      await valueOf(NumbersGuard.remove(initech, state), world.env)
      assert.deepStrictEqual(calls(world), ['GET v3/customer/…', 'GET v3/customer'])
    }
  )

  story('stays when the address is wrong: 404 to everything says nothing of the customer', {}, async (world) => {
    const state = await set(world, guard(['initech'], { deletionProtection: true }))
    world.simulator.addFault({ match: { method: 'GET' }, times: 'always', fault: { kind: 'status', status: 404 } })
    assert.strictEqual((await errorOf(NumbersGuard.remove(initech, state), world))._tag, 'Refused')
  })

  story('goes not, as long as a number refers to one of its connections', {}, async (world) => {
    const state = await set(world, guard(['branch', 'initech']))
    assert.deepStrictEqual(
      await errorOf(NumbersGuard.remove(initech, state), world.process()),
      refusal(`1 acquired number of Operator Connect still refers to ${about}: +493023125001 (initech, Active)`)
    )
    // Before it refuses it looks whether the customer is still there.
    assert.deepStrictEqual(calls(world), [...numbersRead, 'GET v3/customer/…'])
    world.forget()
    holding(world, [...Array<string>(12).fill('branch'), 'other', null])
    const error = await errorOf(NumbersGuard.remove(initech, state), world.process())
    const shown = Array.from({ length: 10 }, (_, index) => `+4930${1000 + index} (branch, Active)`)
    assert.deepStrictEqual(
      error,
      refusal(`12 acquired numbers of Operator Connect still refer to ${about}: ${shown.join(', ')} and 2 more`)
    )
    holding(world, ['other', null])
    await valueOf(NumbersGuard.remove(initech, state), world.process().env)
    assert.ok(world.simulator.requests().every(({ method }) => method === 'GET'))
  })

  story('with the tenant declared, one read tells', {}, async (world) => {
    const state = await set(world, guard(['branch'], { msTenantId: tenants.initech }))
    await valueOf(NumbersGuard.remove(initech, state), world.env)
    assert.deepStrictEqual(calls(world), ['GET v3/oc/numbers'])
  })

  story('a connection leaves the list only without numbers', {}, async (world) => {
    const state = await set(world, guard(['branch', 'initech']))
    const error = await errorOf(NumbersGuard.update(initech, state, guard(['branch'])), world.process())
    assert.match('text' in error ? error.text : '', /\+493023125001/)
    world.forget()
    await valueOf(NumbersGuard.update(initech, state, guard(['initech'])), world.process().env)
    assert.deepStrictEqual(calls(world), numbersRead)
  })

  story('a name that is only spelt in another case has not left the list', {}, async (world) => {
    const state = await set(world, guard(['Initech']))
    await valueOf(NumbersGuard.update(initech, state, guard(['initech'])), world.process().env)
    assert.deepStrictEqual(calls(world), [])
  })

  story('allow: ["numbers"] lets all go, unseen', {}, async (world) => {
    const state = await set(world, guard(['branch', 'initech']))
    const { state: less } = await valueOf(
      NumbersGuard.update(initech, state, guard(['initech'], { allow: ['numbers'] })),
      world.env
    )
    await valueOf(NumbersGuard.remove(initech, less), world.env)
    assert.deepStrictEqual(calls(world), [])
  })

  story('without the list of numbers (404) it goes, with a warning', {}, async (world) => {
    const state = await set(world, guard(['initech']))
    world.simulator.addFault({
      match: { path: '/oc/numbers' },
      fault: { kind: 'status', status: 404 },
      times: 'always'
    })
    const later = world.process()
    await valueOf(NumbersGuard.remove(initech, state), later.env)
    assert.deepStrictEqual(later.warnings, [
      `The platform has no list of Operator Connect numbers of tenant ${tenants.initech} (404), so connections of customer ${initech} are let go without it.`
    ])
  })

  story('where only V2 is there, any number of the tenant counts', {}, async (world) => {
    const state = await set(world, guard(['branch']))
    world.simulator.addFault({
      match: { path: '/v3/oc/numbers' },
      fault: { kind: 'status', status: 404 },
      times: 'always'
    })
    const error = await errorOf(NumbersGuard.remove(initech, state), world.process())
    assert.match(
      'text' in error ? error.text : '',
      /^The platform does not tell which SIP connection the 4 acquired numbers of the tenant of customer .* belong to, and branch is to go: \+493023125001 \(Active\), /
    )
    holding(world, [])
    await valueOf(NumbersGuard.remove(initech, state), world.process().env)
  })

  for (const [name, fault] of [
    ['403', { kind: 'status', status: 403 }],
    ['500', { kind: 'status', status: 500 }],
    ['a page in its place', { kind: 'html', status: 200 }]
  ] as const) {
    story(`any other end of the read keeps it: ${name}`, { settings: { maxRetries: 0 } }, async (world) => {
      const state = await set(world, guard(['branch']))
      world.simulator.addFault({ match: { path: '/oc/numbers' }, fault, times: 'always' })
      assert.notStrictEqual((await errorOf(NumbersGuard.remove(initech, state), world))._tag, 'Refused')
    })
  }

  story('a customer that names no tenant is an error', {}, async (world) => {
    const state = await set(world, guard(['branch']))
    world.simulator.addFault({
      match: { path: '/customer/' },
      fault: { kind: 'status', status: 200, body: { SiteLocation: [] } }
    })
    const error = await errorOf(NumbersGuard.remove(initech, state), world.process())
    assert.match('text' in error ? error.text : '', /name no Microsoft tenant/)
  })

  story('another platform is refused; a guard that nobody declared cannot be read', {}, async (world) => {
    const state = { ...(await set(world, guard(['branch']))), platform: 'https://us.example.net/tenantui' }
    for (const program of [
      NumbersGuard.update(initech, state, guard([])),
      NumbersGuard.read(initech, state),
      NumbersGuard.remove(initech, state)
    ]) {
      const error = await errorOf<unknown>(program, world)
      assert.match('text' in error ? error.text : '', /belongs to the platform https:\/\/us\.example\.net/)
    }
    const error = await errorOf(NumbersGuard.read(initech, {}), world)
    assert.match('text' in error ? error.text : '', /there is nothing to read/)
    assert.deepStrictEqual(calls(world), [])
  })
})
