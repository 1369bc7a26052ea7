import * as E from 'fp-ts/Either'
import type { Env } from '../Env'
import { now } from '../Live'
import { refused } from '../Errors'
import { scrubber } from '../Secrets'
import { type Asked as LookupAsked, envOf } from '../lookups/program'
import type { Service, ServiceConnection } from '../lookups/Services'
import { type Declaration, ifKnown } from './Declaration'
import { doubtfulGateway, gatewayFindings, gatewayNotices, namesItsSite } from './Gateways'
import { onceFor, onceForAlike } from './Once'
import { type FailedRead, type Reads, readsOf } from './Reads'
import { type Inventory, cacFindings, sbcFindings, sbcNotices } from './Sbcs'
import { scriptFindings } from './Scripts'
import { nameFindings } from './SiteName'
import { type Trouble, isOfPlatform, scrubbed, troubleOf } from './Trouble'

/** The host of the preflight: a Pulumi program that is previewed. Nothing is written. */

/** Whose preview it is. */
export type AskedBy = Pick<LookupAsked, 'sources' | 'run' | 'warn'>

/** A connection that a preview asks about. */
export interface Asked extends AskedBy {
  readonly declaration: Declaration
  /** Declared values that are secret: they show in no text. */
  readonly secrets: ReadonlyArray<string>
}

/** What there is to say of it. */
export interface Inspected {
  /** What would fail, one line each: `<input>: <what is wrong and what to do>`. */
  readonly findings: ReadonlyArray<string>
  /** What looks odd, and may be right. */
  readonly notices: ReadonlyArray<string>
  /** Reads that failed, so that something is not checked. */
  readonly troubles: ReadonlyArray<Trouble>
}

/** A read that failed, and whether only a notice could have come of it. */
interface Failed extends FailedRead {
  readonly isSlight?: boolean
}

interface Looked {
  readonly findings?: ReadonlyArray<string>
  readonly notices?: ReadonlyArray<string>
  readonly failed?: ReadonlyArray<Failed>
}

const nothing: Looked = {}

interface Sites extends Looked {
  readonly sites?: ReadonlyArray<ServiceConnection>
}

/** The services by their customers; of several of one customer the first. */
const byCustomer = onceFor(
  (services: ReadonlyArray<Service>): ReadonlyMap<string | undefined, Service> =>
    new Map([...services].reverse().map((service) => [service.customerGuid, service]))
)

/** The connections of a customer: from the list of all services, and from its own details where that list does not tell them. */
const sitesOf = async (reads: Reads, customerGuid: string): Promise<Sites> => {
  const services = await reads.services()
  if (E.isLeft(services) && isOfPlatform(services.left.error)) return { failed: [services.left] }
  const listed = E.isRight(services) ? byCustomer(services.right).get(customerGuid)?.sipConnections : undefined
  if (listed !== undefined) return { sites: listed }
  const service = await reads.service(customerGuid)
  if (E.isRight(service)) {
    const { sipConnections } = service.right
    if (sipConnections !== undefined) return { sites: sipConnections }
    const error = refused('the details of the service list no connections')
    return { failed: [{ read: `getService(customerGuid: "${customerGuid}")`, error }] }
  }
  const { error } = service.left
  return error._tag === 'Refused' ? { findings: [`customerGuid: ${error.text}`] } : { failed: [service.left] }
}

const lookAtName = async (reads: Reads, declaration: Declaration): Promise<Looked> => {
  const customerGuid = ifKnown(declaration.args.customerGuid)
  if (customerGuid === undefined) return nothing
  const { sites, ...looked } = await sitesOf(reads, customerGuid)
  return sites === undefined ? looked : { findings: nameFindings(declaration, sites) }
}

const lookAtScripts = async (reads: Reads, declaration: Declaration): Promise<Looked> => {
  const { sbcScripts, m365Scripts } = declaration.args
  const ids = [ifKnown(sbcScripts), ifKnown(m365Scripts)].flatMap((scripts) => [
    ifKnown(scripts?.onboardingScript),
    ifKnown(scripts?.cleanupScript)
  ])
  if (ids.every((id) => id === undefined)) return nothing
  const scripts = await reads.scripts()
  return E.isLeft(scripts) ? { failed: [scripts.left] } : { findings: scriptFindings(declaration, scripts.right) }
}

const lookAtGateway = async (reads: Reads, declaration: Declaration, inventory: Inventory): Promise<Looked> => {
  const customerGuid = ifKnown(declaration.args.customerGuid)
  if (customerGuid === undefined || doubtfulGateway(declaration, inventory) === undefined) return nothing
  const [profiles, gateways] = await Promise.all([reads.profiles(), reads.gateways(customerGuid)])
  if (E.isLeft(gateways)) return { failed: [gateways.left] }
  // Without Operator Connect there may be no calling profiles. Of those that may not be seen, nothing can be concluded.
  if (E.isLeft(profiles) && profiles.left.error._tag !== 'NotFound') return { failed: [profiles.left] }
  const names = { profiles: E.isRight(profiles) ? profiles.right : [], gateways: gateways.right }
  return {
    findings: gatewayFindings(declaration, inventory, names),
    notices: gatewayNotices(declaration, inventory, names)
  }
}

/** @param isWhole whether Get SBC Devices is asked, which knows all SBCs */
const lookAtSbc = async (reads: Reads, declaration: Declaration, isWhole: boolean): Promise<Looked> => {
  if (ifKnown(declaration.args.sbcId) === undefined) return nothing
  const sbcs = await reads.sbcs()
  if (E.isLeft(sbcs)) return { failed: [{ ...sbcs.left, isSlight: !isWhole }] }
  const inventory = { sbcs: sbcs.right, isWhole }
  const gateway = await lookAtGateway(reads, declaration, inventory)
  return {
    findings: [
      ...sbcFindings(declaration, inventory),
      ...cacFindings(declaration, inventory),
      ...(gateway.findings ?? [])
    ],
    notices: [...sbcNotices(declaration, inventory), ...(gateway.notices ?? [])],
    failed: gateway.failed ?? []
  }
}

/** What the SBC has to do with: rows of a sheet that differ in their names only are alike. */
const ofSbc = ({ args, ...declaration }: Declaration): string => {
  const { customerGuid, siteName, sbcId, configureSbc, enableCac, cacProfile, onlinePstnGateway } = args
  const name = namesItsSite({ args, ...declaration }) ? siteName : undefined
  return JSON.stringify([customerGuid, name, sbcId, configureSbc, enableCac, cacProfile, onlinePstnGateway])
}

const ofScripts = ({ args: { sbcScripts, m365Scripts } }: Declaration): string =>
  JSON.stringify(
    [sbcScripts, m365Scripts].map((scripts) => [
      ifKnown(ifKnown(scripts)?.onboardingScript),
      ifKnown(ifKnown(scripts)?.cleanupScript)
    ])
  )

/** How a connection is looked at. What does not depend on its name is looked at once for all that are alike. */
const lookIn = (env: Env): ((declaration: Declaration) => Promise<ReadonlyArray<Looked>>) => {
  const reads = readsOf(env)
  const isWhole = env.settings.sbcDevicesPath !== undefined
  const atSbc = onceForAlike(ofSbc, (declaration) => lookAtSbc(reads, declaration, isWhole))
  const atScripts = onceForAlike(ofScripts, (declaration) => lookAtScripts(reads, declaration))
  return (declaration) => Promise.all([lookAtName(reads, declaration), atSbc(declaration), atScripts(declaration)])
}

/** What there is to say of each of many connections, and of what could not be read for all of them. */
export interface InspectedAll extends Pick<Inspected, 'troubles'> {
  /** In the order of the declarations. */
  readonly each: ReadonlyArray<Pick<Inspected, 'findings' | 'notices'>>
  /** Secrets of the configuration, which the platform may repeat: they are still in these texts. */
  readonly secrets: ReadonlyArray<string>
}

/** Holds connections against the platform: each list is read once for all of them. It never rejects. */
export const inspectAll = async (asked: AskedBy, declarations: ReadonlyArray<Declaration>): Promise<InspectedAll> => {
  const { instance } = asked.sources
  const found = envOf(asked)
  if (E.isLeft(found)) {
    const trouble = troubleOf('the configuration', instance, false, found.left, now())
    return { each: declarations.map(() => ({ findings: [], notices: [] })), troubles: [trouble], secrets: [] }
  }
  const env = found.right
  const all = await Promise.all(declarations.map(lookIn(env)))
  const failed = new Map(
    all
      .flat()
      .flatMap((looked) => looked.failed ?? [])
      .map((each) => [`${each.read} ${each.isSlight === true}`, each])
  )
  return {
    each: all.map((looked) => ({
      findings: looked.flatMap(({ findings = [] }) => findings),
      notices: looked.flatMap(({ notices = [] }) => notices)
    })),
    troubles: [...failed.values()].map(({ read, error, isSlight = false }) =>
      troubleOf(read, instance, isSlight, error, now())
    ),
    secrets: env.tokens.secrets()
  }
}

/** Holds a connection against the platform. It never rejects. */
export const inspect = async ({ declaration, secrets, ...by }: Asked): Promise<Inspected> => {
  const { each, troubles, secrets: ofConfiguration } = await inspectAll(by, [declaration])
  const scrub = scrubber([...secrets, ...ofConfiguration])
  return {
    findings: each.flatMap(({ findings }) => findings.map(scrub)),
    notices: each.flatMap(({ notices }) => notices.map(scrub)),
    troubles: troubles.map(scrubbed(scrub))
  }
}
