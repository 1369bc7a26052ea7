import * as assert from 'node:assert'
import { onceFor, onceForAlike } from '../../../provider/preflight/Once'

describe('What is made once', () => {
  it('for a list is made anew for another one, even an equal one', () => {
    const lists: Array<ReadonlyArray<number>> = []
    const length = onceFor((list: ReadonlyArray<number>) => lists.push(list))
    const [a, b] = [[1], [1]]
    assert.deepStrictEqual([a, a, b, a, b].map(length), [1, 1, 2, 1, 2])
    assert.deepStrictEqual(lists, [a, b])
  })

  it('for all that are alike is made of the first', () => {
    const made: Array<string> = []
    const upper = onceForAlike(
      (text: string) => text.toLowerCase(),
      (text) => {
        made.push(text)
        return undefined
      }
    )
    assert.deepStrictEqual(['a', 'A', 'b', 'a'].map(upper), [undefined, undefined, undefined, undefined])
    assert.deepStrictEqual(made, ['a', 'b'])
  })
})
