import * as fs from 'node:fs'
import * as path from 'node:path'
import * as prettier from 'prettier'
import type { Ending } from '../faults/Campaign'
import { operations } from '../faults/FaultList'
import { repositoryRoot } from '../support/repository'
import { differences } from './Differences'
import { leftOut, phrased, expectedOf, victims } from './Matrix'
import { type Run, isAsStated } from './Run'
import type { Scenario } from './Scenario'
import { kinds } from './scenarios'

/** The page of the documentation, written from what was seen. */

export const pageFile = path.join(repositoryRoot, 'docs', 'conformance.md')

/** What was seen on each of the hosts. */
export interface Pair<A> {
  readonly dynamic: A
  readonly plugin: A
}

const introduction = `# Two hosts, one provider

The resources are served by two hosts: Pulumi's dynamic provider, for programs that use the classes of this package, and the plugin
\`pulumi-resource-audiocodes-live\`, for every language. Both hold the same core. This page says what was seen when the same commands were given to both.
It is written by the test suite: \`UPDATE_DOCS=1 node scripts/test.mjs conformance\`; without the variable the suite fails when the page is out of date.

Each host is a process of its own, spoken to as the engine does (gRPC), and each has a simulator of this repository as its platform (HTTP). A
scenario is a row of commands for one resource. After each command these must be equal in both hosts: every request with its body, what was done, every line of
the error or of the refusals, every notice, and the resource in the state with the marks of its secrets; at the end, all that the platform
holds. They must also be what the scenario states, so that two hosts that are wrong in the same way are found. Of the plugin, the detailed diff must name every
changed property and no other.

\`as stated\`: the host did what the scenario states. The reads are left out of this page.
`

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/</g, '&lt;')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** `3 times POST` for so many in a row. */
const counted = (shorts: readonly string[]): readonly string[] => {
  const rows: { readonly short: string; count: number }[] = []
  for (const short of shorts) {
    const last = rows.at(-1)
    if (last?.short === short) last.count += 1
    else rows.push({ short, count: 1 })
  }
  return rows.map(({ short, count }) => (count === 1 ? short : `${count} times ${short}`))
}

/** \`up created; up nothing\`, with what was written. */
const commands = ({ steps }: Run): string =>
  steps
    .filter(({ step, does }) => does !== undefined && step !== 'config')
    .map(({ step, does, sent }) => {
      const writes = sent
        .map(({ short }) => short)
        .filter((short) => !short.startsWith('GET') && short !== 'POST token')
      return `${step} ${does}${writes.length === 0 ? '' : ` (${counted(writes).join(', ')})`}`
    })
    .join('; ')

const verdict = (holds: boolean): string => (holds ? 'as stated' : 'differs')

const scenarioRow = (scenario: Scenario, { dynamic, plugin }: Pair<Run>): readonly string[] => [
  scenario.name,
  commands(dynamic),
  verdict(isAsStated(dynamic, scenario, false)),
  verdict(isAsStated(plugin, scenario, true))
]

const scenarioTable = (seen: ReadonlyMap<Scenario, Pair<Run>>): string =>
  Object.entries(kinds)
    .map(([kind, title]) => {
      const rows = [...seen].filter(([scenario]) => scenario.kind === kind).map(([...each]) => scenarioRow(...each))
      return `## ${title}\n\n${table(['scenario', 'commands, and what was written', 'dynamic', 'plugin'], rows)}\n`
    })
    .join('\n')

const differenceTable = (): string =>
  `## Where they differ by design\n\n${table(
    ['dynamic', 'plugin', 'why'],
    Object.values(differences).map(({ dynamic, plugin, why }) => [dynamic, plugin, why])
  )}\n`

const faultTable = (endings: Pair<readonly Ending[]>): string => {
  const rows = operations.map((operation) => {
    const own = victims.flatMap((victim, index) => (victim.operation === operation ? [{ victim, index }] : []))
    const held = (seen: readonly Ending[]): string => {
      const count = own.filter(({ victim, index }) => {
        const expected = expectedOf(victim)
        const ending = seen[index]
        return ending !== undefined && JSON.stringify(phrased(ending, expected.says)) === JSON.stringify(expected)
      }).length
      return `${count} as stated`
    }
    return [operation, String(own.length), held(endings.dynamic), held(endings.plugin)]
  })
  return `## Faults

The faults of the [fault matrix](fault-matrix.md) that strike a request of a connection, once and lasting, all side by side in one process of each host. The requests, the
end, the outcome in the state, the connections on the platform and the message are those that the matrix shows for the real engine. Left out, since they need
an address or an instance of their own: ${leftOut.map((name) => `"${name}"`).join(', ')}.

${table(['operation', 'faults', 'dynamic', 'plugin'], rows)}
`
}

/** Text of the page, formatted as everything is here. */
export const pageOf = async (
  seen: ReadonlyMap<Scenario, Pair<Run>>,
  endings: Pair<readonly Ending[]>
): Promise<string> =>
  prettier.format([introduction, scenarioTable(seen), differenceTable(), faultTable(endings)].join('\n'), {
    ...(await prettier.resolveConfig(pageFile)),
    filepath: pageFile
  })

export const written = (): string => (fs.existsSync(pageFile) ? fs.readFileSync(pageFile, 'utf8') : '')
