import { type Panel, svgOf } from '../Plot'
import { type Cell, type Life, livesOf, requestsInWords } from './Cell'
import { type Role, roles } from './Roles'
import { inputsInWords } from './Sites'
import { type Way, operationInWords, operations, parallel, wayInWords, ways } from './Way'

/** The comparison of the ways, for docs/benchmarks.md and its plot. */

const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

const table = (head: readonly string[], texts: number, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [row(head), row(head.map((_, n) => (n < texts ? '---' : '---:'))), ...rows.map(row)].join('\n')

const grouped = (value: number): string => value.toLocaleString('en-US')

const sorted = (lives: readonly Life[]): readonly Life[] =>
  [...lives].sort((a, b) => a.latency - b.latency || a.count - b.count || ways.indexOf(a.way) - ways.indexOf(b.way))

const named = ({ way, count, latency }: Life): readonly string[] => [wayInWords[way], grouped(count), String(latency)]

const names = ['way', 'connections', 'latency, ms']

const seconds = (lives: readonly Life[]): string =>
  table(
    [...names, ...operations.map((operation) => `${operationInWords[operation]}, s`)],
    1,
    lives.map((life) => [...named(life), ...operations.map((operation) => life.cells[operation].seconds.toFixed(1))])
  )

/** A process that lived too short to be seen has no number. */
const highest = ({ cells }: Life, role: Role): string => {
  const most = Math.max(...Object.values(cells).map(({ usage }) => usage[role].megabytes))
  return most === 0 ? '–' : most.toFixed(0)
}

const sizes = (lives: readonly Life[]): string =>
  table(
    [...names, ...roles.map((role) => `${role}, MB`), 'state, kB', 'bytes a connection'],
    1,
    lives.map((life) => {
      const { stateBytes } = life.cells.create
      return [
        ...named(life),
        ...roles.map((role) => highest(life, role)),
        grouped(Math.round(stateBytes / 1000)),
        grouped(Math.round(stateBytes / life.count))
      ]
    })
  )

const requests = (lives: readonly Life[]): string =>
  table(
    [...names.slice(0, 2), ...operations.map((operation) => operationInWords[operation])],
    1,
    lives.map((life) => [
      ...named(life).slice(0, 2),
      ...operations.map((operation) => requestsInWords(life.cells[operation].requests))
    ])
  )

/** Of each way the largest life without latency. */
const largestOf = (lives: readonly Life[]): readonly Life[] =>
  ways.flatMap((way) => lives.filter((life) => life.way === way && life.latency === 0).slice(-1))

export const markdownOf = (cells: readonly Cell[], skipped: readonly string[]): string => {
  const lives = sorted(livesOf(cells))
  return `## Ways to manage many connections

![Seconds by number of connections, one panel an operation](benchmarks.svg)

The same connections by ${wayInWords.separate}, by one ${wayInWords.fleet} in each of the two hosts, by a dynamic provider as the tutorials write it
(\`tests/bench/programs/textbook.ts\`), and by Terraform with \`Mastercard/restapi\`, built from source by
\`engine/make-terraform.sh\` (\`tests/bench/programs/main.tf\`). Declared are ${inputsInWords}.

All against the same simulator, a process of its own, over real HTTP, without client-side limits; ${parallel} operations at a
time each (\`--parallel ${parallel}\`, \`rollout.maxParallel: ${parallel}\`, \`-parallelism=${parallel}\`), state in a file on the local disk, checkpoints of the
engine as usual. Programs are plain JavaScript: TypeScript would add about a second a run. Pulumi runs with
\`--skip-preview\`; its no-op is \`up\`, that of Terraform \`plan\`, which reads every object. A textbook provider looks for nothing before it creates, and
Terraform reads nothing after.${skipped.map((line) => `\n\n**${line}.**`).join('')}

${seconds(lives)}

Memory is resident memory at its highest, over all five operations: \`engine\` is \`pulumi\` or \`terraform\`, \`provider\` the process of the provider, \`program\`
the process of the user's program. State is the file after the creation, as the engine writes it.

${sizes(lives)}

Requests, of the largest comparison of each way:

${requests(largestOf(lives))}
`
}

export const plotOf = (cells: readonly Cell[]): string => {
  const lives = sorted(livesOf(cells)).filter(({ latency }) => latency === 0)
  const line = (way: Way, operation: (typeof operations)[number]): Panel['lines'][number] => ({
    name: wayInWords[way].replace(/`/g, ''),
    points: lives
      .filter((life) => life.way === way)
      .map(({ count, cells: own }) => [count, own[operation].seconds] as const)
  })
  return svgOf({
    title: 'Time by number of connections, no latency of the platform',
    xTitle: 'connections',
    yTitle: 'seconds',
    panels: operations.map((operation) => ({
      title: operationInWords[operation],
      lines: ways.map((way) => line(way, operation))
    }))
  })
}
