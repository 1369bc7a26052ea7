import * as E from 'fp-ts/Either'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import { operation } from '../Operations'
import { getPlan } from '../dial-plan/Requests'
import type { Address } from '../dial-plan/State'
import { getCallingProfiles } from '../lookups/CallingProfiles'
import { getOnlinePstnGateways } from '../lookups/OnlinePstnGateways'
import { type SbcDevice, getSbcDevices, inventory } from '../lookups/SbcDevices'
import { getScriptTemplates } from '../lookups/ScriptTemplates'
import { getService } from '../lookups/Service'
import { getServices } from '../lookups/Services'
import { isOfPlatform } from './Trouble'

/**
 * What the preflight reads: each list once a run and configuration, whether it can be had or not, shared with the lookups of the program.
 * No read takes longer than one exchange may, its retries included. When the platform cannot be asked, nothing further is sent.
 */

/** A read that failed, with the words of the lookup that it is. */
export interface FailedRead {
  readonly read: string
  readonly error: ProviderError
}

type Had<A> = E.Either<FailedRead, A>
type Read<A> = () => Promise<Had<A>>

export interface Reads {
  readonly services: Read<ReturnTypeOf<typeof getServices>>
  readonly service: (customerGuid: string) => Promise<Had<ReturnTypeOf<typeof getService>>>
  readonly scripts: Read<ReturnTypeOf<typeof getScriptTemplates>>
  /** From Get SBC Devices, or from what else names SBCs. */
  readonly sbcs: Read<ReadonlyArray<SbcDevice>>
  readonly profiles: Read<ReturnTypeOf<typeof getCallingProfiles>>
  readonly gateways: (customerGuid: string) => Promise<Had<ReturnTypeOf<typeof getOnlinePstnGateways>>>
  readonly dialPlan: (at: Address) => Promise<Had<ReturnTypeOf<typeof getPlan>>>
}

type ReturnTypeOf<F> = F extends (...args: infer _) => Program<infer A> ? A : never

const readsIn = (env: Env): Reads => {
  const made = new Map<string, Promise<E.Either<ProviderError, unknown>>>()
  const down: { error?: ProviderError } = {}
  const hurried: Env = { ...env, settings: { ...env.settings, operationTimeout: env.settings.requestTimeout } }
  const send = async <A>(program: Program<A>): Promise<E.Either<ProviderError, A>> => {
    if (down.error !== undefined) return E.left(down.error)
    const result = await operation('lookup', [])(program)(hurried)()
    if (E.isLeft(result) && isOfPlatform(result.left)) down.error ??= result.left
    return result
  }
  const once = async <A>(read: string, program: Program<A>): Promise<Had<A>> => {
    const begun = made.get(read) ?? send(program)
    made.set(read, begun)
    const result = await begun
    // The words say which read it is, and so of which type its value is.
    return E.isLeft(result) ? E.left({ read, error: result.left }) : E.right(result.right as A)
  }
  const services: Reads['services'] = () => once('getServices(allDetails: true)', getServices({ allDetails: true }))
  const profiles: Reads['profiles'] = () => once('getCallingProfiles()', getCallingProfiles())
  const namedNow: Reads['sbcs'] = async () => {
    const [ofProfiles, ofServices] = await Promise.all([profiles(), services()])
    if (E.isLeft(ofServices)) return ofServices
    // Without Operator Connect there may be no calling profiles.
    if (E.isLeft(ofProfiles) && ofProfiles.left.error._tag !== 'NotFound') return ofProfiles
    return E.right(inventory(E.isRight(ofProfiles) ? ofProfiles.right : [], ofServices.right))
  }
  let namedOnce: ReturnType<Reads['sbcs']> | undefined
  const named: Reads['sbcs'] = () => (namedOnce ??= namedNow())
  return {
    services,
    service: (customerGuid) => once(`getService(customerGuid: "${customerGuid}")`, getService({ customerGuid })),
    scripts: () => once('getScriptTemplates()', getScriptTemplates()),
    sbcs: env.settings.sbcDevicesPath === undefined ? named : () => once('getSbcDevices()', getSbcDevices()),
    profiles,
    gateways: (customerGuid) =>
      once(`getOnlinePstnGateways(customerGuid: "${customerGuid}")`, getOnlinePstnGateways({ customerGuid })),
    dialPlan: (at) => once(`dial plan "${at.dialPlanName}" (site ${at.siteGuid})`, getPlan(at))
  }
}

/** An operation works with a copy of the capabilities, whose parts are those of the configuration: one of them stands for it. */
const held = new WeakMap<Env['directory'], Reads>()

/** The reads for a configuration within a run. */
export const readsOf = (env: Env): Reads => {
  const reads = held.get(env.directory) ?? readsIn(env)
  held.set(env.directory, reads)
  return reads
}
