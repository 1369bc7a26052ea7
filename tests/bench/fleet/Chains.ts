import type { LoggedRequest } from '../../../simulator'

/** A request of a chain; `{site}` in its path is the site id that an answer before it in the chain has told. */
export interface Link {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** Requests one after the other. */
export type Chain = readonly Link[]

type Sent = Pick<LoggedRequest, 'method' | 'path' | 'query' | 'body'>

const ofSite = /\/sitelocation\/[0-9a-f-]{36}$/

/**
 * The requests that made connections, ordered so that somebody else can send the same: first all that is asked before, then for each
 * connection its `POST` and what is read of it after.
 *
 * @throws Error when not every connection is read as often
 */
export const chainsOf = (requests: readonly Sent[]): { readonly before: Chain; readonly each: readonly Chain[] } => {
  const link = ({ method, path, query, body }: Sent): Link => ({
    method,
    path: path.replace(ofSite, '/sitelocation/{site}') + (query === '' ? '' : `?${query}`),
    body
  })
  const made = requests.filter(({ method }) => method === 'POST')
  const ofSites = requests.filter(({ method, path }) => method === 'GET' && ofSite.test(path))
  const before = requests.filter((request) => !made.includes(request) && !ofSites.includes(request))
  const reads = ofSites.length / made.length
  const [read] = ofSites
  if (!Number.isInteger(reads)) throw new Error(`${made.length} connections were read ${ofSites.length} times`)
  return {
    before: before.map(link),
    each: made.map((post) => [link(post), ...Array.from({ length: reads }, () => link(read ?? post))])
  }
}
