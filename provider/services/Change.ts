import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { errorTexts } from '../Answers'
import type { Env, Program } from '../Env'
import { type ProviderError, failed, mismatch, refused } from '../Errors'
import { timeToSee } from '../Http'
import { doing, pollPause } from '../Operations'
import type { Told } from '../Report'
import { taskEnd } from '../Tasks'
import type { LicenseKey, ServiceArgs } from './Args'
import { isItself } from './Identity'
import { differing, typeOf, unsendable, untold } from './License'
import { type LiveService, liveArgs } from './Live'
import * as Requests from './Requests'
import type { LicenseChange } from './Requests'
import type { ServiceAnswer } from './Wire'

/** The change of a license, and its proof. */

/** A service after a change that had, or may have had, an effect. */
export interface Changed {
  /** As it was read last. */
  readonly live: O.Option<LiveService>
  /** What went wrong with the change, or on the way to its proof. */
  readonly fault: O.Option<ProviderError>
}

/** A service that needs no change. */
export const unchanged = (live: LiveService): Changed => ({ live: O.some(live), fault: O.none })

/** Looks that follow each other before a value counts as not taken: a read may lag behind the write. */
const looks = 3

const undone = <A extends ServiceArgs>(
  { kind, args }: LicenseChange<A>,
  live: LiveService
): ReadonlyArray<LicenseKey> => differing(kind.licenses, live, args)

/** Reads until every readable field is as declared, a few times at most. */
const proven =
  <A extends ServiceArgs>(change: LicenseChange<A>): Program<LiveService> =>
  (env) =>
  async () => {
    for (let look = 1; ; look++) {
      const live = await readItself(change)(env)()
      if (E.isLeft(live) || undone(change, live.right).length === 0 || look === looks) return live
      await env.sleep(pollPause(env, look))
    }
  }

const readItself = <A extends ServiceArgs>({ customerGuid, args }: LicenseChange<A>): Program<LiveService> =>
  pipe(
    Requests.getService(customerGuid),
    RTE.chainFirst(isItself(customerGuid, args, 'the license change was sent before'))
  )

/**
 * What a request without a clear end has done: a body is taken as a whole, so one field tells; without a readable field to tell by, it stays unknown.
 */
const effect = <A extends ServiceArgs>(
  change: LicenseChange<A>,
  after: LiveService
): 'taken' | 'not taken' | 'unknown' => {
  const wanted = undone(change, change.before)
  const left = undone(change, after)
  return wanted.length === 0
    ? 'unknown'
    : left.length === 0
      ? 'taken'
      : wanted.every((key) => left.includes(key))
        ? 'not taken'
        : 'unknown'
}

const isUnclear = ({ _tag }: ProviderError): boolean => _tag === 'Lost' || _tag === 'Contract'

/** Ends after which something may have changed; after the others nothing has. */
const mayHaveChanged = (error: ProviderError): boolean =>
  isUnclear(error) || error._tag === 'Failed' || error._tag === 'Mismatch' || error._tag === 'Deadline'

/** What the platform did not take, although it answered with success. */
const notTaken = <A extends ServiceArgs>(change: LicenseChange<A>, live: LiveService): O.Option<ProviderError> => {
  const left = undone(change, live)
  return left.length === 0
    ? O.none
    : O.some(mismatch(`The platform answered with success and did not take ${left.join(', ')}`))
}

const warnUnclear = <A extends ServiceArgs>(env: Env, { args }: LicenseChange<A>, error: ProviderError): void => {
  const why = error._tag === 'Lost' ? error.cause : error._tag === 'Contract' ? error.faults.join('; ') : error._tag
  env.warn(
    `The end of the license change of service "${args.shortName}" is not clear (${why}). Reading what it has done.`
  )
}

/** Sends the `PATCH`; after an unclear end again only when a look has shown that it took no effect. */
const patch =
  <A extends ServiceArgs>(change: LicenseChange<A>): Program<Changed> =>
  (env) =>
  async () => {
    for (let made = 1; ; made++) {
      const answer = await Requests.patchLicense(change)(env)()
      if (E.isRight(answer)) return afterAnswer(change, answer.right)(env)()
      if (!isUnclear(answer.left)) return answer
      warnUnclear(env, change, answer.left)
      await env.sleep(pollPause(env, 0))
      const after = await proven(change)(env)()
      const unclear: Changed = { live: E.isRight(after) ? O.some(after.right) : O.none, fault: O.some(answer.left) }
      if (E.isLeft(after)) return E.right(unclear)
      const seen = effect(change, after.right)
      if (seen === 'taken') return E.right(unchanged(after.right))
      if (seen === 'unknown' || made > env.settings.maxRetries || answer.left._tag !== 'Lost') return E.right(unclear)
    }
  }

/** 200 is not success: the messages may hold an error, and a read must prove the rest. */
const afterAnswer =
  <A extends ServiceArgs>(change: LicenseChange<A>, { executionMessages }: ServiceAnswer): Program<Changed> =>
  (env) =>
  async () => {
    const said = errorTexts(executionMessages, env.operation.scrub)
    if (said.length > 0) return E.right({ live: O.none, fault: O.some(failed(said)) })
    const live = await proven(change)(env)()
    return E.right(
      E.isLeft(live)
        ? { live: O.none, fault: O.some(live.left) }
        : { live: O.some(live.right), fault: notTaken(change, live.right) }
    )
  }

/** Waits for the license as long as a `POST` without a clear end might have taken. It is not sent a second time. */
const lookForLicense =
  <A extends ServiceArgs>(change: LicenseChange<A>, error: ProviderError): Program<LiveService> =>
  (env) =>
  async () => {
    const longest = Math.min(env.now() + env.settings.programTimeout * 1000, env.operation.deadline)
    for (let round = 0; ; round++) {
      const live = await readItself(change)(env)()
      if (E.isRight(live) && live.right.licenseType === typeOf(change.kind.licenses, change.args)) return live
      const pause = pollPause(env, round)
      if (env.cancelled() || env.now() + pause > longest) return E.left(error)
      await env.sleep(pause)
    }
  }

/** 409 means that something else is being done with the service: it is waited for, and nothing was carried out. */
const postWhenFree =
  <A extends ServiceArgs>(change: LicenseChange<A>): Program<ServiceAnswer> =>
  (env) =>
  async () => {
    for (let round = 0; ; round++) {
      const answer = await Requests.postUpgrade(change)(env)()
      if (E.isRight(answer) || answer.left._tag !== 'Conflict') return answer
      const pause = pollPause(env, round)
      if (env.now() + pause + timeToSee(env, 'POST') >= env.operation.deadline) return answer
      await env.sleep(pause)
    }
  }

/** Waits for the tasks of the last write: an upgrade beside one that is still under way would be a second one. How they ended the next read tells. */
const earlierEnded =
  <A extends ServiceArgs>({ earlierTasks = [] }: LicenseChange<A>): Program<void> =>
  (env) =>
  async () => {
    for (const taskId of earlierTasks) {
      const end = await taskEnd(taskId, 'a task of the last run,')(env)()
      if (E.isLeft(end) && end.left._tag !== 'Failed') return end
    }
    return E.right(undefined)
  }

/** Upgrades from the entry license, unless a task of the last run has done so by now. */
const upgrade = <A extends ServiceArgs>(change: LicenseChange<A>): Program<LiveService> =>
  (change.earlierTasks ?? []).length === 0
    ? upgradeNow(change)
    : pipe(
        earlierEnded(change),
        RTE.chain(() => readItself(change)),
        RTE.chain((live) => (undone(change, live).includes('license') ? upgradeNow(change) : RTE.right(live)))
      )

/** Upgrades from the entry license, and waits for the end of its task. */
const upgradeNow =
  <A extends ServiceArgs>(change: LicenseChange<A>): Program<LiveService> =>
  (env) =>
  async () => {
    const answer = await postWhenFree(change)(env)()
    if (E.isLeft(answer)) {
      if (!isUnclear(answer.left)) return answer
      warnUnclear(env, change, answer.left)
      return lookForLicense(change, answer.left)(env)()
    }
    const said = errorTexts(answer.right.executionMessages, env.operation.scrub)
    if (said.length > 0) return E.left(failed(said))
    const { taskId } = answer.right
    if (taskId !== undefined) {
      const end = await taskEnd(taskId, 'the task of the license upgrade,')(env)()
      if (E.isLeft(end)) return end
      await Requests.remember(O.toUndefined(end.right)?.executionMessages ?? [])(env)()
    }
    const done = mismatch('The platform reports the end of the license upgrade, and the service has its old license')
    return lookForLicense(change, done)(env)()
  }

/** What is left to be sent after the upgrade, which carries license and number of users only. */
const rest = <A extends ServiceArgs>(change: LicenseChange<A>, live: LiveService): LicenseChange<A> => {
  const carried: ReadonlyArray<LicenseKey> = ['license', 'licensedUsersCount']
  const left = undone(change, live)
  return {
    ...change,
    before: live,
    changed: change.changed.filter((key) => left.includes(key) || !carried.includes(key))
  }
}

const isUpgrade = <A extends ServiceArgs>({ kind, args, before, changed }: LicenseChange<A>): boolean =>
  kind.licenses.upgradesByTask &&
  before.licenseType === kind.licenses.entry &&
  args.license !== undefined &&
  changed.includes('license')

/**
 * Changes the license of a service, and proves it.
 *
 * @returns left: nothing was changed. Right: something was, or may have been; an `Error` among the messages, a task that failed, a value that the platform did
 * not take and a failed read are faults then.
 */
export const changeLicense = <A extends ServiceArgs>(change: LicenseChange<A>): Program<Changed> =>
  pipe(
    doing((env) => env.witness?.told(toldBy(change))),
    RTE.chain(() => sent(change))
  )

const toldBy =
  <A extends ServiceArgs>({ kind: { licenses }, before, args }: LicenseChange<A>): Told =>
  (had, keys) => {
    const untoldHere: ReadonlyArray<string> = untold(licenses, before, args)
    return liveArgs<A>(licenses, before, had, keys.filter((key) => !untoldHere.includes(key)) as ReadonlyArray<keyof A>)
  }

const sent = <A extends ServiceArgs>(change: LicenseChange<A>): Program<Changed> => {
  const byPatch = (left: LicenseChange<A>): Program<Changed> =>
    pipe(
      sendable(left),
      RTE.chain(() => patch(left))
    )
  return isUpgrade(change)
    ? pipe(
        sendable(change),
        RTE.chain(() => upgrade(change)),
        RTE.map((live) => rest(change, live)),
        RTE.chain((left) =>
          left.changed.length === 0 ? RTE.right(unchanged(left.before)) : afterUpgrade(byPatch(left), left)
        ),
        RTE.orElse((error) =>
          mayHaveChanged(error) ? RTE.right({ live: O.some(change.before), fault: O.some(error) }) : RTE.left(error)
        )
      )
    : byPatch(change)
}

/** Once the license is another one, nothing that goes wrong after is without an effect. */
const afterUpgrade = <A extends ServiceArgs>(
  program: Program<Changed>,
  { before }: LicenseChange<A>
): Program<Changed> =>
  pipe(
    program,
    RTE.orElse((error) => RTE.right<Env, ProviderError, Changed>({ live: O.some(before), fault: O.some(error) }))
  )

const sendable = <A extends ServiceArgs>({ kind, args, changed }: LicenseChange<A>): Program<void> =>
  pipe(
    RTE.asks((env: Env) => unsendable(kind.licenses, args, changed, env.settings.licenseBody)),
    RTE.chain((why) =>
      why === undefined
        ? RTE.right<Env, ProviderError, void>(undefined)
        : RTE.left(refused(`${why}; nothing was sent`, 'declare what the platform has, or use that setting'))
    )
  )
