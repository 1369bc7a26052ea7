import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { slots } from '../../../provider/live/Slots'
import { check } from '../../support/property'
import { settled } from './clock'

interface Task {
  readonly end: () => void
  readonly fail: () => void
}

/** Tasks that end when the test says so, and a record of what happened. */
const workshop = () => {
  const { hold } = slots()
  const log: Array<string> = []
  const running = new Map<string, Task>()
  const finish = async (name: string, how: keyof Task): Promise<void> => {
    const task = running.get(name)
    running.delete(name)
    log.push(`${how} ${name}`)
    task?.[how]()
    await settled()
  }
  return {
    log,
    start: (key: string, limit: number, name: string): void => {
      const ended = hold(key, limit, async () => {
        log.push(`start ${name}`)
        await new Promise<void>((end, reject) => {
          const fail = (): void => {
            reject(new Error(`broken ${name}`))
          }
          running.set(name, { end, fail })
        })
      })
      ended.catch((error: unknown) => log.push(error instanceof Error ? error.message : 'something else'))
    },
    end: (name: string) => finish(name, 'end'),
    fail: (name: string) => finish(name, 'fail'),
    running: () => [...running.keys()]
  }
}

describe('Slots', () => {
  it('lets one run at a time, the others in their order', async () => {
    const { log, start, end } = workshop()
    for (const name of ['a', 'b', 'c']) start('sbc 1', 1, name)
    await settled()
    assert.deepStrictEqual(log, ['start a'])
    await end('a')
    await end('b')
    await end('c')
    assert.deepStrictEqual(log, ['start a', 'end a', 'start b', 'end b', 'start c', 'end c'])
  })

  it('lets as many run as the limit says', async () => {
    const { running, start, end } = workshop()
    for (const name of ['a', 'b', 'c', 'd']) start('sbc 1', 2, name)
    await settled()
    assert.deepStrictEqual(running(), ['a', 'b'])
    await end('b')
    assert.deepStrictEqual(running(), ['a', 'c'])
    await end('a')
    assert.deepStrictEqual(running(), ['c', 'd'])
  })

  it('counts those that still run when another one has ended', async () => {
    const { running, start, end } = workshop()
    for (const name of ['a', 'b']) start('sbc 1', 2, name)
    await settled()
    await end('a')
    for (const name of ['c', 'd']) start('sbc 1', 2, name)
    await settled()
    assert.deepStrictEqual(running(), ['b', 'c'])
    for (const name of ['b', 'c', 'd']) await end(name)
    for (const name of ['e', 'f', 'g']) start('sbc 1', 2, name)
    await settled()
    assert.deepStrictEqual(running(), ['e', 'f'])
  })

  it('does not let one key wait for another', async () => {
    const { running, start } = workshop()
    start('sbc 1', 1, 'a')
    start('sbc 2', 1, 'b')
    start('sbc 1', 1, 'c')
    await settled()
    assert.deepStrictEqual(running(), ['a', 'b'])
  })

  it('releases the slot of a task that fails, and tells the failure', async () => {
    const { log, start, fail, end } = workshop()
    start('sbc 1', 1, 'a')
    start('sbc 1', 1, 'b')
    await settled()
    await fail('a')
    await end('b')
    start('sbc 1', 1, 'c')
    await settled()
    assert.deepStrictEqual(
      log.filter((line) => line !== 'broken a'),
      ['start a', 'fail a', 'start b', 'end b', 'start c']
    )
    assert.ok(log.includes('broken a'))
  })

  it('releases the slot of a task that throws before it waits', async () => {
    const { hold } = slots()
    const broken = hold('sbc 1', 1, () => {
      throw new Error('at once')
    })
    await assert.rejects(broken, /^Error: at once$/)
    assert.strictEqual(await hold('sbc 1', 1, () => Promise.resolve('next')), 'next')
  })

  it('hands a slot on, so that nobody who comes later slips in', async () => {
    const { log, start, end } = workshop()
    start('sbc 1', 1, 'a')
    start('sbc 1', 1, 'b')
    await settled()
    const ended = end('a')
    start('sbc 1', 1, 'late')
    await ended
    assert.deepStrictEqual(log, ['start a', 'end a', 'start b'])
    await end('b')
    assert.deepStrictEqual(log.slice(3), ['end b', 'start late'])
  })

  it('0 is no limit', async () => {
    const { running, start } = workshop()
    for (const name of ['a', 'b', 'c']) start('sbc 1', 0, name)
    await settled()
    assert.deepStrictEqual(running(), ['a', 'b', 'c'])
  })

  it('gives the result of the task', async () => {
    assert.deepStrictEqual(await slots().hold('k', 1, () => Promise.resolve({ a: 1 })), { a: 1 })
  })

  it('any number of tasks ends, in order, and never more than the limit at a time', async () => {
    const task = fc.record({ key: fc.constantFrom('x', 'y'), turns: fc.nat(3), fails: fc.boolean() })
    await check(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(task, { maxLength: 20 }), async (limit, tasks) => {
        const { hold } = slots()
        const running: Record<string, number> = { x: 0, y: 0 }
        const started: Record<string, Array<number>> = { x: [], y: [] }
        let most = 0
        const results = await Promise.allSettled(
          tasks.map(({ key, turns, fails }, index) =>
            hold(key, limit, async () => {
              started[key]?.push(index)
              running[key] = (running[key] ?? 0) + 1
              most = Math.max(most, running[key])
              for (let turn = 0; turn < turns; turn++) await Promise.resolve()
              running[key] -= 1
              if (fails) throw new Error('broken')
              return index
            })
          )
        )
        const inOrder = Object.values(started).every((list) =>
          list.every((index, at) => at === 0 || (list[at - 1] ?? -1) < index)
        )
        return (
          most <= limit &&
          inOrder &&
          results.every((result, index) => (result.status === 'rejected') === tasks[index]?.fails)
        )
      })
    )
  })
})
