import * as E from 'fp-ts/Either'
import type { Program } from '../../provider/Env'
import type { ProviderError } from '../../provider/Errors'
import { getCallingProfiles } from '../../provider/lookups/CallingProfiles'
import { getLeads } from '../../provider/lookups/Leads'
import { chooseCustomer } from '../../provider/lookups/Names'
import { getNumbers } from '../../provider/lookups/Numbers'
import { getOnlinePstnGateways } from '../../provider/lookups/OnlinePstnGateways'
import { getSbcDevices } from '../../provider/lookups/SbcDevices'
import { getScriptTemplates } from '../../provider/lookups/ScriptTemplates'
import { getService } from '../../provider/lookups/Service'
import { type CustomerSummary, type Service, getCustomers, getServices } from '../../provider/lookups/Services'
import { getSipConnection } from '../../provider/lookups/SipConnection'
import { getTask } from '../../provider/lookups/Task'
import { isGuid } from '../../provider/Codecs'
import { amount } from '../report/Values'
import { type Finding, explained, finding } from './Finding'
import type { World } from './World'

/** Each of the calls that read. */

/** What is looked at in detail: a customer, and one of its connections. */
export interface Target {
  readonly customerGuid?: string
  readonly shortName?: string
  readonly msTenantId?: string
  readonly siteGuid?: string
  readonly taskId?: string
}

/** What a call came to. `optional`: a platform without Operator Connect may lack it. */
interface Reading<A> {
  readonly call: string
  readonly optional?: boolean
  readonly program: Program<A>
  /** What it brought, in a few words. */
  readonly brought: (value: A) => string
}

/** What became of a call. */
interface Looked<A> {
  readonly finding: Finding
  readonly value?: A
  readonly error?: ProviderError
}

const isMissing = ({ _tag }: ProviderError): boolean => _tag === 'NotFound' || _tag === 'Refused'

const forbidden = (error: ProviderError): boolean => error._tag === 'Rejected' && error.exchange.status === 403

const look = async <A>(world: World, { call, optional, program, brought }: Reading<A>): Promise<Looked<A>> => {
  const found = finding('lookups', call)
  const result = await world.read(program)
  if (E.isRight(result)) return { finding: found('ok', brought(result.right)), value: result.right }
  const { found: text, ...more } = explained(call, result.left, world.env.now())
  const bearable = optional === true && (isMissing(result.left) || forbidden(result.left))
  return { finding: found(bearable ? 'warning' : 'failed', text, more), error: result.left }
}

const entries = (list: ReadonlyArray<unknown>): string => (list.length === 1 ? '1 entry' : `${list.length} entries`)

/** Services in brief: V3 and V2. One of them is enough. */
const brief = async (world: World): Promise<ReadonlyArray<Finding>> => {
  const v3 = await look(world, { call: 'getServices', program: getServices(), brought: entries })
  const v2 = await look(world, { call: 'getCustomers', program: getCustomers(), brought: entries })
  const bearable = ({ finding: each, error }: Looked<unknown>, other: Looked<unknown>): Finding =>
    error?._tag === 'NotFound' && other.error === undefined ? { ...each, outcome: 'warning' } : each
  const empty = (each: Finding, value: ReadonlyArray<unknown> | undefined): Finding =>
    value?.length === 0
      ? {
          ...each,
          outcome: 'warning',
          next: 'check that the app registration may see the services: a token without rights sees none'
        }
      : each
  return [empty(bearable(v3, v2), v3.value), empty(bearable(v2, v3), v2.value)]
}

/** The service that a person names by guid or short name; else the first one with a connection. */
const chosen = (
  services: ReadonlyArray<CustomerSummary | Service>,
  named: string | undefined
): E.Either<string, Target> => {
  const targetOf = (service: CustomerSummary | Service): Target => ({
    ...(service.customerGuid === undefined ? {} : { customerGuid: service.customerGuid }),
    ...(service.shortName === undefined ? {} : { shortName: service.shortName }),
    ...('msTenantId' in service && service.msTenantId !== undefined ? { msTenantId: service.msTenantId } : {})
  })
  if (named !== undefined) {
    const guid = isGuid(named) ? E.right(named.toLowerCase()) : chooseCustomer(services, named)
    if (E.isLeft(guid)) return E.left(guid.left.text)
    const service = services.find(({ customerGuid }) => customerGuid === guid.right)
    return service === undefined ? E.left(`there is no service ${guid.right}`) : E.right(targetOf(service))
  }
  const licensed = services.filter(({ customerGuid }) => customerGuid !== undefined)
  const connected = licensed.find((each) => 'sipConnections' in each && (each.sipConnections ?? []).length > 0)
  const service = connected ?? licensed[0]
  return service === undefined ? E.left('there is no service to look at') : E.right(targetOf(service))
}

/** What to look at in detail. The list is the one that the inventory of SBCs needs too. */
export const chooseTarget = async (world: World, named: string | undefined): Promise<E.Either<string, Target>> => {
  const detailed = await world.read(getServices({ allDetails: true }))
  const services: E.Either<ProviderError, ReadonlyArray<CustomerSummary | Service>> = E.isRight(detailed)
    ? detailed
    : await world.read(getCustomers())
  return E.isLeft(services) ? E.left('the services cannot be listed') : chosen(services.right, named)
}

const none = (call: string, why: string): Finding => finding('lookups', call)('skipped', why)

/** The calls about one customer. */
const ofCustomer = async (
  world: World,
  target: Target
): Promise<{ readonly findings: ReadonlyArray<Finding>; readonly target: Target }> => {
  const { customerGuid, shortName } = target
  if (customerGuid === undefined) {
    return {
      findings: ['getService', 'getSipConnection', 'getOnlinePstnGateways'].map((call) =>
        none(call, 'there is no service to look at')
      ),
      target
    }
  }
  const service = await look(world, {
    call: 'getService',
    program: getService({ customerGuid }),
    brought: ({ sipConnections }) =>
      `${shortName ?? customerGuid} has ${sipConnections === undefined ? 'connections that are not told' : amount(sipConnections.length, 'connection')}`
  })
  const siteGuid = service.value?.sipConnections?.[0]?.siteGuid
  const msTenantId = service.value?.msTenantId ?? target.msTenantId
  const site =
    siteGuid === undefined
      ? {
          finding: none(
            'getSipConnection',
            'there is no connection to look at; name a customer that has one with --customer'
          )
        }
      : await look(world, {
          call: 'getSipConnection',
          program: getSipConnection({ siteGuid }),
          brought: ({ siteName, sbcId }) => `"${siteName}"${sbcId === undefined ? '' : ` on SBC ${sbcId}`}`
        })
  const gateways = await look(world, {
    call: 'getOnlinePstnGateways',
    optional: true,
    program: getOnlinePstnGateways({ customerGuid }),
    brought: entries
  })
  const taskId = 'value' in site ? site.value?.pendingTasks[0] : undefined
  return {
    findings: [service.finding, site.finding, gateways.finding],
    target: {
      ...target,
      ...(msTenantId === undefined ? {} : { msTenantId }),
      ...(siteGuid === undefined ? {} : { siteGuid }),
      ...(taskId === undefined ? {} : { taskId })
    }
  }
}

/** All calls, one after the other, and what is looked at in detail. */
export const checkLookups = async (
  world: World,
  named: string | undefined,
  withLeads: boolean
): Promise<{ readonly findings: ReadonlyArray<Finding>; readonly target: Target }> => {
  const briefs = await brief(world)
  const choice = await chooseTarget(world, named)
  const noTarget = E.isLeft(choice)
    ? [finding('lookups', 'customer')(named === undefined ? 'skipped' : 'failed', choice.left)]
    : []
  const about = await ofCustomer(world, E.isRight(choice) ? choice.right : {})
  const { msTenantId, taskId } = about.target
  const scripts = await look(world, { call: 'getScriptTemplates', program: getScriptTemplates(), brought: entries })
  const profiles = await look(world, {
    call: 'getCallingProfiles',
    optional: true,
    program: getCallingProfiles(),
    brought: entries
  })
  const source =
    world.env.settings.sbcDevicesPath === undefined
      ? 'put together from calling profiles and services'
      : 'from Get SBC Devices'
  const sbcs = await look(world, {
    call: 'getSbcDevices',
    optional: true,
    program: getSbcDevices(),
    brought: (list) => `${entries(list)}, ${source}`
  })
  const leads = withLeads
    ? (await look(world, { call: 'getLeads', optional: true, program: getLeads(), brought: entries })).finding
    : none('getLeads', 'reading leads may make the platform fetch their addresses from Microsoft; --leads reads them')
  const numbers =
    msTenantId === undefined
      ? none('getNumbers', 'no Microsoft tenant is known of the service')
      : (
          await look(world, {
            call: 'getNumbers',
            optional: true,
            program: getNumbers({ msTenantId }),
            brought: entries
          })
        ).finding
  const task =
    taskId === undefined
      ? none('getTask', 'no task is pending for the connection, so there is none to ask for')
      : (
          await look(world, {
            call: 'getTask',
            program: getTask({ taskId }),
            brought: ({ status, state }) => `${status} (${state})`
          })
        ).finding
  return {
    findings: [
      ...briefs,
      ...noTarget,
      ...about.findings,
      scripts.finding,
      profiles.finding,
      sbcs.finding,
      leads,
      numbers,
      task
    ],
    target: about.target
  }
}
