import * as E from 'fp-ts/Either'
import type { DirectoryCache, Site } from '../Env'
import type { ProviderError } from '../Errors'

type Edit = (sites: ReadonlyArray<Site>) => ReadonlyArray<Site>

interface Entry {
  readonly startedAt: number
  readonly result: Promise<E.Either<ProviderError, ReadonlyArray<Site>>>
  /** Own writes since the read began; it may or may not have seen them. */
  readonly edits: Array<Edit>
}

/** One shared read a customer. A read that fails is forgotten, so that the next one asks again. */
export const directory = (now: () => number): DirectoryCache => {
  const entries = new Map<string, Entry>()
  const edit = (customerGuid: string, change: Edit): void => {
    entries.get(customerGuid)?.edits.push(change)
  }
  return {
    get: (customerGuid, since, read) => async () => {
      const found = entries.get(customerGuid)
      const entry = found !== undefined && found.startedAt >= since ? found : { startedAt: now(), result: read(), edits: [] }
      entries.set(customerGuid, entry)
      const result = await entry.result
      if (E.isLeft(result)) {
        if (entries.get(customerGuid) === entry) entries.delete(customerGuid)
        return result
      }
      return E.right(entry.edits.reduce<ReadonlyArray<Site>>((sites, change) => change(sites), result.right))
    },
    put: (customerGuid, site) => {
      edit(customerGuid, (sites) => [...sites.filter(({ id }) => id !== site.id), site])
    },
    drop: (customerGuid, siteGuid) => {
      edit(customerGuid, (sites) => sites.filter(({ id }) => id !== siteGuid))
    }
  }
}
