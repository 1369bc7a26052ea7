import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { check, seed } from '../support/property'

const messageOf = (act: () => void): string => {
  try {
    act()
    return 'passed'
  } catch (cause) {
    return (cause as Error).message
  }
}

describe('check', () => {
  it('fails when a property is false or throws, and names the seed', async () => {
    const again = `Run again with FAST_CHECK_SEED=${seed}`
    assert.strictEqual(messageOf(() => check(fc.property(fc.nat(), (n) => n < 0))).endsWith(again), true)
    assert.strictEqual(messageOf(() => check(fc.property(fc.nat(), (n) => assert.ok(n < 0)))).endsWith(again), true)
    await assert.rejects(check(fc.asyncProperty(fc.nat(), (n) => Promise.resolve(n < 0))), (cause: Error) =>
      cause.message.endsWith(again)
    )
  })

  it('passes when it holds, and runs as often as told', async () => {
    let runs = 0
    check(
      fc.property(fc.nat(), () => ++runs > 0),
      7
    )
    await check(
      fc.asyncProperty(fc.nat(), () => Promise.resolve(++runs > 0)),
      5
    )
    assert.strictEqual(runs, 12)
  })

  it('draws the same values in one run', () => {
    const drawn = (): number[] => {
      const values: number[] = []
      check(fc.property(fc.integer(), (n) => values.push(n) > 0))
      return values
    }
    assert.deepStrictEqual(drawn(), drawn())
  })
})
