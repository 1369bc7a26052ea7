import { type FaultName, type ListedFault, type Operation, listedFaults, operations } from '../faults/FaultList'
import { counted, requestsByName } from '../faults/Requests'
import { type Subject, declared, subjects } from '../faults/Victims'
import type { Ending } from '../faults/Campaign'
import { stated } from '../faults/Stated'
import { STATIC_TOKEN, type Simulator, manySites, manySitesCustomer, startSimulator } from '../../simulator'
import type { JsonObject } from '../support/Json'
import * as Engine from './Engine'
import type { Host } from './Host'
import { opened } from './Marks'

/**
 * The faults of the fault matrix on one host, all side by side, so that what one waits for holds up no other: a connection for every operation and
 * every fault of a request. What needs a provider instance or a way of its own (`instance`) is left to the matrix on the real engine.
 */

/** A connection that a fault is for. */
export interface Victim extends Subject {
  readonly operation: Operation
}

/** The fault as the page of the matrix names it. */
export const titleOf = ({ operation, fault, sequel }: Victim): string =>
  `${operation}: ${fault}, ${sequel === 'again' ? 'once' : 'lasting'}`

export const victims: readonly Victim[] = operations
  .flatMap((operation) =>
    subjects
      .filter(({ instance, sequel }) => instance === undefined && (sequel === 'again' || sequel === 'up'))
      .map((subject) => ({ ...subject, operation, name: `${operation}-${subject.name}` }))
  )
  .map((victim, index) => ({ ...victim, customerGuid: manySitesCustomer(index + 1) }))

/** The names of the faults that are left out. */
export const leftOut: readonly FaultName[] = (listedFaults as readonly ListedFault<FaultName>[])
  .filter(({ instance }) => instance !== undefined)
  .map(({ name }) => name)

/** What must come of it: the same as on the real engine. */
export const expectedOf = ({ operation, fault, sequel }: Victim): Ending => {
  const { once, lasting } = stated[operation][fault]
  return sequel === 'again' && once !== undefined ? once[0] : lasting
}

/** The ending with the stated phrase in place of the message that holds it. */
export const phrased = (ending: Ending, phrase: string): Ending =>
  phrase !== '' && ending.says.includes(phrase) ? { ...ending, says: phrase } : ending

/** As for the matrix on the real engine; seconds. Two requests without an answer, and the pause between them, end well before the operation does. */
const limits = {
  requestTimeout: '3',
  programTimeout: '3',
  operationTimeout: '12',
  pollInterval: '0.1',
  maxRetries: '1',
  requestsPerSecond: '0',
  writesPerSbc: '0'
}

const kind = 'sipConnection'

const argsOf = (victim: Victim, operation: Operation): JsonObject => ({ ...declared(victim, operation) })

type Entries = ReadonlyMap<Victim, Engine.Entry>

/** The connections that are there before. */
const made = async (host: Host): Promise<Entries> => {
  const ends = await Promise.all(
    victims
      .filter(({ operation }) => operation !== 'create')
      .map(async (victim) => {
        const { entry, says } = await Engine.up(host, kind, undefined, argsOf(victim, 'create'))
        if (entry === undefined) throw new Error(says.join('\n'))
        return [victim, entry] as const
      })
  )
  return new Map(ends)
}

const operated = (host: Host, victim: Victim, entry: Engine.Entry | undefined): Promise<Engine.Ended> => {
  const { operation } = victim
  if (entry === undefined || operation === 'create' || operation === 'update')
    return Engine.up(host, kind, entry, argsOf(victim, operation))
  return operation === 'read' ? Engine.refresh(host, kind, entry) : Engine.destroy(host, kind, entry)
}

const arm = (platform: Simulator, victim: Victim, siteGuid: string | undefined): void => {
  for (const rule of victim.rules(victim.operation, { ...victim, siteGuid }, victim.sequel === 'again' ? 1 : 'always'))
    platform.addFault(rule)
}

const noteIds = (ids: Map<string, Set<string>>, platform: Simulator): void => {
  for (const { name, guid } of platform.state().sites) ids.set(name, new Set([...(ids.get(name) ?? []), guid]))
}

/** Without names, ids and addresses. */
const inGeneral = (text: string, { name, customerGuid }: Victim, platform: Simulator): string =>
  text
    .replaceAll(`tsk_${name}`, '<task>')
    .replaceAll(`"${name}"`, '<name>')
    .replaceAll(customerGuid, '<customer>')
    .replace(new RegExp(`${platform.origin}[^\\s,;:)]*`, 'g'), '<address>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<site>')
    .replace(/waited [\d.]+ s/, 'waited <n> s')

const headline = ([first = '']: readonly string[]): string => first.replace(/^\S+ of SIP connection .*? failed: /, '')

const outcomeOf = (entry: Engine.Entry | undefined, ids: ReadonlySet<string>): string => {
  if (entry === undefined) return 'none'
  if (!ids.has(entry.id)) return 'another id'
  return (opened(entry.outputs)['lastOperation'] as { readonly outcome: string }).outcome
}

/** Every operation under every fault: how it ended, in the order of the victims. */
export const endingsOn = async (host: Host): Promise<readonly Ending[]> => {
  const platform = await startSimulator({ state: manySites(victims.length, 0) })
  try {
    await host.configure({ ...limits, baseUrl: platform.url, accessToken: STATIC_TOKEN })
    const entries = await made(host)
    await host.notices()
    platform.clearRequests()
    const ids = new Map<string, Set<string>>()
    noteIds(ids, platform)
    for (const victim of victims) arm(platform, victim, entries.get(victim)?.id)
    const ends = await Promise.all(victims.map((victim) => operated(host, victim, entries.get(victim))))
    noteIds(ids, platform)
    const notices = (await host.notices()).filter((line) => !line.startsWith('Next: '))
    const requests = requestsByName(platform.requests(), ids, victims)
    const { sites } = platform.state()
    return victims.map((victim, index) => {
      const { entry, does, says } = ends[index] as Engine.Ended
      const own = ids.get(victim.name) ?? new Set()
      const marks = [`"${victim.name}"`, victim.customerGuid, ...own]
      const warned = notices.filter((line) => marks.some((mark) => line.includes(mark)))
      return {
        sent: counted(requests.get(victim.name) ?? [], own, victim.operation),
        ends: does === 'failed' ? 'failed' : 'done',
        state: outcomeOf(entry, own),
        sites: sites.filter(({ name }) => name === victim.name).length,
        says: inGeneral(does === 'failed' ? headline(says) : warned.join(' '), victim, platform)
      }
    })
  } finally {
    await platform.close()
  }
}
