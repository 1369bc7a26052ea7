import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env, Question } from '../../../provider/Env'
import { refused } from '../../../provider/Errors'
import type { Rollout } from '../../../provider/fleet/Args'
import { type Rolled, type Steps, roll } from '../../../provider/fleet/Rollout'
import { type Placed, stagesOf } from '../../../provider/fleet/Stages'
import { errorOf, testEnv, valueOf } from '../../support/TestEnv'
import { fakeClock } from '../live/clock'

/** What becomes of a connection. Default: after a second it is done and deployed. */
interface Fate {
  readonly ms?: number
  readonly failed?: boolean
  readonly deployed?: boolean
  /** What the wait for its deployment, which takes two seconds, ends with. */
  readonly later?: { readonly deployed: boolean; readonly failed?: boolean }
}

interface Script {
  readonly tasks: ReadonlyArray<Placed>
  readonly rollout?: Rollout
  readonly fates?: Readonly<Record<string, Fate>>
  /** The answers of `verify`, one after the other; later ones are well. */
  readonly answers?: ReadonlyArray<E.Either<string, void>>
  /** When the pause file appears, and when the run is cancelled: seconds. */
  readonly pausedAt?: number
  readonly cancelledAt?: number
  /** How long a look for the pause file takes, ms. */
  readonly lookMs?: number
}

interface Played {
  /** `second what`. */
  readonly log: ReadonlyArray<string>
  readonly progress: ReadonlyArray<string>
  readonly questions: ReadonlyArray<Omit<Question, 'cancelled'>>
  /** Pauses of the rollout, ms. */
  readonly sleeps: ReadonlyArray<number>
  readonly done: ReadonlyArray<readonly [name: string, result: string]>
  readonly notBegun: ReadonlyArray<string>
  readonly stopped: string | undefined
}

const place = (name: string, kind: Placed['kind'] = 'update'): Placed => ({ name, kind, sbcId: 3, failedBefore: false })

/** b1, b2, … */
const named = (count: number): ReadonlyArray<Placed> => Array.from({ length: count }, (_, n) => place(`b${n + 1}`))

const pauseFile = '/run/pause'

/** Plays a rollout whose time begins with 0. */
const played = async (script: Script): Promise<Played> => {
  const { tasks, rollout = {}, fates = {}, answers = [], pausedAt = Infinity, cancelledAt = Infinity, lookMs } = script
  const clock = fakeClock()
  const log: Array<string> = []
  const progress: Array<string> = []
  const questions: Array<Omit<Question, 'cancelled'>> = []
  const seconds = (): number => clock.now() / 1000
  const note = (what: string): void => void log.push(`${seconds()} ${what}`)
  const { env: base, sleeps } = testEnv(
    {},
    {
      clock: { ...clock, advance: () => undefined },
      cancelled: () => seconds() >= cancelledAt,
      verify: ({ command, environment }) => {
        note('verify')
        questions.push({ command, environment })
        return Promise.resolve(answers[questions.length - 1] ?? E.right(undefined))
      }
    }
  )
  let waits = 0
  const env: Env = {
    ...base,
    fileExists: async (path) => {
      if (lookMs !== undefined) await clock.sleep(lookMs)
      return path === pauseFile && seconds() >= pausedAt
    },
    progress: (what) => {
      progress.push(what)
      waits += 1
      return () => void (waits -= 1)
    },
    operation: { ...base.operation, scrub: (text) => text.replaceAll('hunter2', '[secret]') }
  }
  const steps: Steps<Placed, string> = {
    each: (task) => () => async () => {
      const { ms = 1000, failed = false, deployed = true } = fates[task.name] ?? {}
      note(`begin ${task.name}`)
      await clock.sleep(ms)
      note(`${failed ? 'fail' : 'end'} ${task.name}`)
      return E.right({ result: failed ? 'failed' : 'done', failed, deployed })
    },
    awaitDeployed: (task, ended) => () => async () => {
      note(`await ${task.name}`)
      await clock.sleep(2000)
      return E.right({ ...ended, result: 'awaited', ...fates[task.name]?.later })
    }
  }
  let rolled: Rolled<Placed, string> | undefined
  const end = valueOf(roll(stagesOf(tasks, rollout), rollout, steps), env).then((value) => (rolled = value))
  for (let second = 0; second < 100 && rolled === undefined; second++) await clock.pass(1000)
  assert.ok(rolled !== undefined, `the rollout has not ended: ${log.join(', ')}`)
  const { done, notBegun, stopped } = await end
  assert.strictEqual(waits, 0, 'every progress line ends')
  return {
    log,
    progress,
    questions,
    sleeps,
    done: done.map(([{ name }, result]) => [name, result]),
    notBegun: notBegun.map(({ name }) => name),
    stopped: O.toUndefined(stopped)
  }
}

/** How it ended, without what happened on the way. */
const endOf = async (script: Script) => {
  const { done, notBegun, stopped } = await played(script)
  return { done: done.map(([name]) => name).join(' '), notBegun: notBegun.join(' '), stopped }
}

/** The moment of so many seconds. */
const at = (seconds: number): string => new Date(seconds * 1000).toISOString()

describe('Rollout', () => {
  it('canary, soak, verify, batches with pauses, deletions: in this order, and none of them after the last', async () => {
    const { log, progress, questions, sleeps, ...end } = await played({
      tasks: [...named(4), place('old', 'delete')],
      rollout: { canary: 1, batchSize: 2, soakSeconds: 2.5, pauseBetweenBatches: 1, verify: 'check' },
      fates: { b3: { failed: true }, b4: { ms: 500 } }
    })
    assert.deepStrictEqual(
      { log, progress, questions, sleeps, end },
      {
        log: [
          '0 begin b1',
          '1 end b1',
          '3.5 verify',
          '3.5 begin b2',
          '3.5 begin b3',
          '4.5 end b2',
          '4.5 fail b3',
          '5.5 verify',
          '5.5 begin b4',
          '6 end b4',
          '7 verify',
          '7 begin old',
          '8 end old'
        ],
        progress: [
          'canary, 0 of 5 sites, 0 failed',
          'canary, 1 of 5 sites, 0 failed',
          'soak of 2.5 s after the canary',
          'verify after the canary',
          'batch 1 of 2, 1 of 5 sites, 0 failed',
          'batch 1 of 2, 2 of 5 sites, 0 failed',
          'batch 1 of 2, 3 of 5 sites, 1 failed',
          'pause of 1 s after batch 1 of 2',
          'verify after batch 1 of 2',
          'batch 2 of 2, 3 of 5 sites, 1 failed',
          'batch 2 of 2, 4 of 5 sites, 1 failed',
          'pause of 1 s after batch 2 of 2',
          'verify after batch 2 of 2',
          'deletions, 4 of 5 sites, 1 failed',
          'deletions, 5 of 5 sites, 1 failed'
        ],
        questions: [
          ['canary', 'b1', '1', '0'],
          ['batch 1 of 2', 'b2,b3', '3', '1'],
          ['batch 2 of 2', 'b4', '4', '1']
        ].map(([stage = '', sites = '', done = '', failed = '']) => ({
          command: 'check',
          environment: {
            AUDIOCODES_LIVE_STAGE: stage,
            AUDIOCODES_LIVE_SITES: sites,
            AUDIOCODES_LIVE_DONE: done,
            AUDIOCODES_LIVE_FAILED: failed
          }
        })),
        sleeps: [1000, 1000, 500, 1000, 1000],
        end: {
          done: [
            ['b1', 'done'],
            ['b2', 'done'],
            ['b3', 'failed'],
            ['b4', 'done'],
            ['old', 'done']
          ],
          notBegun: [],
          stopped: undefined
        }
      }
    )
  })

  it('at most maxParallel at a time; what was done is told in the order of the stages', async () => {
    const { log, done } = await played({
      tasks: named(4),
      rollout: { maxParallel: 2 },
      fates: { b1: { ms: 3000 } }
    })
    assert.deepStrictEqual(
      [log, done.map(([name]) => name)],
      [
        ['0 begin b1', '0 begin b2', '1 end b2', '1 begin b3', '2 end b3', '2 begin b4', '3 end b1', '3 end b4'],
        ['b1', 'b2', 'b3', 'b4']
      ]
    )
  })

  it('without a rollout: 20 at a time, nothing is asked and nothing is waited for', async () => {
    const { log, sleeps, questions } = await played({ tasks: [...named(21), place('old', 'delete')] })
    assert.deepStrictEqual(
      { atOnce: log.filter((line) => line.startsWith('0 begin')).length, last: log.slice(-3), sleeps, questions },
      { atOnce: 20, last: ['2 end b21', '2 begin old', '3 end old'], sleeps: [], questions: [] }
    )
  })

  describe('canary', () => {
    it('is waited for until it is deployed; others are not', async () => {
      const { log, done, stopped } = await played({
        tasks: named(3),
        rollout: { canary: 2 },
        fates: { b1: { deployed: false, later: { deployed: true } }, b3: { deployed: false } }
      })
      assert.deepStrictEqual(
        { log, done, stopped },
        {
          log: ['0 begin b1', '0 begin b2', '1 end b1', '1 await b1', '1 end b2', '3 begin b3', '4 end b3'],
          done: [
            ['b1', 'awaited'],
            ['b2', 'done'],
            ['b3', 'done']
          ],
          stopped: undefined
        }
      )
    })

    const late = (later: Fate['later']): Fate => ({ deployed: false, ...(later === undefined ? {} : { later }) })
    for (const [what, fates, done, stopped] of [
      ['that fails', { b2: { failed: true, ms: 500 } }, 3, 'b2 failed'],
      ['that is not deployed', { b1: late({ deployed: false }) }, 7, 'b1 is not deployed'],
      ['that fails while it is waited for', { b1: late({ deployed: false, failed: true }) }, 7, 'b1 failed'],
      [
        'of which some fail, and some are not deployed',
        { b1: late({ deployed: false }), b2: late({ deployed: false }), b3: { failed: true, ms: 1500 } },
        3,
        'b3 failed; b1, b2 are not deployed'
      ]
    ] as ReadonlyArray<[string, Record<string, Fate>, number, string]>) {
      it(`${what}: what is under way ends, and nothing else is begun, also of the canary`, async () => {
        const tasks = named(9)
        const names = tasks.map(({ name }) => name)
        assert.deepStrictEqual(
          await endOf({ tasks, rollout: { canary: 8, maxParallel: 3, soakSeconds: 5, verify: 'check' }, fates }),
          {
            done: names.slice(0, done).join(' '),
            notBegun: names.slice(done).join(' '),
            stopped: `the canary did not pass: ${stopped}`
          }
        )
      })
    }

    it('that fails while the pause file is looked for: the next is not begun', async () => {
      assert.deepStrictEqual(
        await endOf({
          tasks: named(3),
          rollout: { canary: 3, maxParallel: 2, pauseFile },
          lookMs: 1000,
          fates: { b2: { failed: true, ms: 1500 } }
        }),
        { done: 'b1 b2', notBegun: 'b3', stopped: 'the canary did not pass: b2 failed' }
      )
    })

    it('that is all there is: verify is asked at once, for it is what the canary is for', async () => {
      const { log, sleeps, stopped, notBegun } = await played({
        tasks: named(1),
        rollout: { canary: 1, soakSeconds: 5, verify: 'check' },
        answers: [E.left('https://check.example.net/ answered 503')]
      })
      assert.deepStrictEqual(
        { log, sleeps, stopped, notBegun },
        {
          log: ['0 begin b1', '1 end b1', '1 verify'],
          sleeps: [],
          stopped: 'the canary did not pass: verify said no: https://check.example.net/ answered 503',
          notBegun: []
        }
      )
    })
  })

  describe('verify says no', () => {
    const no = (text: string, stage: 'canary' | 'batch' = 'batch') =>
      endOf({
        tasks: [...named(3), place('old', 'delete')],
        rollout: { verify: 'check', ...(stage === 'canary' ? { canary: 1 } : {}) },
        answers: [E.left(text)]
      })

    it('after the canary: the canary did not pass', async () => {
      assert.deepStrictEqual(await no('the command ended with 3\n', 'canary'), {
        done: 'b1',
        notBegun: 'b2 b3 old',
        stopped: 'the canary did not pass: verify said no: the command ended with 3'
      })
    })

    it('after the last batch: nothing is deleted; the last lines of the output are told without secrets', async () => {
      assert.deepStrictEqual(
        await no('the command ended with 1\none\ntwo\n\nthree\r\nfour\nfive\n  hunter2 is wrong\n'),
        {
          done: 'b1 b2 b3',
          notBegun: 'old',
          stopped: 'verify said no: the command ended with 1: two / three / four / five / [secret] is wrong'
        }
      )
    })

    it('a long output is shortened', async () => {
      assert.strictEqual(
        (await no(`the command ended with 1\n${'x'.repeat(800)}end`)).stopped,
        `verify said no: the command ended with 1: …${'x'.repeat(497)}end`
      )
    })

    it('the names that it is told have room in one variable', async () => {
      const long = (n: number): Placed => place(`${String(n).padStart(3, '0')}${'ä'.repeat(498)}`)
      const { questions } = await played({
        tasks: [...Array.from({ length: 150 }, (_, n) => long(n)), place('old', 'delete')],
        rollout: { verify: 'check' }
      })
      const sites = questions[0]?.environment['AUDIOCODES_LIVE_SITES'] ?? ''
      assert.deepStrictEqual(
        [sites.split(',').length, Buffer.byteLength(sites) <= 100_000, sites.split(',').at(-1)],
        [100, true, long(99).name]
      )
    })
  })

  describe('ends between two connections', () => {
    const tasks = named(4)
    for (const [what, script, end] of [
      [
        'before the change window: nothing is begun',
        { rollout: { changeWindow: { start: at(1), end: at(9) } } },
        { done: '', notBegun: 'b1 b2 b3 b4', stopped: `the change window does not begin before ${at(1)}` }
      ],
      [
        'within it, from its first moment to the one before its end',
        { rollout: { changeWindow: { start: at(0), end: at(2) } } },
        { done: 'b1 b2', notBegun: 'b3 b4', stopped: `the change window ended at ${at(2)}` }
      ],
      [
        'a window that is open until all have begun changes nothing',
        { rollout: { changeWindow: { start: at(0), end: at(3.001) } } },
        { done: 'b1 b2 b3 b4', notBegun: '', stopped: undefined }
      ],
      [
        'a pause file that is there',
        { pausedAt: 0, rollout: { pauseFile } },
        { done: '', notBegun: 'b1 b2 b3 b4', stopped: `the pause file ${pauseFile} appeared` }
      ],
      [
        'a pause file that appears',
        { pausedAt: 1.5, rollout: { pauseFile } },
        { done: 'b1 b2', notBegun: 'b3 b4', stopped: `the pause file ${pauseFile} appeared` }
      ],
      [
        'the run is cancelled',
        { cancelledAt: 2.5 },
        { done: 'b1 b2 b3', notBegun: 'b4', stopped: 'the run was cancelled' }
      ],
      [
        'a failure',
        { rollout: { stopAfterFailures: 1 }, fates: { b2: { failed: true } } },
        { done: 'b1 b2', notBegun: 'b3 b4', stopped: '1 connection has failed (stopAfterFailures: 1)' }
      ],
      [
        'failures, not in a row',
        { rollout: { stopAfterFailures: 2 }, fates: { b1: { failed: true }, b3: { failed: true } } },
        { done: 'b1 b2 b3', notBegun: 'b4', stopped: '2 connections have failed (stopAfterFailures: 2)' }
      ],
      [
        'failures up to the last connection: there is nothing left to stop',
        { rollout: { stopAfterFailures: 1 }, fates: { b4: { failed: true } } },
        { done: 'b1 b2 b3 b4', notBegun: '', stopped: undefined }
      ]
    ] as ReadonlyArray<[string, Partial<Script>, Awaited<ReturnType<typeof endOf>>]>) {
      it(what, async () => {
        assert.deepStrictEqual(await endOf({ tasks, ...script, rollout: { maxParallel: 1, ...script.rollout } }), end)
      })
    }

    it('those under way come to their end, and may fail beyond the limit', async () => {
      const failing = Object.fromEntries(tasks.map(({ name }, n) => [name, { failed: true, ms: 1000 + n }]))
      assert.deepStrictEqual(
        await endOf({ tasks, rollout: { maxParallel: 3, stopAfterFailures: 1 }, fates: failing }),
        { done: 'b1 b2 b3', notBegun: 'b4', stopped: '1 connection has failed (stopAfterFailures: 1)' }
      )
    })

    const between = { batchSize: 2, pauseBetweenBatches: 50, verify: 'check' }
    for (const [what, script, stopped] of [
      [
        'the window ends',
        { rollout: { changeWindow: { start: at(0), end: at(3.2) } } },
        `the change window ended at ${at(3.2)}`
      ],
      ['the pause file appears', { pausedAt: 3.2, rollout: { pauseFile } }, `the pause file ${pauseFile} appeared`],
      ['the run is cancelled', { cancelledAt: 3.2 }, 'the run was cancelled']
    ] as ReadonlyArray<[string, Partial<Script>, string]>) {
      it(`within a pause, a second later at the latest, and nothing is asked: ${what}`, async () => {
        const { log, sleeps, ...end } = await played({ tasks, ...script, rollout: { ...between, ...script.rollout } })
        assert.deepStrictEqual(
          { log, sleeps, notBegun: end.notBegun, stopped: end.stopped },
          {
            log: ['0 begin b1', '0 begin b2', '1 end b1', '1 end b2'],
            sleeps: [1000, 1000, 1000],
            notBegun: ['b3', 'b4'],
            stopped
          }
        )
      })
    }

    it('a failure too many at the end of a batch: nothing is waited for, nothing is asked', async () => {
      const { sleeps, questions, stopped } = await played({
        tasks,
        rollout: { ...between, stopAfterFailures: 1 },
        fates: { b2: { failed: true } }
      })
      assert.deepStrictEqual([sleeps, questions, stopped], [[], [], '1 connection has failed (stopAfterFailures: 1)'])
    })

    it('a canary that a cancelled run gives up is not blamed', async () => {
      assert.deepStrictEqual(
        await endOf({
          tasks,
          rollout: { canary: 1, verify: 'check' },
          cancelledAt: 1.5,
          fates: { b1: { deployed: false, later: { deployed: false } } }
        }),
        { done: 'b1', notBegun: 'b2 b3 b4', stopped: 'the run was cancelled' }
      )
    })

    it('a verify that a cancelled run gives up said nothing', async () => {
      const { env } = testEnv()
      let isCancelled = false
      const steps: Steps<Placed, string> = {
        each: () => () => () => Promise.resolve(E.right({ result: 'done', failed: false, deployed: true })),
        awaitDeployed: () => () => () => assert.fail('all are deployed')
      }
      const asking: Env = {
        ...env,
        cancelled: () => isCancelled,
        verify: ({ cancelled }) => {
          isCancelled = true
          return Promise.resolve(cancelled() ? E.left('the command was ended') : E.right(undefined))
        }
      }
      const rollout = { batchSize: 2, verify: 'check' }
      const { notBegun, stopped } = await valueOf(roll(stagesOf(tasks, rollout), rollout, steps), asking)
      assert.deepStrictEqual([notBegun.length, stopped], [2, O.some('the run was cancelled')])
    })
  })

  it('an error that is no failure of a connection ends it, after those under way', async () => {
    const clock = fakeClock()
    const { env } = testEnv({}, { clock: { ...clock, advance: () => undefined } })
    const log: Array<string> = []
    const error = refused('a defect')
    const steps: Steps<Placed, string> = {
      each:
        ({ name }) =>
        () =>
        async () => {
          await clock.sleep(name === 'b1' ? 1000 : 2000)
          log.push(name)
          return name === 'b1' ? E.left(error) : E.right({ result: name, failed: false, deployed: true })
        },
      awaitDeployed: () => () => () => assert.fail('all are deployed')
    }
    const ended = errorOf(roll(stagesOf(named(4), { batchSize: 3 }), { maxParallel: 2 }, steps), env)
    await clock.pass(10_000)
    assert.deepStrictEqual([await ended, log], [error, ['b1', 'b2']])
  })

  it('10,000 connections in one stage: each is looked at once', async () => {
    const tasks = Array.from({ length: 10_000 }, (_, n) => ({ ...place(`branch-${n + 1}`), sbcId: (n % 7) + 1 }))
    let [looks, lines, atOnce, most] = [0, 0, 0, 0]
    const env: Env = {
      ...testEnv().env,
      fileExists: () => {
        looks += 1
        return Promise.resolve(false)
      },
      progress: () => {
        lines += 1
        return () => undefined
      }
    }
    const steps: Steps<Placed, string> = {
      each:
        ({ name }) =>
        () =>
        async () => {
          atOnce += 1
          most = Math.max(most, atOnce)
          await Promise.resolve()
          atOnce -= 1
          return E.right({ result: name, failed: false, deployed: true })
        },
      awaitDeployed: () => () => () => assert.fail('all are deployed')
    }
    const stages = stagesOf(tasks, {})
    const { done, notBegun, stopped } = await valueOf(roll(stages, { pauseFile }, steps), env)
    assert.deepStrictEqual(
      { results: done.map(([, result]) => result), notBegun, stopped, most, lines, fewLooks: looks <= 10_019 },
      {
        results: stages.flatMap((stage) => stage.tasks.map(({ name }) => name)),
        notBegun: [],
        stopped: O.none,
        most: 20,
        lines: 10_001,
        fewLooks: true
      }
    )
  })
})
