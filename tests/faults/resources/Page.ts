import { type Operation, operations } from '../FaultList'
import { cell, formatted, secondTitle, shortened, writes } from '../Page'
import type { Sequel } from '../Victims'
import { type ResourceFault, type ResourceFaultName, faultsOf } from './Faults'
import type { Ending, Seen } from './Trial'
import { type MatrixResource, type Victim, victims } from './Victims'

/** The second part of the page: the resources beside the connection. */

/** What was seen during one operation of a resource. */
export type ResourceStage = (fault: ResourceFaultName, sequel: Sequel) => Seen

const introduction = `${secondTitle}

The same for the resources beside the connection, each alone, with the engine's decisions made by a model of it in the process of the tests; times, limits and further tries are those above.
The fault strikes the request that does the work:

- **SipConnectionFleet**: those of its connections, of which it has one here; the messages are those of the connection.
- **HostedEssentialsService**: \`POST\` of a create (a \`PATCH\` with the license follows), \`PATCH\` of an update, \`GET\` of the details, \`DELETE\`.
- **OperatorConnectService**: \`POST\` of a create, \`POST\` of the license upgrade for an update, \`GET\` of the details, \`DELETE\`. Its creation and its upgrade are tasks.
- **DialPlan**: \`PATCH\` of a create, an update and a delete, \`GET\` of a read. Rules of others stand in the same plan, and stay.
- **NumbersGuard**: the list of numbers, when a connection is taken out and when the guard is deleted; it sends nothing else.

**after** tells what the platform holds: what it held before, what is declared, or something between (a new service without its license). After each row platform and state hold exactly what is declared, and a
preview is empty.
`

const titles: Readonly<Record<Operation, string>> = {
  create: 'create',
  update: 'update',
  read: 'read',
  delete: 'delete'
}

const after = ({ ends, state, holds }: Ending, operation: Operation): string =>
  [
    ends,
    ...(operation === 'read' ? [] : [`platform: ${holds}`]),
    `state: ${state === 'none' ? 'nothing' : state}`
  ].join('; ')

const same = (a: Seen, b: Seen): boolean => a.then === b.then && JSON.stringify(a.ending) === JSON.stringify(b.ending)

const once = (first: Seen, lasting: Seen): string =>
  same(first, lasting) ? 'as lasting' : `${first.ending.ends} (${first.ending.sent})`

const row = ({ name, strikes }: ResourceFault, operation: Operation, seen: ResourceStage): string => {
  const lasting = seen(name, 'up')
  const columns = [
    name,
    strikes.includes('once') ? once(seen(name, 'again'), lasting) : '',
    lasting.ending.sent === '' ? 'nothing' : lasting.ending.sent,
    after(lasting.ending, operation),
    shortened(lasting.ending.says),
    writes(lasting.then),
    writes(seen(name, 'refresh').then),
    writes(seen(name, 'destroy').then)
  ]
  return `| ${columns.map(cell).join(' | ')} |`
}

const section = (victim: Victim, operation: Operation, seen: ResourceStage | undefined): string => {
  const title = `### ${victim.title}: ${titles[operation]}`
  if (victim.work[operation] === undefined)
    return `${title}\n\nSends nothing, so that none of the faults concerns it.\n`
  if (seen === undefined) throw new Error(`nothing was seen of ${title}`)
  return `${title}

| fault | struck once | sent | after | message | then \`up\` | then \`refresh\`, \`up\` | then \`destroy\` |
| --- | --- | --- | --- | --- | --- | --- | --- |
${faultsOf(victim, operation)
  .map((fault) => row(fault, operation, seen))
  .join('\n')}
`
}

/** The part, formatted as everything is here. */
export const otherResources = (
  stage: (name: MatrixResource, operation: Operation) => ResourceStage | undefined
): Promise<string> =>
  formatted(
    [
      introduction,
      ...(Object.keys(victims) as ReadonlyArray<MatrixResource>).flatMap((name) => [
        `## ${victims[name].title}\n`,
        ...operations.map((operation) => section(victims[name], operation, stage(name, operation)))
      ])
    ].join('\n')
  )
