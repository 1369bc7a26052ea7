import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import type { Env, Program } from '../Env'
import { sitesOf } from '../Customers'
import { refused } from '../Errors'
import { doing, failing } from '../Operations'
import { getSite } from './Requests'
import type { FoundState } from './State'
import type { Written } from './Written'

/** Whose connection it is: that of one resource, on one platform. */

/** A state belongs to one platform; at another address the same id means nothing. */
export const onItsPlatform =
  (siteGuid: string, state: FoundState): Program<void> =>
  (env) => {
    const home = state.platform
    return home === undefined || home === env.platform || env.settings.movedFrom.includes(home)
      ? doing(() => undefined)(env)
      : failing<void>(
          refused(
            `Connection ${siteGuid} belongs to the platform ${home}, and the configuration names ${env.platform}; nothing was sent`,
            `correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${home}`
          )
        )(env)
  }

/** Two resources of one program must not manage the same connection: the second one is told. */
export const claiming =
  (siteGuid: string) =>
  (program: Program<Written>): Program<Written> =>
  (env) =>
  async () => {
    if (env.claims.has(siteGuid)) {
      return E.left(
        refused(
          `Connection ${siteGuid} is managed by another resource of this program already; nothing was sent`,
          'remove one of the two'
        )
      )
    }
    env.claims.set(siteGuid, env.operation.correlationId)
    const result = await program(env)()
    if (E.isLeft(result)) env.claims.delete(siteGuid)
    return result
  }

/**
 * Whether another resource has taken the connection over in this run. So it is when the resource was renamed in the program: the engine
 * creates the new one, which adopts the connection, and then deletes the old one.
 */
export const ownerOf = (siteGuid: string, state: FoundState): Program<'this' | 'another'> =>
  RTE.asks((env: Env) => {
    const owner = env.claims.get(siteGuid)
    return owner === undefined || owner === state.lastOperation?.correlationId ? 'this' : 'another'
  })

/**
 * Before a connection is changed or deleted whose creation did not end well: its id comes from the answer to Add alone, and if that one was wrong
 * it is the id of somebody else's connection. The service details of the customer have it, or nothing can be read under it.
 */
export const isOfItsCustomer =
  (siteGuid: string, { customerGuid, lastOperation }: FoundState): Program<void> =>
  (env) =>
  async () => {
    if (customerGuid === undefined || lastOperation?.kind !== 'create' || lastOperation.outcome === 'ok')
      return E.right(undefined)
    const sites = await sitesOf(customerGuid)(env)()
    if (E.isLeft(sites)) return sites
    if (sites.right.some(({ id }) => id === siteGuid)) return E.right(undefined)
    const site = await getSite(siteGuid)(env)()
    if (E.isLeft(site)) return site.left._tag === 'NotFound' ? E.right(undefined) : site
    return E.left(
      refused(
        `Connection ${siteGuid} exists, and customer ${customerGuid} has none of this id: its creation did not end well, and the id may be that of somebody else's connection; nothing was sent`,
        'compare in the portal; if it is not yours, take it out of the state with "pulumi state delete", and run "pulumi up" again: if there is one of the declared name, the error tells how to take it over'
      )
    )
  }

export const keptForOther = (siteGuid: string): Program<void> =>
  doing((env) => {
    env.warn(
      `Connection ${siteGuid} was taken over by another resource of this program in this run: it is not deleted.`
    )
  })
