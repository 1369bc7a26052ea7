/** A line of points with a marker of its own shape, so that colour is not all that tells the lines apart. */
export interface Line {
  readonly name: string
  readonly points: ReadonlyArray<readonly [x: number, y: number]>
}

/** Lines over the same axes as all the other panels. */
export interface Panel {
  readonly title: string
  readonly lines: readonly Line[]
}

export interface Plot {
  readonly title: string
  readonly xTitle: string
  readonly yTitle: string
  readonly panels: readonly Panel[]
}

/** Seen on white as well as on black. */
const ink = '#6e7781'
const colours = ['#2f81f7', '#d9730d', '#a371f7', '#2da44e', '#db61a2'] as const

const columns = 3
const width = 320
const height = 240
const margin = { left: 52, right: 26, top: 36, bottom: 42 }
const header = 34

/** The powers of ten around all values; at least one decade. */
export const decades = (values: readonly number[]): readonly [low: number, high: number] => {
  const logs = values.filter((value) => value > 0).map(Math.log10)
  const low = Math.floor(Math.min(...logs))
  return [low, Math.max(low + 1, Math.ceil(Math.max(...logs)))]
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const tenths = (value: number): string => String(Math.round(value * 10) / 10)

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${tenths(x)}" y="${tenths(y)}" ${more}>${escaped(words)}</text>`

/** 0.1, 1, 10, 1,000. */
const power = (exponent: number): string =>
  exponent < 0 ? (10 ** exponent).toFixed(-exponent) : (10 ** exponent).toLocaleString('en-US')

const markers: ReadonlyArray<(x: string, y: string) => string> = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="4"/>`,
  (x, y) => `<path d="M${x} ${y}m-4 -4h8v8h-8z"/>`,
  (x, y) => `<path d="M${x} ${y}m0 -5l5 9h-10z"/>`,
  (x, y) => `<path d="M${x} ${y}m0 -5l5 5l-5 5l-5 -5z"/>`,
  (x, y) => `<path d="M${x} ${y}m0 5l5 -9h-10z"/>`
]

const style = (index: number): { readonly colour: string; readonly marker: (x: string, y: string) => string } => ({
  colour: colours[index % colours.length] ?? ink,
  marker: markers[index % markers.length] ?? (() => '')
})

interface Axis {
  readonly from: number
  readonly to: number
  readonly place: (value: number) => number
}

const axis = (values: readonly number[], start: number, end: number): Axis => {
  const [from, to] = decades(values)
  return { from, to, place: (value) => start + ((Math.log10(value) - from) / (to - from)) * (end - start) }
}

const ticks = ({ from, to }: Axis): readonly number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n)

const grid = (x: Axis, y: Axis): string => {
  const [left, right] = [x.place(10 ** x.from), x.place(10 ** x.to)]
  const [bottom, top] = [y.place(10 ** y.from), y.place(10 ** y.to)]
  const rule = (x1: number, y1: number, x2: number, y2: number): string =>
    `<path d="M${tenths(x1)} ${tenths(y1)}L${tenths(x2)} ${tenths(y2)}" stroke="${ink}" stroke-opacity="0.35"/>`
  return [
    ...ticks(x).flatMap((exponent) => {
      const at = x.place(10 ** exponent)
      return [rule(at, bottom, at, top), text(at, bottom + 16, power(exponent), 'text-anchor="middle"')]
    }),
    ...ticks(y).flatMap((exponent) => {
      const at = y.place(10 ** exponent)
      return [rule(left, at, right, at), text(left - 7, at + 4, power(exponent), 'text-anchor="end"')]
    })
  ].join('\n')
}

const drawn = ({ points }: Line, x: Axis, y: Axis, index: number): string => {
  const { colour, marker } = style(index)
  const places = points.map(([each, value]) => [tenths(x.place(each)), tenths(y.place(value))] as const)
  return [
    `<g fill="${colour}" stroke="${colour}">`,
    `<path d="M${places.map((place) => place.join(' ')).join('L')}" fill="none" stroke-width="2"/>`,
    ...places.map((place) => marker(...place)),
    '</g>'
  ].join('\n')
}

const legend = (names: readonly string[], left: number, top: number): string =>
  names
    .map((name, index) => {
      const { colour, marker } = style(index)
      const y = top + 26 * index
      return `<g fill="${colour}" stroke="${colour}"><path d="M${left} ${y}h34" stroke-width="2"/>${marker(String(left + 17), String(y))}</g>\n${text(left + 46, y + 4, name)}`
    })
    .join('\n')

/**
 * Panels of lines over logarithmic axes, which all panels share, as an SVG without a background: legible on a light page and on a
 * dark one. A line of the same place in its panel has the same colour and marker in all of them.
 */
export const svgOf = ({ title, xTitle, yTitle, panels }: Plot): string => {
  const points = panels.flatMap(({ lines }) => lines.flatMap((line) => line.points))
  const x = axis(
    points.map(([each]) => each),
    margin.left,
    width - margin.right
  )
  const y = axis(
    points.map(([, value]) => value),
    height - margin.bottom,
    margin.top
  )
  const names = panels[0]?.lines.map(({ name }) => name) ?? []
  // The legend takes the place after the last panel.
  const rows = Math.ceil((panels.length + 1) / columns)
  const place = (index: number): readonly [number, number] => [
    width * (index % columns),
    header + height * Math.floor(index / columns)
  ]
  const cells = panels.map((panel, index) => {
    const [left, top] = place(index)
    return [
      `<g transform="translate(${left} ${top})">`,
      text((margin.left + width - margin.right) / 2, 22, panel.title, 'text-anchor="middle" font-weight="bold"'),
      grid(x, y),
      ...panel.lines.map((line, at) => (line.points.length === 0 ? '' : drawn(line, x, y, at))),
      text((margin.left + width - margin.right) / 2, height - 8, xTitle, 'text-anchor="middle"'),
      text(
        0,
        0,
        yTitle,
        `text-anchor="middle" transform="translate(13 ${(height - margin.bottom + margin.top) / 2}) rotate(-90)"`
      ),
      '</g>'
    ].join('\n')
  })
  const [left, top] = place(panels.length)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * columns} ${header + height * rows}" font-family="sans-serif" font-size="12" fill="${ink}" role="img">
<title>${escaped(title)}</title>
${text((width * columns) / 2, 20, title, 'text-anchor="middle" font-size="15" font-weight="bold"')}
${cells.join('\n')}
${legend(names, left + margin.left, top + 60)}
</svg>
`
}
