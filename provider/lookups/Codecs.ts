import * as t from 'io-ts'
import { nil } from '../Answers'
import { Integer, caseBlind, optional } from '../Decode'

/** What several of the calls answer with. */

/** A uuid in lower case. */
export const LowerCase = new t.Type<string, unknown, unknown>(
  'uuid',
  t.string.is,
  (u, context) => (typeof u === 'string' ? t.success(u.toLowerCase()) : t.failure(u, context)),
  t.identity
)

/** The same; null, an empty text and the nil uuid are none. */
export const OptionalGuid = new t.Type<string | undefined, unknown, unknown>(
  'uuid',
  (u): u is string | undefined => u === undefined || typeof u === 'string',
  (u, context) =>
    u === undefined || u === null || u === '' || u === nil ? t.success(undefined) : LowerCase.validate(u, context),
  t.identity
)

/** A list; null and a missing one are empty. */
export const listOf = <A>(entry: t.Type<A, unknown, unknown>): t.Type<ReadonlyArray<A>, unknown, unknown> => {
  const entries = t.array(entry)
  return new t.Type<ReadonlyArray<A>, unknown, unknown>(
    'list',
    (u): u is ReadonlyArray<A> => entries.is(u),
    (u, context) => (u === undefined || u === null ? t.success([]) : entries.validate(u, context)),
    t.identity
  )
}

/** An SBC as other things name it. */
export interface SbcReference {
  /** Id of the SBC. */
  readonly sbcId: number
  /** Name of the SBC. */
  readonly name: string | undefined
  /** Host name of the SBC. */
  readonly fqdn: string | undefined
  /** Address of the SBC. */
  readonly ipAddress: string | undefined
}

const Sbc: t.Type<SbcReference, unknown, unknown> = caseBlind(
  { sbcId: Integer, name: optional(t.string), fqdn: optional(t.string), ipAddress: optional(t.string) },
  'Sbc',
  { sbcId: ['id'], name: ['sbcName'] }
)

/** An SBC, or its id alone: the vendor shows some of these lists empty. */
export const SbcReference = new t.Type<SbcReference, unknown, unknown>(
  'SBC or id of an SBC',
  Sbc.is,
  (u, context) =>
    Integer.is(u)
      ? t.success({ sbcId: u, name: undefined, fqdn: undefined, ipAddress: undefined })
      : Sbc.validate(u, context),
  t.identity
)
