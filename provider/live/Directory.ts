import * as E from 'fp-ts/Either'
import type { DirectoryCache, Site } from '../Env'
import type { ProviderError } from '../Errors'

type Sites = Map<string, Site>
type Edit = (sites: Sites) => void

interface Entry {
  readonly startedAt: number
  readonly result: Promise<E.Either<ProviderError, Sites>>
  /** Own writes while the read was under way: it may or may not have seen them. */
  readonly waiting: Array<Edit>
  /** The outcome, once it is there. */
  sites?: Sites
  /** The same as a list, until the next own write. */
  list?: ReadonlyArray<Site>
}

/** One shared read a customer. A read that fails is forgotten, so that the next one asks again. */
export const directory = (now: () => number): DirectoryCache => {
  const entries = new Map<string, Entry>()

  const edit = (customerGuid: string, change: Edit): void => {
    const entry = entries.get(customerGuid)
    if (entry === undefined) return
    delete entry.list
    if (entry.sites === undefined) entry.waiting.push(change)
    else change(entry.sites)
  }

  const start = (customerGuid: string, read: () => Promise<E.Either<ProviderError, ReadonlyArray<Site>>>): Entry => {
    const entry: Entry = {
      startedAt: now(),
      waiting: [],
      result: read().then((result) => {
        if (E.isLeft(result)) {
          if (entries.get(customerGuid) === entry) entries.delete(customerGuid)
          return result
        }
        entry.sites = new Map(result.right.map((site) => [site.id, site]))
        for (const change of entry.waiting) change(entry.sites)
        return E.right(entry.sites)
      })
    }
    entries.set(customerGuid, entry)
    return entry
  }

  return {
    get: (customerGuid, since, read) => async () => {
      const found = entries.get(customerGuid)
      const entry = found !== undefined && found.startedAt >= since ? found : start(customerGuid, read)
      const result = await entry.result
      if (E.isLeft(result)) return result
      entry.list ??= [...result.right.values()]
      return E.right(entry.list)
    },
    put: (customerGuid, site) => {
      edit(customerGuid, (sites) => sites.set(site.id, site))
    },
    drop: (customerGuid, siteGuid) => {
      edit(customerGuid, (sites) => sites.delete(siteGuid))
    }
  }
}
