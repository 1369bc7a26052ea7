import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Operation, Program, Slots } from '../../provider/Env'
import { refused } from '../../provider/Errors'
import { doing, exclusively, failing, holdingSbc, operation, pollPause } from '../../provider/Operations'
import { hidden } from '../../provider/Secrets'
import { nthId, startOfTime, testEnv, valueOf } from '../support/TestEnv'
import { settled } from './live/clock'

const minute = 60_000
const operationTimeout = 30 * 60

/** The operation that a program sees. */
const current: Program<Operation> = RTE.asks((env: Env) => env.operation)

/** Slots that let everybody in at once, after a while, and note who holds what. */
const notedSlots = (enter: () => void = () => undefined) => {
  const log: Array<string> = []
  const slots: Slots = {
    hold: async (key, limit, task) => {
      enter()
      log.push(`${key} of ${limit}`)
      try {
        return await task()
      } finally {
        log.push(`end ${key}`)
      }
    }
  }
  return { log, slots }
}

describe('Operations: operation', () => {
  it('has an id, a beginning and a deadline, and nothing is noted yet', async () => {
    const { env, clock } = testEnv({ operationTimeout })
    clock.advance(minute)
    const { scrub: _, ...seen } = await valueOf(operation('update', ['hunter2'])(current), env)
    assert.deepStrictEqual(seen, {
      kind: 'update',
      correlationId: nthId(1),
      startedAt: startOfTime + minute,
      deadline: startOfTime + minute + operationTimeout * 1000,
      secrets: ['hunter2'],
      effect: { mayBe: false },
      serverIds: [],
      taskIds: [],
      said: []
    })
  })

  it('shares nothing with the next one, nor with the list of secrets that it is given', async () => {
    const { env } = testEnv()
    const secrets = ['hunter2']
    const busy = RTE.asks(({ operation: { effect, serverIds, taskIds, said, secrets: known } }: Env) => {
      effect.mayBe = true
      known.push('echoed')
      serverIds.push('s-1')
      taskIds.push('tsk_1')
      said.push({ level: 'Error', message: 'x' })
    })
    await valueOf(operation('create', secrets)(busy), env)
    const {
      correlationId,
      effect,
      serverIds,
      taskIds,
      said,
      secrets: known
    } = await valueOf(operation('create', secrets)(current), env)
    assert.deepStrictEqual(
      { correlationId, effect, serverIds, taskIds, said, known, secrets },
      {
        correlationId: nthId(2),
        effect: { mayBe: false },
        serverIds: [],
        taskIds: [],
        said: [],
        known: ['hunter2'],
        secrets: ['hunter2']
      }
    )
  })

  it('scrubs its own secrets, those that it meets, and those of the configuration as they are by then', async () => {
    const text = 'given-secret, echoed-secret, old-token, new-token, user u-100'
    let token = 'old-token'
    const { env: base } = testEnv()
    const env: Env = { ...base, tokens: { ...base.tokens, secrets: () => [token] } }
    const said = await valueOf(
      operation('read', ['given-secret'])(
        RTE.asks(({ operation: { scrub, secrets } }: Env) => {
          const before = scrub(text)
          secrets.push('echoed-secret')
          token = 'new-token'
          return [before, scrub(text)]
        })
      ),
      env
    )
    assert.deepStrictEqual(said, [
      `${hidden}, echoed-secret, ${hidden}, new-token, user u-100`,
      `${hidden}, ${hidden}, old-token, ${hidden}, user u-100`
    ])
  })

  it('marks its error with its id, and with an effect only where there may be one', async () => {
    const { env } = testEnv()
    const ending = (mayBe: boolean): Program<never> =>
      operation(
        'delete',
        []
      )((inner: Env) => async () => {
        inner.operation.effect.mayBe = mayBe
        return Promise.resolve(E.left(refused('No')))
      })
    assert.deepStrictEqual(
      [await ending(false)(env)(), await ending(true)(env)()],
      [
        E.left({ ...refused('No'), correlationId: nthId(1) }),
        E.left({ ...refused('No'), correlationId: nthId(2), mayHaveChanged: true })
      ]
    )
  })
})

describe('Operations: holdingSbc', () => {
  const rows: ReadonlyArray<
    readonly [name: string, sbcIds: ReadonlyArray<number | undefined>, expected: ReadonlyArray<string>]
  > = [
    ['one', [3], ['sbc 3 of 2', 'end sbc 3']],
    ['two, the lower first', [12, 3], ['sbc 3 of 2', 'sbc 12 of 2', 'end sbc 12', 'end sbc 3']],
    [
      'three, as numbers',
      [11, 2, 12],
      ['sbc 2 of 2', 'sbc 11 of 2', 'sbc 12 of 2', 'end sbc 12', 'end sbc 11', 'end sbc 2']
    ],
    ['two in order already', [3, 12], ['sbc 3 of 2', 'sbc 12 of 2', 'end sbc 12', 'end sbc 3']],
    ['the same twice', [3, 3], ['sbc 3 of 2', 'end sbc 3']],
    ['one that is not known', [undefined, 3], ['sbc 3 of 2', 'end sbc 3']],
    ['none', [undefined], []]
  ]
  for (const [name, sbcIds, expected] of rows) {
    it(`${name}: ${expected.join(', ') || 'no slot'}`, async () => {
      const { log, slots } = notedSlots()
      const env: Env = { ...testEnv({ writesPerSbc: 2 }).env, slots }
      assert.strictEqual(await valueOf(holdingSbc(sbcIds)(RTE.right<Env, never, string>('done')), env), 'done')
      assert.deepStrictEqual(log, expected)
    })
  }

  it('the deadline counts from the last slot on, and the beginning stays', async () => {
    const { env, clock } = testEnv({ operationTimeout })
    const { slots } = notedSlots(() => {
      clock.advance(minute)
    })
    const program = operation('update', [])(holdingSbc([3, 4])(current))
    const { startedAt, deadline } = await valueOf(program, { ...env, slots })
    assert.deepStrictEqual(
      { startedAt, deadline },
      { startedAt: startOfTime, deadline: startOfTime + 2 * minute + operationTimeout * 1000 }
    )
  })

  it('is the operation that it was: what is noted within is seen outside', async () => {
    const { env } = testEnv()
    const noted = doing(({ operation: { serverIds, effect } }) => {
      serverIds.push('s-1')
      effect.mayBe = true
    })
    const program = pipe(
      holdingSbc([3])(noted),
      RTE.chain(() => current),
      RTE.chain(({ serverIds }) => failing<void>(refused(`No ${serverIds.join()}`))),
      operation('update', [])
    )
    assert.deepStrictEqual(
      await program(env)(),
      E.left({ ...refused('No s-1'), correlationId: nthId(1), mayHaveChanged: true })
    )
  })

  it('an error leaves no slot behind', async () => {
    const { env } = testEnv()
    const fails = holdingSbc([3])(failing<void>(refused('No')))
    assert.deepStrictEqual([await fails(env)(), await fails(env)()], [E.left(refused('No')), E.left(refused('No'))])
  })

  it('two programs that need the same two SBCs, named either way, do not wait for each other', async () => {
    const { env } = testEnv()
    const log: Array<string> = []
    const noted = (name: string): Program<void> => doing(() => void log.push(name))
    void holdingSbc([3, 4])(noted('first'))(env)()
    void holdingSbc([4, 3])(noted('second'))(env)()
    await settled()
    assert.deepStrictEqual(log, ['first', 'second'])
  })
})

describe('Operations: exclusively', () => {
  it('lets one run at a time, whatever the SBCs allow', async () => {
    const { log, slots } = notedSlots()
    const env: Env = { ...testEnv({ writesPerSbc: 2 }).env, slots }
    assert.strictEqual(await valueOf(exclusively('name x')(RTE.right<Env, never, string>('done')), env), 'done')
    assert.deepStrictEqual(log, ['name x of 1', 'end name x'])
  })
})

describe('Operations: small parts', () => {
  it('the pause before a poll grows to six times the interval', () => {
    const { env } = testEnv({ pollInterval: 4 })
    assert.deepStrictEqual(
      [0, 1, 2, 3, 4, 5, 50].map((round) => pollPause(env, round)),
      [4000, 6000, 9000, 13500, 20250, 24000, 24000]
    )
  })

  it('doing does its thing when it is run, and has no value', async () => {
    const { env, warnings } = testEnv()
    const program = doing(({ warn }) => {
      warn('x')
    })(env)
    assert.deepStrictEqual(warnings, [])
    assert.deepStrictEqual(await program(), E.right(undefined))
    assert.deepStrictEqual(warnings, ['x'])
  })

  it('failing ends with the error', async () => {
    assert.deepStrictEqual(await failing(refused('No'))(testEnv().env)(), E.left(refused('No')))
  })
})
