import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { errorTexts } from '../Answers'
import type { Program } from '../Env'
import { type ProviderError, failed } from '../Errors'
import { pollPause } from '../Operations'
import { taskEnd } from '../Tasks'
import { type ChangeSet, isEmpty, seen } from './ChangeSet'
import { getPlan, patchPlan } from './Requests'
import type { Address } from './State'
import type { ChangeAnswer } from './Wire'

/** A change of a dial plan: sent, and known to have had its effect. */

/** Looks that follow each other before a change counts as not taken: a read may lag behind the write. */
const looks = 3

type Seen = ReturnType<typeof seen>

/** What the plan shows of a change, after a pause; `undefined` when it cannot be read. */
const look =
  (at: Address, change: ChangeSet): Program<Seen | undefined> =>
  (env) =>
  async () => {
    for (let made = 1; ; made++) {
      await env.sleep(pollPause(env, made - 1))
      const live = await getPlan(at)(env)()
      if (E.isLeft(live)) return E.right(undefined)
      const found = seen(change, live.right)
      if (found === 'all' || made === looks) return E.right(found)
    }
  }

/** Whether an answer says that the change was made: true, or false where only a look can tell. An error where it says that it was not. */
const judged =
  ({ executionMessages, taskId, words, says }: ChangeAnswer): Program<boolean> =>
  (env) =>
  async () => {
    const { scrub } = env.operation
    const said = errorTexts(executionMessages, scrub)
    if (said.length > 0) return E.left(failed(said))
    if (says === 'not made') return E.left(failed([words === undefined ? 'The change was not made.' : scrub(words)]))
    if (taskId !== undefined) {
      const end = await taskEnd(taskId, 'the task of the dial plan')(env)()
      // One that is not known any more has ended, and nobody knows how.
      return E.isLeft(end) ? end : E.right(O.isSome(end.right))
    }
    return E.right(says === 'made')
  }

/** Why a change without a clear end is not taken for made. */
const unclear = ({ words, taskId }: ChangeAnswer, scrub: (text: string) => string): ProviderError =>
  failed([
    ...(words === undefined ? [] : [scrub(words)]),
    `The platform does not say whether the change was made${taskId === undefined ? '' : ` (task ${scrub(taskId)} is not known any more)`}, and the dial plan does not show it.`
  ])

/**
 * Sends the differences, in one `PATCH`. After an end that is not clear the plan itself tells: a change that it shows is made, one that it does not show at
 * all is sent again, and anything else is an error.
 *
 * @returns left: nothing was changed. Right: something was, or may have been; with an error it is not known to be all.
 */
export const apply =
  (at: Address, change: ChangeSet): Program<O.Option<ProviderError>> =>
  (env) =>
  async () => {
    if (isEmpty(change)) return E.right(O.none)
    // Whether an error leaves the plan as it was: so it does as long as no request can have had an effect.
    const ended = (error: ProviderError) => (env.operation.effect.mayBe ? E.right(O.some(error)) : E.left(error))
    for (let made = 1; ; made++) {
      const answer = await patchPlan(at, change)(env)()
      const end = E.isRight(answer) ? await judged(answer.right)(env)() : answer
      if (E.isRight(end) && end.right === true) return E.right(O.none)
      const lost = E.isLeft(answer) && answer.left._tag === 'Lost' ? answer.left : undefined
      // What the platform says no to is settled, unless an earlier try may have its effect by now.
      const isSettled = E.isLeft(end) && end.left._tag !== 'Lost' && end.left._tag !== 'Contract' && made === 1
      if (isSettled) return ended(end.left)
      if (lost !== undefined) {
        env.warn(
          `The end of the change of dial plan "${at.dialPlanName}" of site ${at.siteGuid} is not clear (${lost.cause}). Reading what it has done.`
        )
      }
      const found = await look(at, change)(env)()
      if (E.isRight(found) && found.right === 'all') return E.right(O.none)
      const again =
        lost !== undefined && E.isRight(found) && found.right === 'nothing' && made <= env.settings.maxRetries
      if (!again)
        return ended(
          E.isLeft(end) ? end.left : E.isLeft(answer) ? answer.left : unclear(answer.right, env.operation.scrub)
        )
    }
  }
