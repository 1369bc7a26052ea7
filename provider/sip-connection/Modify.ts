import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env, Program } from '../Env'
import { type ProviderError, failed, mismatch } from '../Errors'
import { pollPause } from '../Operations'
import type { ModifyBody } from '../Settings'
import type { ArgKey } from './Args'
import { type Modification, clearable, removedVariables } from './Body'
import { differing, liveVariables, stillSet, toldArgs, untoldKeys } from './Live'
import { errorTexts, type ExecutionMessage, namesAnother, shownId } from '../Answers'
import * as Requests from './Requests'
import { settle } from './Settle'
import { managedKeysOf } from './State'
import { type SiteAnswer, type WriteAnswer } from './Wire'

/** A change of a connection: what is declared, and what it was before. */
export interface Change extends Omit<Modification, 'live'> {
  readonly siteGuid: string
  /** The inputs that differ, for the audit log. */
  readonly changed: ReadonlyArray<ArgKey>
  /** The connection as it was read just before. */
  readonly before: SiteAnswer
}

/** Declared fields that have another value. */
const undone = (change: Change, site: SiteAnswer): ReadonlyArray<string> =>
  differing(site, change.args, managedKeysOf(change.args))

/** Cleared fields and variables that still have a value. */
const uncleared = (change: Change, form: ModifyBody, site: SiteAnswer): ReadonlyArray<string> => [
  ...stillSet(
    site,
    change.removed.filter((key) => clearable(key, form))
  ),
  ...removedVariables(change)
    .filter((name) => (liveVariables(site)[name] ?? '') !== '')
    .map((name) => `sbcScripts.customerVariables.${name}`)
]

/** Fields that are not (yet) as they should be. */
const open = (change: Change, form: ModifyBody, site: SiteAnswer): ReadonlyArray<string> => [
  ...undone(change, site),
  ...uncleared(change, form, site)
]

/** Looks that follow each other before a value counts as not taken: a read may lag behind the write. */
const looks = 3

/** Reads until every readable field is as it should be, a few times at most. */
const proven =
  (change: Change): Program<SiteAnswer> =>
  (env: Env) =>
  async () => {
    for (let look = 1; ; look++) {
      const site = await settle(change.siteGuid, 'afterChange')(env)()
      if (E.isLeft(site) || open(change, env.settings.modifyBody, site.right).length === 0 || look === looks)
        return site
      await env.sleep(pollPause(env, look))
    }
  }

/**
 * What a `PATCH` without a clear end has done: `taken` when a field that should change has, or one that the platform did not tell before
 * now has its declared value; `not taken` when none has. A body is taken as a whole, so one field tells; without a readable field to
 * tell by, it stays unknown.
 */
const effect = (change: Change, form: ModifyBody, after: SiteAnswer): 'taken' | 'not taken' | 'unknown' => {
  const wanted = open(change, form, change.before)
  const left = open(change, form, after)
  const untold = (site: SiteAnswer) => untoldKeys(site, change.args, change.changed)
  const appeared = untold(change.before).some((key) => !untold(after).includes(key))
  if (left.length === 0 && (wanted.length > 0 || appeared)) return 'taken'
  if (wanted.length === 0) return 'unknown'
  return wanted.every((key) => left.includes(key)) && sameBag(change.before, after) ? 'not taken' : 'unknown'
}

const sameBag = (a: SiteAnswer, b: SiteAnswer): boolean =>
  JSON.stringify(liveVariables(a)) === JSON.stringify(liveVariables(b))

type Patched = E.Either<ProviderError, ReadonlyArray<ExecutionMessage>>

/** The messages of a clear answer for the right site; anything else is an error. */
const judge = (change: Change, answer: WriteAnswer): Patched => {
  const { siteGuid, customerGuid } = answer
  const messages = answer.executionMessages ?? []
  if (namesAnother(siteGuid, change.siteGuid))
    return E.left(
      mismatch(
        `Modify was sent for site ${change.siteGuid}, and the platform answered for site ${shownId(siteGuid)}: check in the portal what was changed there`
      )
    )
  if (namesAnother(customerGuid, change.args.customerGuid))
    return E.left(
      mismatch(
        `Modify was sent for customer ${change.args.customerGuid}, and the platform answered for customer ${shownId(customerGuid)}: check in the portal what was changed there`
      )
    )
  return E.right(messages)
}

/** Sends the `PATCH`; after an unclear end again only when a look has shown that it took no effect. */
const patch =
  (change: Change): Program<ReadonlyArray<ExecutionMessage>> =>
  (env) =>
  async () => {
    const modification = { ...change, live: liveVariables(change.before) }
    for (let made = 1; ; made++) {
      const answer = await Requests.patchSite(change.siteGuid, modification, change.changed)(env)()
      if (E.isRight(answer)) return judge(change, answer.right)
      if (answer.left._tag !== 'Lost') return answer
      env.warn(
        `The end of the change of connection "${change.args.siteName}" is not clear (${answer.left.cause}). Reading what it has done.`
      )
      await env.sleep(pollPause(env, 0))
      const after = await proven(change)(env)()
      if (E.isLeft(after)) return answer
      const seen = effect(change, env.settings.modifyBody, after.right)
      if (seen === 'taken') return E.right([])
      if (seen === 'unknown' || made > env.settings.maxRetries) return answer
    }
  }

/** A connection after a `PATCH` that had, or may have had, an effect. */
export interface Modified {
  /** As it was read last, which is before the change when a later read failed; none when it was never read. */
  readonly site: O.Option<SiteAnswer>
  /** What went wrong with the change, or on the way to its proof. */
  readonly fault: O.Option<ProviderError>
}

/** Whether a `PATCH` with this end may have changed something; after the others it certainly has not. */
const mayHaveChanged = ({ _tag }: ProviderError): boolean =>
  _tag === 'Lost' || _tag === 'Contract' || _tag === 'Mismatch'

/** What the platform did not take, although it answered with success. */
const notTaken = (change: Change, form: ModifyBody, site: SiteAnswer): O.Option<ProviderError> => {
  const cleared = uncleared(change, form, site)
  const declared = undone(change, site)
  const sentences = [
    ...(declared.length > 0 ? [`The platform answered with success and did not take ${declared.join(', ')}`] : []),
    ...(cleared.length > 0
      ? [
          `The platform keeps the value of ${cleared.join(', ')}, which is no longer declared; clear it in the portal, or try the setting clearWith`
        ]
      : [])
  ]
  return sentences.length === 0 ? O.none : O.some(mismatch(sentences.join('. ')))
}

/**
 * Changes a connection: `PATCH` with all managed fields, then `GET` until no task is pending and every readable field proves it.
 *
 * @returns left: nothing was changed. Right: something was, or may have been; an `Error` among the messages, a value that the platform did not
 * take and a failed read are faults then.
 */
export const modify =
  (change: Change): Program<Modified> =>
  (env) =>
  async () => {
    env.witness?.told((had, keys) => toldArgs(change.before, had, change.args, keys as ReadonlyArray<ArgKey>))
    const before = O.some(change.before)
    const messages = await patch(change)(env)()
    if (E.isLeft(messages)) {
      return mayHaveChanged(messages.left) ? E.right({ site: before, fault: O.some(messages.left) }) : messages
    }
    const said = errorTexts(messages.right, env.operation.scrub)
    if (said.length > 0) return E.right({ site: before, fault: O.some(failed(said)) })
    const site = await proven(change)(env)()
    return E.right(
      E.isLeft(site)
        ? { site: before, fault: O.some(site.left) }
        : { site: O.some(site.right), fault: notTaken(change, env.settings.modifyBody, site.right) }
    )
  }
