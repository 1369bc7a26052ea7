import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import { type ProviderError, refused } from '../Errors'
import { type OperatorConnectNumber, getNumbersV2, getNumbersV3 } from '../lookups/Numbers'
import { orMissing } from '../lookups/Missing'
import { getService } from '../lookups/Service'
import { getServices } from '../lookups/Services'
import { few } from '../Words'
import type { NumbersGuardArgs } from './Args'

/** Whether connections may go: not as long as acquired numbers of Operator Connect refer to them. */

/** What is asked for: these connections of this customer. */
export type Guarded = Pick<NumbersGuardArgs, 'customerGuid' | 'msTenantId' | 'connections'>

const noTenant = (customerGuid: string): ProviderError =>
  refused(
    `The details of customer ${customerGuid} name no Microsoft tenant, so its numbers cannot be read`,
    'declare msTenantId, or allow: ["numbers"] if the connections may go unseen'
  )

const tenantOf = ({ customerGuid, msTenantId }: Guarded): Program<string> =>
  msTenantId !== undefined
    ? RTE.right(msTenantId)
    : pipe(
        getService({ customerGuid }),
        RTE.chain((service) =>
          service.msTenantId === undefined ? RTE.left(noTenant(customerGuid)) : RTE.right(service.msTenantId)
        )
      )

/** Numbers that are in the way, and why. */
export interface InTheWay {
  readonly numbers: ReadonlyArray<OperatorConnectNumber>
  /** Whether the platform tells which connection they belong to. */
  readonly isTold: boolean
}

const none: InTheWay = { numbers: [], isTold: true }

/** A name as it is compared: the list of numbers may spell it in another case. */
export const nameKey = (name: string): string => name.toLowerCase()

/** The numbers that refer to one of these connections. Pure. */
export const referring = (
  { customerGuid, connections }: Pick<Guarded, 'customerGuid' | 'connections'>,
  numbers: ReadonlyArray<OperatorConnectNumber>
): ReadonlyArray<OperatorConnectNumber> => {
  const names = new Set(connections.map(nameKey))
  return numbers.filter(
    (number) =>
      // A row that names no service may be of any of the tenant.
      (number.customerGuid ?? customerGuid) === customerGuid && names.has(nameKey(number.sipConnectionName ?? ''))
  )
}

/** V2 does not tell the connection, so that any number of the tenant may be in the way. A platform without both calls has no numbers. */
const ofTenant = (guarded: Guarded, msTenantId: string): Program<InTheWay> =>
  pipe(
    getNumbersV3({ msTenantId }),
    RTE.map((numbers): InTheWay => ({ numbers: referring(guarded, numbers), isTold: true })),
    RTE.orElse((error) =>
      error._tag === 'NotFound'
        ? pipe(
            getNumbersV2(msTenantId),
            RTE.map((numbers): InTheWay => ({ numbers, isTold: false }))
          )
        : RTE.left(error)
    ),
    RTE.orElse((error) =>
      error._tag !== 'NotFound'
        ? RTE.left(error)
        : pipe(
            isThePlatform,
            RTE.chain(() =>
              RTE.asks((env: Env) => {
                env.warn(
                  `The platform has no list of Operator Connect numbers of tenant ${msTenantId} (404), so connections of customer ${guarded.customerGuid} are let go without it.`
                )
                return none
              })
            )
          )
    )
  )

/** A wrong address answers 404 to everything, and would let all connections go; the platform has a list of services. */
const isThePlatform: Program<unknown> = pipe(getServices(), orMissing('list of services'))

/** How many names or numbers an error lists. */
export const listed = 10

const numberText = ({ telephoneNumber, sipConnectionName, acquiredNumberStatus }: OperatorConnectNumber): string => {
  const details = [sipConnectionName, acquiredNumberStatus].filter((text) => text !== undefined)
  return details.length === 0 ? telephoneNumber : `${telephoneNumber} (${details.join(', ')})`
}

const counted = (count: number): string => `${count} acquired number${count === 1 ? '' : 's'}`

const stillThere = ({ customerGuid, connections }: Guarded, { numbers, isTold }: InTheWay): ProviderError =>
  refused(
    isTold
      ? `${counted(numbers.length)} of Operator Connect still refer${numbers.length === 1 ? 's' : ''} to SIP connections of customer ${customerGuid} that are to go: ${few(numbers.map(numberText), listed)}; nothing was changed`
      : `The platform does not tell which SIP connection the ${counted(numbers.length)} of the tenant of customer ${customerGuid} belong to, and ${few(connections, listed)} ${connections.length === 1 ? 'is' : 'are'} to go: ${few(numbers.map(numberText), listed)}; nothing was changed`,
    'release the numbers (unassign them first), or declare allow: ["numbers"] and run "pulumi up" before'
  )

/** Ends well when these connections may go. */
export const mayGo = (guarded: Guarded): Program<void> =>
  guarded.connections.length === 0
    ? RTE.right(undefined)
    : pipe(
        tenantOf(guarded),
        RTE.chain((msTenantId) => ofTenant(guarded, msTenantId)),
        RTE.chain((found) => (found.numbers.length === 0 ? RTE.right(undefined) : RTE.left(stillThere(guarded, found))))
      )
