import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import type { Env, Program } from '../Env'
import { refused } from '../Errors'
import { doing, failing } from '../Operations'
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

/** What is told in place of the deletion. */
export const keptForOther = (siteGuid: string): Program<void> =>
  doing((env) => {
    env.warn(
      `Connection ${siteGuid} was taken over by another resource of this program in this run: it is not deleted.`
    )
  })
