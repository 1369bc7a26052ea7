import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { scrubbed } from '../Answers'
import type { Env, Program } from '../Env'
import { type ProviderError, mismatch } from '../Errors'
import * as Http from '../Http'
import { doing, failing } from '../Operations'
import type { ChangeSet, Rule } from './ChangeSet'
import type { Address } from './State'
import { ChangeAnswer, PlanAnswer } from './Wire'

/** The calls of the API that a dial plan needs, one function each. */

const part = encodeURIComponent

const pathOf = ({ customerGuid, siteGuid, dialPlanName }: Address): string =>
  `/api/v2/customer/${part(customerGuid)}/sitelocation/${part(siteGuid)}/dialplan/${part(dialPlanName)}`

const isPlan = (answered: string, { dialPlanName }: Address): boolean =>
  answered.toLowerCase() === dialPlanName.toLowerCase()

const anotherPlan = ({ siteGuid, dialPlanName }: Address): ProviderError =>
  mismatch(
    `The platform was asked for dial plan "${dialPlanName}" of site ${siteGuid}, and answered with another one; nothing was changed`
  )

const anotherChanged = ({ siteGuid, dialPlanName }: Address, answered: string): ProviderError =>
  mismatch(
    `The platform was asked to change dial plan "${dialPlanName}" of site ${siteGuid}, and answered with "${answered}"; which of the two it changed is not known`
  )

/** Get Dial Plan Contents for SIP Connection: all rules of the plan. */
export const getPlan = (at: Address): Program<ReadonlyArray<Rule>> =>
  pipe(
    Http.send({ method: 'GET', path: pathOf(at), answer: PlanAnswer }),
    RTE.chain(({ dialPlanId = at.dialPlanName, ruleDTO }) =>
      isPlan(dialPlanId, at) ? RTE.right(ruleDTO) : failing(anotherPlan(at))
    )
  )

/** Modify Dial Plan Content for SIP Connection. Its execution messages are kept for the outputs. */
export const patchPlan = (at: Address, { add, remove }: ChangeSet): Program<ChangeAnswer> =>
  pipe(
    Http.send({
      method: 'PATCH',
      path: pathOf(at),
      body: { dialPlanId: at.dialPlanName, add, remove },
      answer: ChangeAnswer,
      ifEmpty: null,
      audit: {
        resource: 'DialPlan',
        customerGuid: at.customerGuid,
        siteGuid: at.siteGuid,
        name: at.dialPlanName,
        fields: ['rules'],
        added: add.length,
        removed: remove.length
      }
    }),
    RTE.chainFirst(({ executionMessages, words }) =>
      doing((env) => {
        const { said, scrub } = env.operation
        const told = words === undefined ? [] : [{ level: 'Information' as const, message: words }]
        said.splice(0, Infinity, ...scrubbed([...executionMessages, ...told], scrub))
      })
    ),
    RTE.chainFirst(({ dialPlanId = at.dialPlanName }) =>
      pipe(
        RTE.asks((env: Env) => env.operation.scrub(dialPlanId)),
        RTE.chain((answered) =>
          isPlan(dialPlanId, at) ? doing(() => undefined) : failing<void>(anotherChanged(at, answered))
        )
      )
    )
  )
