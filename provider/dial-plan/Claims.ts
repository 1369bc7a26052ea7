import * as RTE from 'fp-ts/ReaderTaskEither'
import type { Env, Program } from '../Env'
import { refused } from '../Errors'
import { doing, failing } from '../Operations'
import { holderOf } from '../Ownership'
import { hasUnknown } from '../Unknowns'
import type { DialPlanArgs } from './Args'
import type { Rule } from './ChangeSet'
import { few } from '../Words'
import { listed } from './Notices'
import { type Address, type FoundState, idOf } from './State'

/**
 * Whose prefixes they are: several resources of one program may share a dial plan, each with prefixes of its own. Who has written one in this run has
 * it, until it gives it away; else who declares it and has it from an earlier run.
 */

/** Two spellings of the name of a plan may be one plan. */
const keyOf = (at: Address, prefix: string): string => `dial plan ${idOf(at).toLowerCase()} ${prefix}`

/** What a declared resource has from an earlier run: the prefixes that it keeps. */
export const kept = (at: Address, { rules = [] }: FoundState, news: Partial<DialPlanArgs>): ReadonlyArray<string> => {
  const wanted = new Set(hasUnknown(news.rules) ? [] : news.rules?.map(({ prefix }) => prefix))
  return rules.flatMap(({ prefix }) => (wanted.has(prefix) ? [keyOf(at, prefix)] : []))
}

const notOf =
  (ownerOf: (env: Env, key: string) => string | undefined) =>
  (at: Address, rules: ReadonlyArray<Rule>, { lastOperation }: FoundState): Program<ReadonlyArray<string>> =>
    RTE.asks((env: Env) =>
      rules
        .map(({ prefix }) => prefix)
        .filter((prefix) => {
          const owner = ownerOf(env, keyOf(at, prefix))
          return owner !== undefined && owner !== lastOperation?.correlationId
        })
    )

/** The prefixes that another resource has, written in this run or before. */
export const ofOthers = notOf(holderOf)

const writtenByOthers = notOf(({ claims }, key) => claims.get(key))

/** Two resources of one program must not manage the same prefix: the second one is told. */
export const areFree =
  (at: Address, rules: ReadonlyArray<Rule>, state: FoundState): Program<void> =>
  (env) =>
  async () => {
    const taken = await writtenByOthers(at, rules, state)(env)()
    return taken._tag === 'Right' && taken.right.length > 0
      ? failing<void>(
          refused(
            `Another resource of this program manages prefixes of dial plan "${at.dialPlanName}" that are declared here too: ${few(taken.right, listed)}; nothing was sent`,
            'declare each prefix of a plan in one DialPlan only'
          )
        )(env)()
      : doing(() => undefined)(env)()
  }

/** Notes what is ours from now on, and what is no longer. */
export const claim = (at: Address, rules: ReadonlyArray<Rule>, before: ReadonlyArray<Rule>): Program<void> =>
  doing(({ claims, operation }) => {
    for (const { prefix } of before) claims.delete(keyOf(at, prefix))
    for (const { prefix } of rules) claims.set(keyOf(at, prefix), operation.correlationId)
  })
