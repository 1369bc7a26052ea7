/** Get SBC Devices: linked from nearly every page of the documentation, and described by none. Path and answer are switches. */
import * as Problems from './Problems'
import type { Call, Result, Sbc } from './Types'

const camel = ({ id, name, fqdn, ipAddress, cacProfiles, proxySets }: Sbc) => ({
  id,
  name,
  fqdn,
  ipAddress,
  cacProfiles,
  proxySets
})

const named = (names: readonly string[]) => names.map((Name) => ({ Name }))

const pascal = ({ id, name, fqdn, ipAddress, cacProfiles, proxySets }: Sbc) => ({
  SbcId: id,
  Name: name,
  Fqdn: fqdn,
  IpAddress: ipAddress,
  CacProfiles: named(cacProfiles),
  ProxySets: named(proxySets)
})

const answers = {
  camel: (sbcs: readonly Sbc[]) => sbcs.map(camel),
  pascal: (sbcs: readonly Sbc[]) => sbcs.map(pascal),
  envelope: (sbcs: readonly Sbc[]) => ({
    currentPage: 1,
    pageSize: sbcs.length,
    totalPages: 1,
    totalRecords: sbcs.length,
    data: sbcs.map(camel)
  })
}

export const listSbcDevices = (call: Call): Result => [
  call.state,
  Problems.json(200, answers[call.state.switches.sbcDevicesAnswer](call.state.sbcs))
]
