import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import type { Env, Question } from '../../../provider/Env'
import type { Rollout, SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { startOfTime } from '../../support/TestEnv'
import { acme, onCall, story } from '../support/Simulated'
import { connection, connections, fleetStack, numbered, profiles } from './Stack'

const names = numbered('a', 5)
const fleet = (rollout: Rollout): SipConnectionFleetArgs => ({ connections: connections(names), rollout })
const moment = (seconds: number): string => new Date(startOfTime + seconds * 1000).toISOString()

/** What a person reads first. */
const told = (said: ReadonlyArray<string>): ReadonlyArray<string> =>
  said.filter((line) => /failed: |^Done|^Failed|^Not begun|^Next/.test(line))

const goesOn = 'Next: "pulumi up": it goes on from here, those that failed first.'

describe('a fleet: what ends a rollout early', () => {
  story(
    'the canary fails: the rest is untouched, and the next run goes on, the failed one first',
    {},
    async (world) => {
      const stack = fleetStack(world)
      const args = fleet({ canary: ['a3', 'a4'], maxParallel: 1, batchSize: 2 })
      world.simulator.addFault(
        onCall('POST', { kind: 'status', status: 400, body: { message: 'No such gateway.' } }, { nth: 2 })
      )
      const ran = await stack.up(args)
      const { pending, summary, siteGuids } = stack.state()
      assert.deepStrictEqual(
        { told: told(ran.said), sent: ran.sent, pending, summary, names: Object.keys(siteGuids) },
        {
          told: [
            'Create of fleet of SIP connections failed: 1 connection failed; 3 connections were not begun; the canary did not pass: a4 failed',
            'Done: 1 created (a3).',
            `Failed: a4: Create of SIP connection "a4" (customer ${acme}, SBC 5) failed: the platform rejected POST with status 400; Platform: No such gateway.`,
            'Not begun: a1, a2, a5.',
            goesOn
          ],
          sent: { 'GET details': 1, POST: 2, GET: 1 },
          pending: { a1: { outcome: 'ok' }, a2: { outcome: 'ok' }, a4: { outcome: 'failed' }, a5: { outcome: 'ok' } },
          summary: { created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 1, notBegun: 3 },
          names: ['a3']
        }
      )
      assert.deepStrictEqual(await stack.preview(args), ['update fleet'])
      assert.strictEqual((await stack.up(args)).done, 'updated')
      assert.deepStrictEqual(
        [world.sites().map(({ name }) => name), stack.state().summary, await stack.preview(args)],
        [
          ['a3', 'a4', 'a1', 'a2', 'a5'],
          { created: 4, updated: 0, deleted: 0, unchanged: 1, failed: 0, notBegun: 0 },
          []
        ]
      )
    }
  )

  story('the canary does not get deployed', {}, async (world) => {
    const stack = fleetStack(world)
    const slow = world.process(
      { operationTimeout: 30 },
      {
        fetch: (request) => async () => {
          const answer = await world.env.fetch(request)()
          if (request.method === 'POST')
            for (const { guid } of world.sites()) world.simulator.editSite(guid, { sbcState: 'Deploying' })
          return answer
        }
      }
    )
    const ran = await stack.up(fleet({ canary: 1 }), slow)
    assert.deepStrictEqual(
      [told(ran.said), Object.keys(profiles(world)), stack.state().failures],
      [
        [
          'Create of fleet of SIP connections failed: 4 connections were not begun; the canary did not pass: a1 is not deployed',
          'Done: 1 created (a1).',
          'Not begun: a2, a3, a4, a5.',
          goesOn
        ],
        ['a1'],
        {}
      ]
    )
  })

  story('verify says no, and what it is asked; later it says yes', {}, async (world) => {
    const stack = fleetStack(world)
    const args = fleet({ canary: 1, batchSize: 2, verify: 'registered?' })
    const questions: Array<Omit<Question, 'cancelled'>> = []
    const asking = (...answers: ReadonlyArray<E.Either<string, void>>): Env['verify'] => {
      let next = 0
      return ({ command, environment }) => {
        questions.push({ command, environment })
        return Promise.resolve(answers[next++] ?? E.right(undefined))
      }
    }
    const ran = await stack.up(
      args,
      world.process({}, { verify: asking(E.right(undefined), E.left('it ended with 1')) })
    )
    assert.deepStrictEqual(
      { told: told(ran.said), questions, sites: Object.keys(profiles(world)) },
      {
        told: [
          'Create of fleet of SIP connections failed: 2 connections were not begun; verify said no: it ended with 1',
          'Done: 3 created (a1, a2, a3).',
          'Not begun: a4, a5.',
          goesOn
        ],
        questions: [
          {
            command: 'registered?',
            environment: {
              AUDIOCODES_LIVE_STAGE: 'canary',
              AUDIOCODES_LIVE_SITES: 'a1',
              AUDIOCODES_LIVE_DONE: '1',
              AUDIOCODES_LIVE_FAILED: '0'
            }
          },
          {
            command: 'registered?',
            environment: {
              AUDIOCODES_LIVE_STAGE: 'batch 1 of 2',
              AUDIOCODES_LIVE_SITES: 'a2,a3',
              AUDIOCODES_LIVE_DONE: '3',
              AUDIOCODES_LIVE_FAILED: '0'
            }
          }
        ],
        sites: ['a1', 'a2', 'a3']
      }
    )
    const again = await stack.up(args, world.process({}, { verify: asking() }))
    assert.deepStrictEqual(
      [
        again.done,
        questions.slice(2).map(({ environment }) => environment['AUDIOCODES_LIVE_SITES']),
        await stack.preview(args)
      ],
      ['updated', ['a1', 'a4'], []]
    )
  })

  story('so many failures', {}, async (world) => {
    const stack = fleetStack(world)
    const args = fleet({ stopAfterFailures: 2, maxParallel: 1 })
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 400 }, { nth: 2, times: 2 }))
    const ran = await stack.up(args)
    assert.deepStrictEqual(
      [told(ran.said)[0], told(ran.said).at(-2), stack.state().summary],
      [
        'Create of fleet of SIP connections failed: 2 connections failed; 2 connections were not begun; 2 connections have failed (stopAfterFailures: 2)',
        'Not begun: a4, a5.',
        { created: 1, updated: 0, deleted: 0, unchanged: 0, failed: 2, notBegun: 2 }
      ]
    )
    assert.deepStrictEqual([(await stack.up(args)).done, await stack.preview(args)], ['updated', []])
  })

  story('the change window: before it, in the middle of it, and after it', {}, async (world) => {
    const stack = fleetStack(world)
    const at = (start: number, end: number) =>
      fleet({ changeWindow: { start: moment(start), end: moment(end) }, maxParallel: 1 })
    const early = await stack.up(at(60, 120))
    assert.deepStrictEqual(
      [told(early.said)[0], early.sent],
      [
        `Create of fleet of SIP connections failed: 5 connections were not begun; the change window does not begin before ${moment(60)}`.replace(
          moment(60),
          '<time>'
        ),
        { 'GET details': 1 }
      ]
    )
    // A write takes a second of this clock.
    const now = (world.clock.now() - startOfTime) / 1000
    const cut = await stack.up(at(0, now + 2))
    assert.deepStrictEqual(
      [told(cut.said)[0], Object.keys(profiles(world))],
      [
        'Update of fleet of SIP connections failed: 3 connections were not begun; the change window ended at <time>',
        ['a1', 'a2']
      ]
    )
    assert.strictEqual((await stack.up(at(0, now + 60))).done, 'updated')
    assert.deepStrictEqual(Object.keys(profiles(world)), names)
  })

  story('the pause file, which comes in the middle and goes again', {}, async (world) => {
    const stack = fleetStack(world)
    const args = fleet({ pauseFile: '/run/pause', maxParallel: 1 })
    const files = {
      get '/run/pause'(): (() => string) | undefined {
        return world.sites().length === 2 ? () => '' : undefined
      }
    } as unknown as Readonly<Record<string, () => string>>
    const ran = await stack.up(args, world.process({}, { files }))
    assert.deepStrictEqual(
      [told(ran.said)[0], Object.keys(profiles(world))],
      [
        'Create of fleet of SIP connections failed: 3 connections were not begun; the pause file /run/pause appeared',
        ['a1', 'a2']
      ]
    )
    assert.deepStrictEqual([(await stack.up(args)).done, Object.keys(profiles(world))], ['updated', names])
  })

  story('a cancelled run: what is under way comes to its end', {}, async (world) => {
    const stack = fleetStack(world)
    const args = fleet({ maxParallel: 2 })
    const ran = await stack.up(args, world.process({}, { cancelled: () => world.sites().length >= 2 }))
    const { siteGuids, pending, summary } = stack.state()
    assert.deepStrictEqual(
      {
        stopped: /the run was cancelled$/.test(told(ran.said)[0] ?? ''),
        sites: new Set(Object.values(siteGuids)),
        all: Object.keys({ ...siteGuids, ...pending }).sort(),
        sum: summary.created + summary.failed + summary.notBegun
      },
      { stopped: true, sites: new Set(world.sites().map(({ guid }) => guid)), all: names, sum: 5 }
    )
    assert.deepStrictEqual(
      [(await stack.up(args)).done, Object.keys(profiles(world)).sort(), await stack.preview(args)],
      ['updated', names, []]
    )
  })
})

describe('a fleet: limits', () => {
  story('are kept by the check, and by the state', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(names) })
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    const less = connections(['a1', 'a2', 'a3', 'a4'])
    await stack.up({ connections: less })
    const limits = { maxDeletes: 0 }
    const [byInputs, byState] = [
      await stack.up({ connections: connections(['a1', 'a2', 'a3']), limits }),
      // Nothing more goes, and a5 is there still.
      await stack.up({ connections: less, limits })
    ]
    assert.deepStrictEqual(
      { byInputs, byState: [byState.done, byState.sent, byState.said[0]] },
      {
        byInputs: {
          done: 'failed',
          sent: {},
          said: [
            'limits.maxDeletes: the plan deletes 1 connection (a4), none is allowed; raise the limit if all of it is meant, or split the change'
          ]
        },
        byState: [
          'failed',
          {},
          'Update of fleet of SIP connections failed: limits.maxDeletes: the plan deletes 1 connection (a5), none is allowed; raise the limit if all of it is meant, or split the change; nothing was sent'
        ]
      }
    )
    assert.deepStrictEqual(
      [(await stack.up({ connections: less, limits: { maxDeletes: 1 } })).done, Object.keys(profiles(world))],
      ['updated', Object.keys(less)]
    )
  })

  story('maxDeletes holds for the whole fleet too', {}, async (world) => {
    const stack = fleetStack(world)
    const args = { connections: connections(['a1', 'a2']), limits: { maxDeletes: 1 } }
    await stack.up(args)
    const ran = await stack.destroy()
    assert.deepStrictEqual(
      [ran.done, ran.sent, ran.said[0]],
      [
        'failed',
        {},
        'Delete of fleet of SIP connections failed: limits.maxDeletes: the plan deletes 2 connections (a1, a2), 1 is allowed; raise the limit if all of it is meant, or split the change; nothing was sent'
      ]
    )
    await stack.up({ connections: args.connections })
    assert.deepStrictEqual([(await stack.destroy()).done, world.sites()], ['deleted', []])
  })

  story('a state that the last run has left under other limits is still changed', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: { a: connection('a') } })
    const ran = await stack.up({
      connections: { a: connection('a', { cacProfile: '10 sessions' }) },
      limits: { maxChanges: 1, maxChangesPerSbc: 1, cacSessionsPerSbc: { 5: 10 } }
    })
    assert.deepStrictEqual(ran, { done: 'updated', said: [], sent: { PATCH: 1, GET: 2 } })
  })
})
