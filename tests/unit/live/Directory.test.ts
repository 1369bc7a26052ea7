import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import type { Site } from '../../../provider/Env'
import { type ProviderError, refused } from '../../../provider/Errors'
import { directory } from '../../../provider/live/Directory'
import { check } from '../../support/property'
import { settled } from './clock'

type Answer = E.Either<ProviderError, ReadonlyArray<Site>>

const site = (id: string, name = `name of ${id}`): Site => ({ id, name })
const broken: Answer = E.left(refused('The read failed'))

/** A directory on a fake clock whose reads end when the test says so. */
const library = () => {
  let time = 1000
  const reads: Array<(answer: Answer) => void> = []
  const cache = directory(() => time)
  return {
    cache,
    /** Reads that have begun so far. */
    begun: () => reads.length,
    at: (ms: number): void => {
      time = ms
    },
    get: (customer = 'c', since = 0): Promise<Answer> =>
      cache.get(customer, since, () => new Promise((resolve) => reads.push(resolve)))(),
    answer: async (read: number, answer: Answer): Promise<void> => {
      reads[read]?.(answer)
      await settled()
    }
  }
}

describe('Directory', () => {
  it('asks once for all that ask, at the same time and after', async () => {
    const { get, answer, begun } = library()
    const asked = [get(), get(), get()]
    await answer(0, E.right([site('a')]))
    asked.push(get())
    assert.deepStrictEqual(await Promise.all(asked), Array(4).fill(E.right([site('a')])))
    assert.strictEqual(begun(), 1)
  })

  it('asks for each customer', async () => {
    const { get, answer, begun } = library()
    const asked = [get('c'), get('d')]
    await answer(0, E.right([site('a')]))
    await answer(1, E.right([site('b')]))
    assert.deepStrictEqual([await Promise.all(asked), begun()], [[E.right([site('a')]), E.right([site('b')])], 2])
  })

  it('asks nobody before somebody asks it', () => {
    const { cache, begun } = library()
    cache.get('c', 0, () => Promise.resolve(broken))
    assert.strictEqual(begun(), 0)
  })

  it('forgets a read that failed, after telling all that wait for it', async () => {
    const { get, answer, begun } = library()
    const asked = [get(), get()]
    await answer(0, broken)
    assert.deepStrictEqual(await Promise.all(asked), [broken, broken])
    const again = get()
    await answer(1, E.right([site('a')]))
    assert.deepStrictEqual([await again, begun()], [E.right([site('a')]), 2])
  })

  it('keeps a fresh read when an older one fails after it', async () => {
    const { get, answer, at, begun } = library()
    const old = get()
    at(2000)
    const fresh = get('c', 2000)
    await answer(1, E.right([site('a')]))
    await answer(0, broken)
    assert.deepStrictEqual(
      [await old, await fresh, await get(), begun()],
      [broken, E.right([site('a')]), E.right([site('a')]), 2]
    )
  })

  it('reads again when the last read began too early, and shares that one', async () => {
    const { get, answer, at, begun } = library()
    const first = get()
    await answer(0, E.right([site('a')]))
    at(2000)
    const fresh = [get('c', 1001), get('c', 2000), get()]
    assert.strictEqual(begun(), 2)
    await answer(1, E.right([site('b')]))
    assert.deepStrictEqual(
      [await first, ...(await Promise.all(fresh))],
      [E.right([site('a')]), ...Array<Answer>(3).fill(E.right([site('b')]))]
    )
  })

  it('takes a read that began at that very time', async () => {
    const { get, answer, begun } = library()
    const first = get('c', 1000)
    await answer(0, E.right([]))
    assert.deepStrictEqual([await first, await get('c', 1000), begun()], [E.right([]), E.right([]), 1])
  })

  it('takes a read that is under way for one that began when it began', () => {
    const { get, at, begun } = library()
    void get()
    at(1500)
    void get('c', 1000)
    assert.strictEqual(begun(), 1)
    void get('c', 1001)
    assert.strictEqual(begun(), 2)
  })

  it('knows own writes after a read', async () => {
    const { get, cache, answer, begun } = library()
    const first = get()
    await answer(0, E.right([site('a'), site('b')]))
    await first
    cache.put('c', site('n'))
    cache.put('c', site('b', 'renamed'))
    cache.drop('c', 'a')
    cache.drop('c', 'not there')
    cache.put('d', site('x'))
    assert.deepStrictEqual([await get(), begun()], [E.right([site('b', 'renamed'), site('n')]), 1])
  })

  it('applies own writes to a read that is under way, whether it has seen them or not', async () => {
    for (const seen of [[site('a')], [site('n'), site('z')]]) {
      const { get, cache, answer } = library()
      const asked = get()
      cache.put('c', site('n'))
      cache.drop('c', 'a')
      cache.put('c', site('m'))
      cache.drop('c', 'm')
      await answer(0, E.right(seen))
      const expected = E.right(seen.length === 1 ? [site('n')] : [site('n'), site('z')])
      assert.deepStrictEqual([await asked, await get()], [expected, expected])
    }
  })

  it('does not apply writes of before a read to it', async () => {
    const { get, cache, answer, at } = library()
    cache.put('c', site('n'))
    const first = get()
    await answer(0, E.right([site('a')]))
    cache.put('c', site('m'))
    at(2000)
    const fresh = get('c', 2000)
    await answer(1, E.right([site('z')]))
    assert.deepStrictEqual([await first, await fresh], [E.right([site('a')]), E.right([site('z')])])
  })

  it('does not let a later write change a list that was given', async () => {
    const { get, cache, answer } = library()
    const asked = get()
    await answer(0, E.right([site('a')]))
    const list = await asked
    cache.put('c', site('n'))
    assert.deepStrictEqual([list, await get()], [E.right([site('a')]), E.right([site('a'), site('n')])])
  })

  it('any writes leave what they would leave in a plain list', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const write = fc.tuple(fc.constantFrom('put', 'drop'), id, fc.string())
    await check(
      fc.asyncProperty(fc.uniqueArray(id), fc.array(write), fc.array(write), async (ids, during, after) => {
        const { get, cache, answer } = library()
        const expected = new Map<string, Site>(ids.map((each) => [each, site(each)]))
        const apply = ([kind, each, name]: readonly [string, string, string]): void => {
          if (kind === 'put') {
            cache.put('c', site(each, name))
            expected.set(each, site(each, name))
          } else {
            cache.drop('c', each)
            expected.delete(each)
          }
        }
        const asked = get()
        during.forEach(apply)
        await answer(0, E.right(ids.map((each) => site(each))))
        await asked
        after.forEach(apply)
        const list = await get()
        const byId = (sites: ReadonlyArray<Site>) => [...sites].sort((a, b) => a.id.localeCompare(b.id))
        assert.deepStrictEqual(E.isRight(list) ? byId(list.right) : list, byId([...expected.values()]))
      })
    )
  })
})
