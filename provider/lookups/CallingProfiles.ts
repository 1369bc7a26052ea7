import * as t from 'io-ts'
import { Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { SbcReference, listOf } from './Codecs'
import { listed, whole } from './Lists'

/** A trunk that is enrolled with a calling profile. */
export interface EnrolledTrunk {
  /** Host name of the trunk. */
  readonly trunkFqdn: string | undefined
  /** Id of the trunk. */
  readonly trunkId: string | undefined
  /** The SBCs behind it. */
  readonly sbcs: ReadonlyArray<SbcReference>
}

/** A calling profile of Operator Connect, which AudioCodes sets up. */
export interface CallingProfile {
  /** Id of the profile, a uuid. */
  readonly callingProfileId: string
  /** Name of the profile. */
  readonly name: string | undefined
  /** Environment. */
  readonly environment: string | undefined
  /** Region. */
  readonly region: string | undefined
  /** Carrier. */
  readonly carrier: string | undefined
  /** Names of its offer types. */
  readonly offerTypes: ReadonlyArray<string>
  /** Whether it is for emergency calls. */
  readonly isEmergencyProfile: boolean | undefined
  /** The profile that emergency calls use. */
  readonly emergencyProfileId: string | undefined
  /** Its trunks, with their SBCs. */
  readonly trunks: ReadonlyArray<EnrolledTrunk>
  /** Further SBCs. */
  readonly additionalSbcs: ReadonlyArray<SbcReference>
}

const OfferType = new t.Type<string, unknown, unknown>(
  'offer type',
  t.string.is,
  (u, context) => {
    const decoded = caseBlind({ offerTypeName: t.string }, 'OfferType').validate(u, context)
    return decoded._tag === 'Left' ? decoded : t.success(decoded.right.offerTypeName)
  },
  t.identity
)

const Trunk: t.Type<EnrolledTrunk, unknown, unknown> = caseBlind(
  { trunkFqdn: optional(t.string), trunkId: optional(Text), sbcs: listOf(SbcReference) },
  'Trunk',
  { sbcs: ['matchingSbcList'] }
)

const Profile: t.Type<CallingProfile, unknown, unknown> = caseBlind(
  {
    callingProfileId: t.string,
    name: optional(t.string),
    environment: optional(t.string),
    region: optional(t.string),
    carrier: optional(t.string),
    offerTypes: listOf(OfferType),
    isEmergencyProfile: optional(t.boolean),
    emergencyProfileId: optional(t.string),
    trunks: listOf(Trunk),
    additionalSbcs: listOf(SbcReference)
  },
  'CallingProfile',
  // The platform misspells the environment.
  { environment: ['enviroment'], trunks: ['trunksEnrolled'], additionalSbcs: ['additionalSbcList'] }
)

/** Get Calling Profiles. */
export const getCallingProfiles = (): Program<ReadonlyArray<CallingProfile>> =>
  listed({ path: '/api/v2/oc/callingprofile', entry: Profile, paging: whole })
