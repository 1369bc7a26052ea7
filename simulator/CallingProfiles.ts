import * as Problems from './Problems'
import type { Call, CallingProfile, Result, State } from './Types'

const sbcsShown = (state: State, ids: readonly number[]) =>
  state.sbcs
    .filter(({ id }) => ids.includes(id))
    .map(({ id, fqdn, ipAddress, name }) => ({ sbcId: id, fqdn, ipAddress, name }))

const additional = (state: State, ids: readonly number[]): readonly unknown[] =>
  ({ none: [], objects: sbcsShown(state, ids), ids })[state.switches.additionalSbcs]

/** `enviroment` is spelled as the platform spells it. */
const shown = (state: State, profile: CallingProfile) => ({
  additionalSbcList: additional(state, profile.additionalSbcIds),
  callingProfileId: profile.id,
  name: profile.name,
  enviroment: profile.environment,
  region: profile.region,
  carrier: profile.carrier,
  offerTypes: profile.offerTypes.map((offerTypeName) => ({ offerTypeName, testNumbers: [] })),
  emergencyDialStrings: profile.emergencyDialStrings,
  isEmergencyProfile: profile.isEmergencyProfile,
  emergencyProfileId: profile.emergencyProfileId,
  trunksEnrolled: profile.trunks.map(({ fqdn, id, sbcIds }) => ({
    trunkFqdn: fqdn,
    trunkId: id,
    matchingSbcList: sbcsShown(state, sbcIds)
  })),
  validation: Object.fromEntries(profile.offerTypes.map((offer) => [offer, 'NotValidated']))
})

/** `GET /api/v2/oc/callingprofile`; not paged. */
export const listCallingProfiles = (call: Call): Result => [
  call.state,
  Problems.json(
    200,
    call.state.callingProfiles.map((profile) => shown(call.state, profile))
  )
]
