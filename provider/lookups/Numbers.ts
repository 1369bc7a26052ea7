import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { type Arguments, Guid, Words } from './Arguments'
import { OptionalGuid, SbcReference, listOf } from './Codecs'
import { listed, whole } from './Lists'
import { orMissing } from './Missing'

/** A number of Operator Connect. */
export interface OperatorConnectNumber {
  /** The number, E.164. */
  readonly telephoneNumber: string
  /** `Active`, `Release Requested`, `Marked For Removal` or `Ready For Removal`, as the platform writes it. */
  readonly acquiredNumberStatus: string | undefined
  /** The service that it belongs to, a uuid. V3 only. */
  readonly customerGuid: string | undefined
  /** Name of the SIP connection that it belongs to. V3 only. */
  readonly sipConnectionName: string | undefined
  /** Calling profile that it was uploaded with. */
  readonly callingProfileId: string | undefined
  /** Calling profile at the tenant. V3 only. */
  readonly tenantCallingProfileId: string | undefined
  /** The SBCs that route it. */
  readonly sbcs: ReadonlyArray<SbcReference>
}

/** Arguments of `getNumbers`. */
export interface GetNumbersArgs {
  /** Numbers of this Microsoft tenant, a uuid. */
  readonly msTenantId: string
  /** Only numbers with this status, e.g. `Active`. V3 only. */
  readonly acquiredNumberStatus?: string
}

/** What is right for `getNumbers`. */
export const numbersArguments: Arguments<GetNumbersArgs> = {
  msTenantId: Guid,
  acquiredNumberStatus: optional(Words)
}

const OcNumber: t.Type<OperatorConnectNumber, unknown, unknown> = caseBlind(
  {
    telephoneNumber: Text,
    acquiredNumberStatus: optional(Text),
    customerGuid: OptionalGuid,
    sipConnectionName: optional(t.string),
    callingProfileId: optional(Text),
    tenantCallingProfileId: optional(Text),
    sbcs: listOf(SbcReference)
  },
  'OperatorConnectNumber',
  {
    telephoneNumber: ['phoneNumber', 'number'],
    acquiredNumberStatus: ['status', 'numberStatus'],
    customerGuid: ['umpCustomerGuid'],
    sipConnectionName: ['ocSipConnectionName'],
    sbcs: ['sbcList']
  }
)

/** Get Operator Connect Customer Numbers in V3, whose rows tell the SIP connection. */
export const getNumbersV3 = ({
  msTenantId,
  acquiredNumberStatus
}: GetNumbersArgs): Program<ReadonlyArray<OperatorConnectNumber>> =>
  listed({
    path: '/api/v3/oc/numbers',
    query: { msTenantId, ...(acquiredNumberStatus === undefined ? {} : { acquiredNumberStatus }) },
    entry: OcNumber,
    paging: { first: 1, size: 200 }
  })

/** The same in V2, all numbers of a tenant. */
export const getNumbersV2 = (msTenantId: string): Program<ReadonlyArray<OperatorConnectNumber>> =>
  listed({ path: '/api/v2/oc/numbers', query: { msTenantId }, entry: OcNumber, paging: whole })

/** Get Operator Connect Customer Numbers: V3, and V2 where that is missing. */
export const getNumbers = (args: GetNumbersArgs): Program<ReadonlyArray<OperatorConnectNumber>> =>
  pipe(
    getNumbersV3(args),
    RTE.orElse((error) =>
      // V2 does not filter, and all numbers are not what was asked for.
      error._tag === 'NotFound' && args.acquiredNumberStatus === undefined
        ? getNumbersV2(args.msTenantId)
        : RTE.left(error)
    ),
    orMissing(`numbers of tenant ${args.msTenantId}`)
  )
