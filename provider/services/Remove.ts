import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { errorTexts } from '../Answers'
import type { Program } from '../Env'
import { type ProviderError, failed, refused } from '../Errors'
import { pollAgain } from '../Operations'
import { few } from '../Words'
import type { ServiceArgs } from './Args'
import { forgetService, isListed } from './Catalogue'
import { confirmGone } from './Identity'
import type { Kind } from './Kind'
import type { LiveService } from './Live'
import * as Requests from './Requests'

/** Names that an error lists. */
const shown = 10

/** What would go with a service, in words. */
const whatGoes = ({ sipConnections }: LiveService): string => {
  if (sipConnections === undefined) return 'its SIP connections, which the platform does not list,'
  if (sipConnections.length === 0) return 'what belongs to it (it has no SIP connections)'
  const names = sipConnections.map(({ siteName }) => siteName)
  return `its ${sipConnections.length === 1 ? 'SIP connection' : `${sipConnections.length} SIP connections`} (${few(names, shown)})`
}

/** The error of the deletion of a protected service. */
export const isProtected = (live: LiveService): ProviderError =>
  refused(
    `The service is protected: its deletion would also delete ${whatGoes(live)} and all dial plans; nothing was sent`,
    'if that is meant, declare deletionProtection: false and run "pulumi up" before it is destroyed; "pulumi state delete <urn>" forgets it and leaves it on the platform'
  )

/** Reads until the service answers 404 and the list lacks it. */
const vanished =
  (customerGuid: string): Program<void> =>
  (env) =>
  async () => {
    const began = env.now()
    for (let round = 0; ; round++) {
      const live = await Requests.getService(customerGuid)(env)()
      if (E.isLeft(live) && live.left._tag !== 'NotFound') return live
      const listed = E.isLeft(live) ? await isListed(customerGuid)(env)() : E.right(true)
      if (E.isLeft(listed)) return listed
      if (!listed.right) return E.right(undefined)
      const again = await pollAgain(round, {
        awaited: `service ${customerGuid} to disappear`,
        known: E.isRight(live) ? 'it can still be read' : 'the list of services still has it',
        began,
        until: env.operation.deadline
      })(env)()
      if (E.isLeft(again)) return again
    }
  }

/**
 * Deletes a service, with its connections and dial plans, and waits until it is gone. One that is gone already counts as deleted, if the list of services says so
 * too.
 */
export const remove = <A extends ServiceArgs>(kind: Kind<A>, customerGuid: string, live: LiveService): Program<void> =>
  pipe(
    deleted(kind, customerGuid, live),
    RTE.chain(() =>
      forgetService(
        customerGuid,
        (live.sipConnections ?? []).map(({ siteGuid }) => siteGuid)
      )
    )
  )

const deleted =
  <A extends ServiceArgs>(kind: Kind<A>, customerGuid: string, live: LiveService): Program<void> =>
  (env) =>
  async () => {
    const answer = await Requests.deleteService(kind, customerGuid, live.shortName)(env)()
    if (E.isLeft(answer)) {
      const { _tag } = answer.left
      // A first try without a clear end may have deleted it, and the list may lag behind.
      if (_tag === 'Contract' || (_tag === 'NotFound' && env.operation.effect.mayBe)) {
        return vanished(customerGuid)(env)()
      }
      return _tag === 'NotFound' ? confirmGone(customerGuid, answer.left)(env)() : answer
    }
    const said = errorTexts(answer.right.executionMessages, env.operation.scrub)
    return said.length > 0 ? E.left(failed(said)) : vanished(customerGuid)(env)()
  }
