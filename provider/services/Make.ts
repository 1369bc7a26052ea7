import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { errorTexts } from '../Answers'
import { isGuid } from '../Codecs'
import type { Program } from '../Env'
import { type ProviderError, exchangeOf, failed, mismatch, refused } from '../Errors'
import { timeToSee } from '../Http'
import { doing, pollPause } from '../Operations'
import { taskEnd } from '../Tasks'
import { afterUnclear } from '../Unclear'
import type { ServiceArgs } from './Args'
import type { Kind } from './Kind'
import * as Requests from './Requests'
import type { ServiceAnswer } from './Wire'

/**
 * The creation of a service, which must neither be repeated blindly nor forgotten: a second `POST` might make a second service, and a lost answer would leave
 * one that nobody manages.
 */

/** A service that was made, and where its id comes from. */
export interface Made {
  readonly customerGuid: string
  /** Task that made it. */
  readonly jobId?: string
  /** Whether the id comes from a look at the platform, and not from its answer. */
  readonly found: boolean
  /** What is wrong in spite of it. */
  readonly fault?: ProviderError
}

/** The error of a service that exists already. */
export const existsAlready = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  customerGuids: ReadonlyArray<string>,
  sent = 'nothing was sent'
): ProviderError => {
  const [only] = customerGuids
  return customerGuids.length === 1 && only !== undefined
    ? refused(
        `${kind.isTaken(args)} (customer ${only}); ${sent}`,
        `to take it over, declare adopt: "${only}" (or adopt: true), or import it from a file. ` +
          'If two resources of this program declare it, remove one'
      )
    : refused(
        `${kind.isTaken(args)}, more than once (customers ${customerGuids.join(', ')}); ${sent}`,
        'declare which one is meant: adopt: "<customer guid>"'
      )
}

/** How long a service is looked for. */
type Patience =
  /** Nothing tells how its creation ended: as long as the `POST` itself might have taken. */
  | 'long'
  /** The platform has answered: a few looks, since a list may lag behind. */
  | 'short'

/** Looks for the service again and again; a look that fails does not end the search. */
const lookFor =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, patience: Patience): Program<O.Option<string>> =>
  (env) =>
  async () => {
    const longest = Math.min(env.now() + env.settings.programTimeout * 1000, env.operation.deadline)
    for (let round = 0; ; round++) {
      const found = await kind.look(args)(env)()
      if (E.isRight(found)) {
        const [first, ...others] = found.right
        if (others.length > 0) return E.left(severalNow(args, found.right))
        if (first !== undefined) return E.right(O.some(first))
      }
      const pause = pollPause(env, round)
      const ends = env.cancelled() || env.now() + pause > longest || (patience === 'short' && round === 2)
      if (ends) return E.isRight(found) ? E.right(O.none) : found
      await env.sleep(pause)
    }
  }

/** Somebody else made one of the same name at the same time: which is ours cannot be told. */
const severalNow = ({ shortName }: ServiceArgs, customerGuids: ReadonlyArray<string>): ProviderError =>
  mismatch(
    `The answer to the creation of service "${shortName}" is not clear, and there are ${customerGuids.length} of that name now: ${customerGuids.join(', ')}. ` +
      'None of them was changed. Find out in the portal which one is this, and declare adopt: "<customer guid>"'
  )

/** The look itself failed: both errors are told, since the service may exist. */
const unresolved = ({ shortName }: ServiceArgs, fault: ProviderError, look: ProviderError): ProviderError =>
  mismatch(
    `Whether service "${shortName}" was created is not known: the end of the POST was not, and the look at the platform failed (${look._tag}). ` +
      'The next run looks again, and creates no second one',
    exchangeOf(fault) ?? exchangeOf(look)
  )

/** What is known of a service before it is found. */
interface Unclear {
  readonly patience: Patience
  /** The error to end with when there is no service. */
  readonly whenNone: ProviderError
  /** An error that stays one even when there is a service. */
  readonly fault?: ProviderError
  readonly jobId?: string
}

/** An end without an id that can be used: the service is looked for. */
export const findMade =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, { patience, whenNone, fault, jobId }: Unclear): Program<Made> =>
  (env) =>
  async () => {
    const found = await lookFor(kind, args, patience)(env)()
    if (E.isLeft(found)) {
      const { _tag } = found.left
      return E.left(
        _tag === 'Mismatch' ? found.left : _tag === 'Deadline' ? whenNone : unresolved(args, whenNone, found.left)
      )
    }
    return O.isNone(found.right)
      ? E.left(whenNone)
      : E.right({
          customerGuid: found.right.value,
          found: true,
          ...(fault === undefined ? {} : { fault }),
          ...(jobId === undefined ? {} : { jobId })
        })
  }

const without = (what: string): ProviderError =>
  mismatch(`The platform answered the creation with success, ${what}, and has no such service`)

/** Until a task has ended nothing tells of its service, and no state can name it: only the person can keep the next run from beginning it again. */
const warnUnended = ({ shortName }: ServiceArgs, jobId: string): Program<void> =>
  doing(({ warn, operation }) => {
    warn(
      `The task ${operation.scrub(jobId)}, which makes service "${shortName}", has not ended as far as is known. ` +
        'Run again only when it has ended: until then nothing tells of the service, and a run would make a second one.'
    )
  })

/** What to do after a run that did not wait for the end of a task. */
const unawaited = (error: ProviderError): ProviderError =>
  error._tag === 'Refused'
    ? refused(error.text, 'wait for the end of that task, and run the same command again')
    : error

/** The service that a task has made, once it has ended. */
const ofTask =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, jobId: string): Program<Made> =>
  (env) =>
  async () => {
    const end = await taskEnd(jobId, 'the task that makes the service,')(env)()
    // However it failed: what it has made by then stays.
    if (E.isLeft(end)) {
      const fault = unawaited(end.left)
      // A task that cannot be read may end well all the same.
      const patience = ['Failed', 'Deadline', 'Refused'].includes(fault._tag) ? 'short' : 'long'
      const found = await findMade(kind, args, { patience, whenNone: fault, fault, jobId })(env)()
      if (E.isLeft(found) && fault._tag !== 'Failed') await warnUnended(args, jobId)(env)()
      return found
    }
    const task = O.toUndefined(end.right)
    await Requests.remember(task?.executionMessages ?? [])(env)()
    const guid = Object.entries(task?.outputData ?? {}).find(([name]) => /^umpCustomerGuid$/i.test(name))?.[1]
    return isGuid(guid)
      ? E.right({ customerGuid: guid.toLowerCase(), jobId, found: false })
      : findMade(kind, args, { patience: 'long', whenNone: without('names none when its task has ended'), jobId })(
          env
        )()
  }

/** A clear answer, or a look at what an unclear one has left. */
const resolve = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  posted: E.Either<ProviderError, ServiceAnswer>
): Program<Made> => {
  if (E.isLeft(posted))
    return afterUnclear(posted.left, ['service', args.shortName], (look) =>
      findMade(kind, args, { patience: 'long', ...look })
    )
  const { customerGuid, taskId, executionMessages } = posted.right
  return (env) => {
    const said = errorTexts(executionMessages, env.operation.scrub)
    const fault = said.length > 0 ? failed(said) : undefined
    if (customerGuid !== undefined) {
      return async () =>
        Promise.resolve(E.right({ customerGuid, found: false, ...(fault === undefined ? {} : { fault }) }))
    }
    if (fault !== undefined) return findMade(kind, args, { patience: 'short', whenNone: fault, fault })(env)
    return taskId === undefined
      ? findMade(kind, args, { patience: 'long', whenNone: without('names neither a service nor a task') })(env)
      : ofTask(kind, args, taskId)(env)
  }
}

/**
 * Makes a service. Nothing may have that name yet.
 *
 * 409 may mean that the SBC is busy or that the service has been made meanwhile: a look at the platform tells, and the `POST` is sent again only while there
 * is none.
 */
export const make =
  <A extends ServiceArgs>(kind: Kind<A>, args: A): Program<Made> =>
  (env) =>
  async () => {
    for (let round = 0; ; round++) {
      const posted = await Requests.postService(kind, args)(env)()
      if (E.isRight(posted) || posted.left._tag !== 'Conflict') return resolve(kind, args, posted)(env)()
      const found = await kind.look(args)(env)()
      if (E.isLeft(found)) return found
      if (found.right.length > 0) return E.left(existsAlready(kind, args, found.right, 'the creation was refused'))
      const pause = pollPause(env, round)
      if (env.now() + pause + timeToSee(env, 'POST') >= env.operation.deadline) return posted
      await env.sleep(pause)
    }
  }
