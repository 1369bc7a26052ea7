import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { sitesOf } from '../Customers'
import type { Program } from '../Env'
import { type NotFound, type ProviderError, failed, mismatch, refused } from '../Errors'
import { pollAgain } from '../Operations'
import { taskEnd } from '../Tasks'
import type { SipConnectionArgs } from './Args'
import { errorTexts, isTask } from '../Answers'
import * as Requests from './Requests'
import { type DeleteAnswer } from './Wire'

/**
 * Whether a 404 means that the connection is gone. A wrong base URL answers 404 too, and would then empty a whole state; so the
 * service details of the customer must be readable and lack the connection.
 *
 * @returns right when it is gone; otherwise the error that says what does not fit
 */
export const confirmGone =
  (siteGuid: string, customerGuid: string | undefined, error: NotFound): Program<void> =>
  (env) =>
  async () => {
    if (customerGuid === undefined) return E.left(error)
    const lacks = async (since: number): Promise<E.Either<ProviderError, boolean>> => {
      const sites = await sitesOf(customerGuid, since)(env)()
      return E.isLeft(sites) ? sites : E.right(sites.right.every(({ id }) => id !== siteGuid))
    }
    const asked = env.now()
    const shared = await lacks(0)
    // A list that was read earlier in this run may be older than the deletion.
    const result = E.isRight(shared) && !shared.right ? await lacks(asked) : shared
    if (E.isLeft(result)) return result
    return result.right
      ? E.right(undefined)
      : E.left(
          mismatch(
            `The platform answers 404 for connection ${siteGuid}, and lists it in the service details of customer ${customerGuid}; nothing was dropped from the state`,
            error.exchange
          )
        )
  }

/** Reads until the connection answers 404. */
const unreadable =
  (siteGuid: string): Program<void> =>
  (env) =>
  async () => {
    const began = env.now()
    for (let round = 0; ; round++) {
      const site = await Requests.getSite(siteGuid)(env)()
      if (E.isLeft(site)) return site.left._tag === 'NotFound' ? E.right(undefined) : site
      const again = await pollAgain(round, {
        awaited: `connection ${siteGuid} to disappear`,
        known: 'it can still be read',
        began,
        until: env.operation.deadline
      })(env)()
      if (E.isLeft(again)) return again
    }
  }

/** When nothing has said that anything is deleted, a 404 alone is not enough either: the service details must lack the connection. */
const goneAfterAll =
  (siteGuid: string, customerGuid: string | undefined): Program<void> =>
  (env) =>
  async () => {
    const gone = await unreadable(siteGuid)(env)()
    if (E.isLeft(gone) || customerGuid === undefined) return gone
    const sites = await sitesOf(customerGuid, env.now())(env)()
    if (E.isLeft(sites)) return sites
    return sites.right.every(({ id }) => id !== siteGuid)
      ? E.right(undefined)
      : E.left(
          mismatch(
            `Nothing tells how the deletion of connection ${siteGuid} ended, and the service details of customer ${customerGuid} still list it; nothing was dropped from the state`
          )
        )
  }

/** Waits until what the platform has queued is done. */
const ended =
  (siteGuid: string, customerGuid: string | undefined, answer: DeleteAnswer): Program<void> =>
  (env) =>
  async () => {
    if (answer.status === false) {
      return E.left(
        failed([
          `The platform did not queue the deletion${answer.msg === undefined ? '' : `: ${env.operation.scrub(answer.msg)}`}`
        ])
      )
    }
    const said = errorTexts(answer.executionMessages ?? [], env.operation.scrub)
    if (said.length > 0) return E.left(failed(said))
    const tasks = [answer.sbcCleanupTaskId, answer.o365CleanupTask].filter(isTask)
    let vanished = false
    for (const taskId of tasks) {
      const end = await taskEnd(taskId, 'cleanup task')(env)()
      if (E.isLeft(end)) return end
      vanished = vanished || O.isNone(end.right)
    }
    // Without a task that reports success the connection itself must be seen to be gone.
    return vanished || tasks.length === 0 ? goneAfterAll(siteGuid, customerGuid)(env)() : E.right(undefined)
  }

/**
 * Deletes a connection and waits for its cleanup on the SBC and in Microsoft 365. One that is gone already counts as deleted, if the
 * service details say so too. A failed cleanup is an error: id and state stay.
 */
export const remove =
  (siteGuid: string, about: Partial<SipConnectionArgs>): Program<void> =>
  (env) =>
  async () => {
    const answer = await Requests.deleteSite(siteGuid, about)(env)()
    const result = E.isRight(answer)
      ? await ended(siteGuid, about.customerGuid, answer.right)(env)()
      : answer.left._tag === 'NotFound'
        ? await confirmGone(siteGuid, about.customerGuid, answer.left)(env)()
        : answer.left._tag === 'Contract'
          ? await goneAfterAll(siteGuid, about.customerGuid)(env)()
          : answer
    if (E.isRight(result) && about.customerGuid !== undefined) {
      env.directory.drop(about.customerGuid, siteGuid)
      env.claims.delete(siteGuid)
    }
    return result
  }

/** The error of a read or a change of a connection that was deleted outside. */
export const deletedOutside = (siteGuid: string): ProviderError =>
  refused(
    `Connection ${siteGuid} does not exist any more: it was deleted outside of Pulumi`,
    'run "pulumi refresh", then "pulumi up" to create it again'
  )
