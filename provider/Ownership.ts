import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import type { Env, Program } from './Env'
import { refused } from './Errors'
import { doing, failing } from './Operations'
import type { Kept } from './State'

/** Whose thing it is: that of one resource, on one platform. `thing` names it in texts: `Connection 2222…`. */

/** A state belongs to one platform; at another address the same id means nothing. */
export const onItsPlatform =
  (thing: string, { platform: home }: Pick<Kept<string>, 'platform'>): Program<void> =>
  (env) =>
    home === undefined || home === env.platform || env.settings.movedFrom.includes(home)
      ? doing(() => undefined)(env)
      : failing<void>(
          refused(
            `${thing} belongs to the platform ${home}, and the configuration names ${env.platform}; nothing was sent`,
            `correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${home}`
          )
        )(env)

const declared = (id: string): string => `declared ${id}`

/**
 * Two resources of one program must not manage the same thing: the second one is told. Who could not take it over is still the one that is to have it: with
 * `--continue-on-error` the engine would now delete the old resource.
 */
export const claiming =
  (thing: string, id: string) =>
  <A>(program: Program<A>): Program<A> =>
  (env) =>
  async () => {
    if (env.claims.has(id)) {
      return E.left(
        refused(
          `${thing} is managed by another resource of this program already; nothing was sent`,
          'remove one of the two'
        )
      )
    }
    env.claims.set(id, env.operation.correlationId)
    const result = await program(env)()
    if (E.isLeft(result)) {
      env.claims.delete(id)
      env.claims.set(declared(id), env.operation.correlationId)
    }
    return result
  }

/**
 * Notes things that the program declares and that exist already: with `--continue-on-error` the engine would now delete the resource that has them, for
 * instance one that was renamed in the program without an alias.
 */
export const wanting = (ids: ReadonlyArray<string>): Program<void> =>
  doing(({ claims, operation }) => {
    for (const id of ids) claims.set(declared(id), operation.correlationId)
  })

/**
 * Notes what a resource of the program has from an earlier run. A resource that was renamed may have taken over in a run that failed before the old one
 * was deleted; the next run changes nothing of the new one, and deletes the old one.
 */
export const noteDeclared = (
  { claims }: Pick<Env, 'claims'>,
  ids: ReadonlyArray<string>,
  { lastOperation }: Pick<Kept<string>, 'lastOperation'>
): void => {
  if (lastOperation === undefined) return
  for (const id of ids) claims.set(declared(id), lastOperation.correlationId)
}

/** The operation of the resource that has the thing: the one that wrote it in this run, else the one that is declared. */
export const holderOf = ({ claims }: Pick<Env, 'claims'>, id: string): string | undefined =>
  claims.get(id) ?? claims.get(declared(id))

/**
 * Whether another resource has taken the thing over, in this run or before. So it is when the resource was renamed in the program: the engine
 * creates the new one, which adopts it, and then deletes the old one.
 */
export const ownerOf = (
  id: string,
  { lastOperation }: Pick<Kept<string>, 'lastOperation'>
): Program<'this' | 'another'> =>
  RTE.asks((env: Env) => {
    const owner = holderOf(env, id)
    return owner === undefined || owner === lastOperation?.correlationId ? 'this' : 'another'
  })

/** What is told in place of the deletion. */
export const keptForOther = (thing: string): Program<void> =>
  doing((env) => {
    env.warn(`${thing} was taken over by another resource of this program: it is not deleted.`)
  })
