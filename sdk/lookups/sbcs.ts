import type * as pulumi from '@pulumi/pulumi'
import type { NoArgs } from '../../provider/lookups/Calls'
import type { CallingProfile } from '../../provider/lookups/CallingProfiles'
import type { SbcDevice } from '../../provider/lookups/SbcDevices'
import type { Inputs } from '../Inputs'
import { type LookupOptions, output, promised } from './Lookup'

/**
 * The calling profiles of Operator Connect, which AudioCodes sets up, with their trunks and SBCs. The list is not paged.
 *
 * It is read once a run and configuration, however often it is asked for.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Calling Profiles.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const profiles = live.getCallingProfiles()
 * export const regions = profiles.then((all) => all.map(({ name, region }) => `${name}: ${region ?? 'any'}`))
 */
export const getCallingProfiles = (
  args: NoArgs = {},
  opts: LookupOptions = {}
): Promise<ReadonlyArray<CallingProfile>> => promised('getCallingProfiles', args, opts)

/**
 * The same as `getCallingProfiles`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const first = live.getCallingProfilesOutput().apply((profiles) => profiles[0]?.name)
 */
export const getCallingProfilesOutput = (
  args: Inputs<NoArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<CallingProfile>> => output('getCallingProfiles', args, opts)

/**
 * The SBC devices, by id. Where the setting `sbcDevicesPath` names Get SBC Devices, which the vendor does not document, that is asked.
 * Otherwise the list is put together from the calling profiles (id, name, host name, address) and from the SIP connections of all
 * services (id alone): an SBC that neither names is missing, and CAC profiles and proxy sets are not told. `source` says which it is.
 *
 * It is read once a run and configuration, however often it is asked for.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get SBC Devices; or Get Calling Profiles and Get Services Brief Details (V3).
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const sbcs = live.getSbcDevices()
 * export const ids = sbcs.then((all) => all.map(({ sbcId, name }) => `${sbcId}: ${name ?? 'not named'}`))
 */
export const getSbcDevices = (args: NoArgs = {}, opts: LookupOptions = {}): Promise<ReadonlyArray<SbcDevice>> =>
  promised('getSbcDevices', args, opts)

/**
 * The same as `getSbcDevices`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const count = live.getSbcDevicesOutput().apply((sbcs) => sbcs.length)
 */
export const getSbcDevicesOutput = (
  args: Inputs<NoArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<SbcDevice>> => output('getSbcDevices', args, opts)
