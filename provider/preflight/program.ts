import * as E from 'fp-ts/Either'
import { now } from '../Live'
import { refused } from '../Errors'
import { scrubber } from '../Secrets'
import { type Asked as LookupAsked, envOf } from '../lookups/program'
import type { ServiceConnection } from '../lookups/Services'
import { type Declaration, ifKnown } from './Declaration'
import { doubtfulGateway, gatewayFindings, gatewayNotices } from './Gateways'
import { type FailedRead, type Reads, readsOf } from './Reads'
import { type Inventory, cacFindings, sbcFindings, sbcNotices } from './Sbcs'
import { scriptFindings } from './Scripts'
import { nameFindings } from './SiteName'
import { type Trouble, isOfPlatform, troubleOf } from './Trouble'

/** The host of the preflight: a Pulumi program that is previewed. Nothing is written. */

/** A connection that a preview asks about. */
export interface Asked extends Pick<LookupAsked, 'sources' | 'run' | 'warn'> {
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

/** The connections of a customer: from the list of all services, and from its own details where that list does not tell them. */
const sitesOf = async (reads: Reads, customerGuid: string): Promise<Sites> => {
  const services = await reads.services()
  if (E.isLeft(services) && isOfPlatform(services.left.error)) return { failed: [services.left] }
  const listed = E.isRight(services)
    ? services.right.find((service) => service.customerGuid === customerGuid)?.sipConnections
    : undefined
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

const scrubbed = ({ findings, notices, troubles }: Inspected, secrets: ReadonlyArray<string>): Inspected => {
  const scrub = scrubber(secrets)
  return {
    findings: findings.map(scrub),
    notices: notices.map(scrub),
    troubles: troubles.map(({ lines, ...rest }) => ({ ...rest, lines: lines.map(scrub) }))
  }
}

/** Holds a connection against the platform. It never rejects. */
export const inspect = async (asked: Asked): Promise<Inspected> => {
  const { instance } = asked.sources
  const found = envOf(asked)
  if (E.isLeft(found)) {
    const trouble = troubleOf('the configuration', instance, false, found.left, now())
    return scrubbed({ findings: [], notices: [], troubles: [trouble] }, asked.secrets)
  }
  const env = found.right
  const reads = readsOf(env)
  const looked = await Promise.all([
    lookAtName(reads, asked.declaration),
    lookAtSbc(reads, asked.declaration, env.settings.sbcDevicesPath !== undefined),
    lookAtScripts(reads, asked.declaration)
  ])
  const inspected = {
    findings: looked.flatMap(({ findings = [] }) => findings),
    notices: looked.flatMap(({ notices = [] }) => notices),
    troubles: looked
      .flatMap(({ failed = [] }) => failed)
      .map(({ read, error, isSlight = false }) => troubleOf(read, instance, isSlight, error, now()))
  }
  return scrubbed(inspected, [...asked.secrets, ...env.tokens.secrets()])
}
