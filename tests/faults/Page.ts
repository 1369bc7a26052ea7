import * as fs from 'node:fs'
import * as path from 'node:path'
import * as prettier from 'prettier'
import { repositoryRoot } from '../support/repository'
import type { Ending, Seen, Stage } from './Campaign'
import { listedFaults, type ListedFault, type Operation, operations } from './FaultList'

/** The page of the documentation, written from what was seen. */

export const pageFile = path.join(repositoryRoot, 'docs', 'fault-matrix.md')

const introduction = `# What happens when something goes wrong

Every operation of a \`SipConnection\` under every fault, on the real Pulumi engine with the simulator of this repository as the platform. Written by
the test suite from what it has seen: \`UPDATE_DOCS=1 node scripts/test.mjs faults\`; without the variable the suite fails when this page is out
of date.

The fault strikes the request that does the work: \`POST\` of a create, \`PATCH\` of an update, \`GET\` of a refresh, \`DELETE\` of a delete; a
refused connection and a wrong base URL strike all requests. The runs allow one further try (\`maxRetries: 1\`), 3 s for a request and 10 s for
an operation. After each row the platform holds exactly one connection with the declared values (after a delete: none), and a preview is
empty.

- **struck once**: how the run ends by itself when only the first request is struck; \`as lasting\`: in the same way, since
  that request is not sent again.
- **sent**: the writes (of a read the \`GET\`) while the fault lasts. × 2: repeated; × many: repeated until the time is over.
- **after**: how the run ends, whether the connection is on the platform, and what the state holds: nothing, or the connection with the
  outcome of its last write. \`failed\` and \`unknown\` make the next \`up\` send everything again.
- **then**: what Pulumi reports, and the writes, when the fault is over. \`refresh\` is followed by \`up\`.
`

const titles: Readonly<Record<Operation, string>> = {
  create: 'Create',
  update: 'Update',
  read: 'Read (`pulumi refresh`)',
  delete: 'Delete'
}

export const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/<(\w+)>/g, '[$1]')

/** The first sentence. */
export const shortened = (text: string): string => (text.split(/(?<=[.;]) |: check /)[0] ?? '').replace(/[.;]$/, '')

/** Without the reads, which change nothing. */
export const writes = (then: string): string =>
  then
    .replace(
      /: (?!up:)((?:[A-Z]{3,6}(?: details| task| list| lead| numbers| upgrade)?(?:, )?)+)/g,
      (_, requests: string) => {
        const kept = requests.split(', ').filter((request) => !request.startsWith('GET'))
        return kept.length === 0 ? '' : ` (${kept.join(', ')})`
      }
    )
    .replace(/; /g, ', ')

const after = ({ ends, state, sites }: Ending): string =>
  `${ends}; ${sites === 1 ? 'exists' : 'does not exist'}; state: ${state === 'none' ? 'nothing' : state}`

const same = (a: Seen, b: Seen): boolean => a.then === b.then && JSON.stringify(a.ending) === JSON.stringify(b.ending)

const once = (first: Seen, lasting: Seen): string =>
  same(first, lasting) ? 'as lasting' : `${first.ending.ends} (${first.ending.sent})`

const row = (fault: ListedFault, { seen }: Stage): string => {
  const lasting = seen(fault.name, 'up')
  const columns = [
    fault.name,
    fault.strikes.includes('once') ? once(seen(fault.name, 'again'), lasting) : '',
    lasting.ending.sent === '' ? 'nothing' : lasting.ending.sent,
    after(lasting.ending),
    shortened(lasting.ending.says),
    writes(lasting.then),
    writes(seen(fault.name, 'refresh').then),
    writes(seen(fault.name, 'destroy').then)
  ]
  return `| ${columns.map(cell).join(' | ')} |`
}

const section = (operation: Operation, stage: Stage): string => `## ${titles[operation]}

| fault | struck once | sent | after | message | then \`up\` | then \`refresh\`, \`up\` | then \`destroy\` |
| --- | --- | --- | --- | --- | --- | --- | --- |
${listedFaults.map((fault) => row(fault, stage)).join('\n')}
`

/** Text of the page, formatted as everything is here. */
export const formatted = async (text: string): Promise<string> =>
  prettier.format(text, { ...(await prettier.resolveConfig(pageFile)), filepath: pageFile })

/** The part of the page about connections. */
export const pageOf = async (stages: Readonly<Record<Operation, Stage>>): Promise<string> =>
  formatted([introduction, ...operations.map((operation) => section(operation, stages[operation]))].join('\n'))

/** Each part of the page is written by its own tests: `resources` is about all but the connection. */
export type Part = 'connections' | 'resources'

/** What the second part begins with. */
export const secondTitle = '# The other resources'

const parts = (): Readonly<Record<Part, string>> => {
  const page = fs.existsSync(pageFile) ? fs.readFileSync(pageFile, 'utf8') : ''
  const second = page.indexOf(`\n${secondTitle}\n`)
  return second === -1
    ? { connections: page, resources: '' }
    : { connections: page.slice(0, second), resources: page.slice(second + 1) }
}

/** A part as it is on the page. */
export const part = (name: Part): string => parts()[name]

export const writePart = (name: Part, text: string): void => {
  const now = parts()
  const [connections, resources] = name === 'connections' ? [text, now.resources] : [now.connections, text]
  fs.writeFileSync(pageFile, `${connections}\n${resources}`)
}
