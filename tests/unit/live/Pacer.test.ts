import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { pacer } from '../../../provider/live/Pacer'
import { check } from '../../support/property'
import { fakeClock, settled } from './clock'

/** A pacer on a fake clock, and the times at which the turns asked for were taken. */
const paced = (perSecond: number) => {
  const clock = fakeClock()
  const taken: Array<readonly [turn: number, at: number]> = []
  const pace = pacer(perSecond, clock.now, clock.sleep)
  let turns = 0
  const ask = (): void => {
    const turn = ++turns
    void pace.turn().then(() => taken.push([turn, clock.now()]))
  }
  return { clock, taken, ask, holdUntil: pace.holdUntil }
}

describe('Pacer', () => {
  it('spaces turns exactly, in the order in which they were asked for', async () => {
    const { clock, taken, ask } = paced(5)
    for (let turn = 0; turn < 5; turn++) ask()
    await clock.pass(10_000)
    assert.deepStrictEqual(taken, [
      [1, 0],
      [2, 200],
      [3, 400],
      [4, 600],
      [5, 800]
    ])
    assert.deepStrictEqual(clock.slept, [200, 200, 200, 200])
  })

  it('takes no turn before its time', async () => {
    const { clock, taken, ask } = paced(2)
    ask()
    ask()
    await clock.pass(499)
    assert.deepStrictEqual(taken, [[1, 0]])
    await clock.pass(1)
    assert.deepStrictEqual(taken, [
      [1, 0],
      [2, 500]
    ])
  })

  it('does not let a pause be caught up in a burst', async () => {
    const { clock, taken, ask } = paced(5)
    ask()
    await clock.pass(10_000)
    for (let turn = 0; turn < 3; turn++) ask()
    await clock.pass(10_000)
    assert.deepStrictEqual(taken, [
      [1, 0],
      [2, 10_000],
      [3, 10_200],
      [4, 10_400]
    ])
  })

  it('waits for the rest of the interval only', async () => {
    const { clock, taken, ask } = paced(5)
    ask()
    await clock.pass(150)
    ask()
    await clock.pass(1000)
    assert.deepStrictEqual(
      [taken, clock.slept],
      [
        [
          [1, 0],
          [2, 200]
        ],
        [50]
      ]
    )
  })

  it('rounds a pause up, never down', async () => {
    const { clock, taken, ask } = paced(3)
    for (let turn = 0; turn < 3; turn++) ask()
    await clock.pass(10_000)
    assert.deepStrictEqual(
      taken.map(([, at]) => at),
      [0, 334, 668]
    )
  })

  it('sleeps again when it was woken too early, however little is missing', async () => {
    const takenWith = async (longest: number): Promise<ReadonlyArray<number>> => {
      const taken: Array<number> = []
      let time = 0
      const pace = pacer(
        1,
        () => time,
        (ms) => {
          time += Math.min(ms, longest)
          return Promise.resolve()
        }
      )
      for (let turn = 0; turn < 2; turn++) await pace.turn().then(() => taken.push(time))
      return taken
    }
    assert.deepStrictEqual(
      [await takenWith(400), await takenWith(999.5)],
      [
        [0, 1000],
        [0, 1000.5]
      ]
    )
  })

  it('measures from the turn that was really taken', async () => {
    const taken: Array<number> = []
    let time = 0
    // A busy process wakes late.
    const pace = pacer(
      1,
      () => time,
      (ms) => {
        time += ms + 300
        return Promise.resolve()
      }
    )
    for (let turn = 0; turn < 3; turn++) await pace.turn().then(() => taken.push(time))
    assert.deepStrictEqual(taken, [0, 1300, 2600])
  })

  it('0 is no limit', async () => {
    const { clock, taken, ask } = paced(0)
    for (let turn = 0; turn < 3; turn++) ask()
    await settled()
    assert.deepStrictEqual(
      [taken, clock.slept],
      [
        [
          [1, 0],
          [2, 0],
          [3, 0]
        ],
        []
      ]
    )
  })

  for (const perSecond of [0, 5]) {
    it(`lets nobody send while all are held, at ${perSecond} a second, and goes on at that pace`, async () => {
      const { clock, taken, ask, holdUntil } = paced(perSecond)
      const apart = perSecond === 0 ? 0 : 200
      ask()
      await clock.pass(100)
      holdUntil(3000)
      for (let turn = 0; turn < 2; turn++) ask()
      await clock.pass(1000)
      // An earlier end does not shorten what was asked for before.
      holdUntil(2000)
      await clock.pass(10_000)
      assert.deepStrictEqual(taken, [
        [1, 0],
        [2, 3000],
        [3, 3000 + apart]
      ])
    })
  }

  it('a hold that comes while somebody waits for the turn counts too', async () => {
    const { clock, taken, ask, holdUntil } = paced(5)
    ask()
    ask()
    await clock.pass(150)
    holdUntil(1000)
    await clock.pass(10_000)
    assert.deepStrictEqual(taken, [
      [1, 0],
      [2, 1000]
    ])
  })

  it('keeps its distance however turns are asked for', async () => {
    await check(
      fc.asyncProperty(
        fc.double({ min: 0.5, max: 50, noNaN: true }),
        fc.array(fc.nat(3000), { maxLength: 12 }),
        async (perSecond, pauses) => {
          const { clock, taken, ask } = paced(perSecond)
          for (const pause of pauses) {
            ask()
            await clock.pass(pause)
          }
          await clock.pass(1_000_000)
          const times = taken.map(([, at]) => at)
          const apart = times.slice(1).every((at, index) => at - (times[index] ?? 0) >= 1000 / perSecond - 1e-6)
          return apart && taken.every(([turn], index) => turn === index + 1) && taken.length === pauses.length
        }
      ),
      50
    )
  })
})
