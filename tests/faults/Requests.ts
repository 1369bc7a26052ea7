import type { LoggedRequest } from '../../simulator'
import { type Operation, methodOf } from './FaultList'
import type { Subject } from './Victims'

/** The ids that a connection has, or had, by its name. */
export type Ids = ReadonlyMap<string, ReadonlySet<string>>

const siteIn = (path: string): string | undefined => /\/sitelocation\/([0-9a-f-]{36})$/.exec(path)?.[1]
const customerIn = (path: string): string | undefined => /\/customer\/([0-9a-f-]{36})/.exec(path)?.[1]

const correlationOf = ({ headers }: LoggedRequest): string => headers['x-correlation-id'] ?? ''

/** Sorts requests by the connection that they are about: those of one operation carry the same correlation id. */
export const requestsByName = (
  requests: readonly LoggedRequest[],
  ids: Ids,
  subjects: readonly Subject[]
): ReadonlyMap<string, readonly LoggedRequest[]> => {
  const owners = new Map<string | undefined, string>([
    ...subjects.map(({ customerGuid, name }) => [customerGuid, name] as const),
    ...[...ids].flatMap(([name, guids]) => [...guids].map((guid) => [guid, name] as const))
  ])
  const correlated = new Map<string, string>()
  for (const request of requests) {
    const owner = owners.get(customerIn(request.path)) ?? owners.get(siteIn(request.path))
    if (owner !== undefined) correlated.set(correlationOf(request), owner)
  }
  const sorted = new Map<string, LoggedRequest[]>()
  for (const request of requests) {
    const owner = correlated.get(correlationOf(request)) ?? 'nobody'
    sorted.set(owner, [...(sorted.get(owner) ?? []), request])
  }
  return sorted
}

const kindOf = ({ method, path }: LoggedRequest, own: ReadonlySet<string>): string => {
  const guid = siteIn(path)
  if (guid !== undefined) return own.has(guid) ? method : `${method} of another site`
  if (path.includes('/task/')) return `${method} task`
  return path.includes('/sitelocation') ? method : `${method} details`
}

/** The requests in short and in their order: `GET details, POST, GET`. Several of a kind in a row are one. */
export const inShort = (requests: readonly LoggedRequest[], own: ReadonlySet<string>): string =>
  requests
    .map((request) => kindOf(request, own))
    .filter((kind, index, all) => kind !== all[index - 1])
    .join(', ')

/** More of a kind than this are as many as fit into the time that there is. */
const countable = 2

/** What counts under a fault, with how often it was sent: the writes, and of a read its `GET`. */
export const counted = (requests: readonly LoggedRequest[], own: ReadonlySet<string>, operation: Operation): string => {
  const kinds = requests
    .map((request) => kindOf(request, own))
    .filter((kind) => !kind.startsWith('GET') || kind === methodOf[operation])
  return [...new Set(kinds)]
    .map((kind) => {
      const times = kinds.filter((each) => each === kind).length
      return times === 1 ? kind : `${kind} × ${times > countable ? 'many' : times}`
    })
    .join(', ')
}
