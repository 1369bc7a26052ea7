import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { Integer, caseBlind, optional } from '../Decode'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import { type CallingProfile, getCallingProfiles } from './CallingProfiles'
import { type List, listed, whole } from './Lists'
import { type Service, getServices } from './Services'

/** An SBC device, as far as it is known. */
export interface SbcDevice {
  /** Id of the SBC in the database of the platform. */
  readonly sbcId: number
  /** Name of the SBC. */
  readonly name: string | undefined
  /** Host name of the SBC. */
  readonly fqdn: string | undefined
  /** Address of the SBC. */
  readonly ipAddress: string | undefined
  /** Names of its CAC profiles, e.g. `10 sessions`; `undefined` where they are not told. */
  readonly cacProfiles: ReadonlyArray<string> | undefined
  /** Names of its proxy sets; `undefined` where they are not told. */
  readonly proxySets: ReadonlyArray<string> | undefined
  /** Where it is known from: Get SBC Devices, a calling profile, or a SIP connection of a service. */
  readonly source: 'device' | 'callingProfile' | 'service'
}

/** A name, or an object with one. */
const Name = new t.Type<string, unknown, unknown>(
  'name',
  t.string.is,
  (u, context) => {
    if (typeof u === 'string') return t.success(u)
    const named = caseBlind({ name: t.string }, 'named', { name: ['profileName', 'value'] }).validate(u, context)
    return named._tag === 'Left' ? named : t.success(named.right.name)
  },
  t.identity
)

/** The answer is not documented: these are the names that the rest of the API has for such things. */
const Wire = caseBlind(
  {
    sbcId: Integer,
    name: optional(t.string),
    fqdn: optional(t.string),
    ipAddress: optional(t.string),
    cacProfiles: optional(t.array(Name)),
    proxySets: optional(t.array(Name))
  },
  'SbcDevice',
  {
    sbcId: ['id', 'deviceId'],
    name: ['sbcName', 'deviceName'],
    fqdn: ['sbcFqdn', 'hostName'],
    ipAddress: ['ip', 'address'],
    cacProfiles: ['cacProfile', 'cacProfileList'],
    proxySets: ['proxySet', 'proxySetList']
  }
)

const Device = new t.Type<SbcDevice, unknown, unknown>(
  Wire.name,
  (u): u is SbcDevice => Wire.is(u),
  (u, context) => {
    const wire = Wire.validate(u, context)
    return wire._tag === 'Left' ? wire : t.success({ ...wire.right, source: 'device' as const })
  },
  t.identity
)

const devicesAt = (path: string): List<SbcDevice> => ({
  path: path.startsWith('/') ? path : `/${path}`,
  entry: Device,
  paging: whole
})

/** The SBCs that calling profiles and SIP connections name, each once, by id; a profile knows more than a connection. Pure. */
export const inventory = (
  profiles: ReadonlyArray<CallingProfile>,
  services: ReadonlyArray<Service>
): ReadonlyArray<SbcDevice> => {
  const unknown = {
    name: undefined,
    fqdn: undefined,
    ipAddress: undefined,
    cacProfiles: undefined,
    proxySets: undefined
  }
  const ofProfiles = profiles
    .flatMap(({ trunks, additionalSbcs }) => [...trunks.flatMap(({ sbcs }) => sbcs), ...additionalSbcs])
    // An entry without a name must not hide one with it.
    .sort(
      (a, b) =>
        Number(b.name !== undefined || b.fqdn !== undefined) - Number(a.name !== undefined || a.fqdn !== undefined)
    )
    .map((sbc): SbcDevice => ({ ...unknown, ...sbc, source: 'callingProfile' }))
  const ofServices = services
    .flatMap(({ sipConnections = [] }) => sipConnections)
    .flatMap(({ sbcId }): ReadonlyArray<SbcDevice> =>
      sbcId === undefined ? [] : [{ sbcId, ...unknown, source: 'service' }]
    )
  const found = new Map<number, SbcDevice>()
  for (const device of [...ofProfiles, ...ofServices]) if (!found.has(device.sbcId)) found.set(device.sbcId, device)
  return [...found.values()].sort((a, b) => a.sbcId - b.sbcId)
}

/** Without Operator Connect there may be no calling profiles. */
const profilesIfAny: Program<ReadonlyArray<CallingProfile>> = pipe(
  getCallingProfiles(),
  RTE.orElse((error) =>
    error._tag === 'NotFound'
      ? RTE.right<Env, ProviderError, ReadonlyArray<CallingProfile>>([])
      : RTE.left<Env, ProviderError, ReadonlyArray<CallingProfile>>(error)
  )
)

/** Get SBC Devices where the setting `sbcDevicesPath` names it, and something else where it does not. */
const devicesOr = (otherwise: Program<ReadonlyArray<SbcDevice>>): Program<ReadonlyArray<SbcDevice>> =>
  pipe(
    RTE.asks((env: Env) => env.settings.sbcDevicesPath),
    RTE.chain((path) => (path === undefined ? otherwise : listed(devicesAt(path))))
  )

/** Get SBC Devices; or what calling profiles and the connections of all services tell. */
export const getSbcDevices = (): Program<ReadonlyArray<SbcDevice>> =>
  devicesOr(
    pipe(
      profilesIfAny,
      RTE.chain((profiles) =>
        pipe(
          getServices({ allDetails: true }),
          RTE.map((services) => inventory(profiles, services))
        )
      )
    )
  )

/** The SBCs whose names are known: one read less, since services know only ids. */
export const namedSbcs = (): Program<ReadonlyArray<SbcDevice>> =>
  devicesOr(
    pipe(
      profilesIfAny,
      RTE.map((profiles) => inventory(profiles, []))
    )
  )
