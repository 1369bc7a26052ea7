import * as assert from 'node:assert'
import { decades, svgOf } from '../../bench/Plot'

describe('the plot of the benchmarks', () => {
  const plot = {
    title: 'Time & number',
    xTitle: 'connections',
    yTitle: 'seconds',
    panels: [
      {
        title: 'create',
        lines: [
          {
            name: 'one',
            points: [
              [10, 1],
              [100, 10],
              [1000, 100]
            ] as const
          },
          { name: 'two <b>', points: [] }
        ]
      }
    ]
  }

  it('has axes of whole powers of ten', () => {
    assert.deepStrictEqual(
      [decades([0.3, 20]), decades([10, 1000]), decades([10]), decades([0, 5])],
      [
        [-1, 2],
        [1, 3],
        [1, 2],
        [0, 1]
      ]
    )
  })

  it('puts points where their logarithms say', () => {
    const [, places = ''] = /<path d="M([^"]+)" fill="none"/.exec(svgOf(plot)) ?? []
    const points = places.split('L').map((point) => point.split(' ').map(Number))
    const [[x1, y1], [x2, y2], [x3, y3]] = points as [[number, number], [number, number], [number, number]]
    // Equal factors are equal ways; up is less in SVG.
    assert.deepStrictEqual([x2 - x1, y1 - y2], [x3 - x2, y2 - y3])
    assert.ok(x2 > x1 && y2 < y1)
    const ofTitle = (words: string): number => svgOf(plot).indexOf(`>${words}</text>`)
    assert.ok([...['10', '100', '1,000'], ...['1', '10', '100']].every((tick) => ofTitle(tick) > 0))
  })

  it('is well-formed, names every line, and needs no background', () => {
    const svg = svgOf(plot)
    const open = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)].reduce<readonly string[]>(
      (stack, [, closes, name = '', empty]) => {
        if (empty === '/') return stack
        if (closes !== '/') return [...stack, name]
        assert.strictEqual(stack.at(-1), name)
        return stack.slice(0, -1)
      },
      []
    )
    assert.deepStrictEqual(open, [])
    assert.ok(svg.includes('Time &amp; number') && svg.includes('>two &lt;b&gt;</text>') && svg.includes('>one</text>'))
    assert.ok(!/<rect|NaN|undefined/.test(svg))
  })
})
