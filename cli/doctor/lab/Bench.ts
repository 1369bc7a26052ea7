import * as E from 'fp-ts/Either'
import type { Env, Program } from '../../../provider/Env'
import { type ProviderError, refused } from '../../../provider/Errors'
import * as Http from '../../../provider/Http'
import { operation } from '../../../provider/Operations'
import { isMasked, isSecretName } from '../../../provider/Secrets'
import { directory } from '../../../provider/live/Directory'
import { getService } from '../../../provider/lookups/Service'
import { type ServiceConnection, getServices } from '../../../provider/lookups/Services'
import type { ArgKey, SbcConfigurationType, SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { echoedKey, liveArgs, liveVariables, visibleKeys } from '../../../provider/sip-connection/Live'
import { getSite } from '../../../provider/sip-connection/Requests'
import { type Moment, settle } from '../../../provider/sip-connection/Settle'
import { AnyAnswer, taskIds } from '../../../provider/Answers'
import { type SiteAnswer } from '../../../provider/sip-connection/Wire'
import { type Fields, type View, fieldsOf } from './View'

/** Connections of the customer whose Get is compared, beside the one in the lab. Of the others their line in the service details is. */
const siblingLimit = 10

/** The texts that may be changed: free ones, which Get tells, and which both bodies can carry and clear. */
const changeable = {
  carrierUserName: (value: string) => `${value.slice(0, 56)}-lab`,
  carrierHostName: (value: string) => `lab.${value}`,
  carrierMainLine: (value: string) => `${value}-lab`
} as const satisfies Partial<Record<ArgKey, (value: string) => string>>

export type LabKey = keyof typeof changeable

/** What the lab works on, as it was before anything was sent. */
export interface Bench {
  readonly env: Env
  readonly siteGuid: string
  readonly args: SipConnectionArgs
  /** Other values of the gateway that may be the one which was written. */
  readonly gateways: ReadonlyArray<string>
  readonly key: LabKey
  readonly changedValue: string
  readonly before: SiteAnswer
  readonly view: View
  /** Connections that are compared by their line in the service details only. */
  readonly unread: number
  /** Secrets that the platform has shown. */
  readonly secrets: ReadonlyArray<string>
}

/** A look at the connection and at its siblings. */
export interface Look {
  readonly site: SiteAnswer
  readonly view: View
}

/** Runs a program as an operation of its own, with a deadline of its own: what has to be put back must not run out of time. */
export const run =
  (env: Env, secrets: ReadonlyArray<string>) =>
  <A>(kind: 'update' | 'read', program: Program<A>): Promise<E.Either<ProviderError, A>> =>
    operation(kind, secrets)(program)(env)()

/** The service details, read anew: lookups are shared by all that have one directory. */
const connectionsOf =
  (customerGuid: string): Program<ReadonlyArray<ServiceConnection>> =>
  (env) =>
  async () => {
    const service = await getService({ customerGuid })({ ...env, directory: directory(env.now) })()
    if (E.isLeft(service)) return service
    const { sipConnections } = service.right
    return sipConnections === undefined
      ? E.left(refused(`the details of customer ${customerGuid} list no connections`))
      : E.right(sipConnections)
  }

const rawSite = (siteGuid: string): Program<unknown> =>
  Http.send({ method: 'GET', path: `/api/v2/sitelocation/${encodeURIComponent(siteGuid)}`, answer: AnyAnswer })

const fieldsOfLine = (line: ServiceConnection): Fields => fieldsOf(line, 'service details')

/** Reads the connection, once no task is pending for it, and the other ones of the customer. */
export const lookAt =
  (
    siteGuid: string,
    customerGuid: string,
    moment: Moment
  ): Program<Look & { readonly lines: ReadonlyArray<ServiceConnection> }> =>
  (env) =>
  async () => {
    const site = await settle(siteGuid, moment)(env)()
    if (E.isLeft(site)) return site
    const lines = await connectionsOf(customerGuid)(env)()
    if (E.isLeft(lines)) return lines
    const view = new Map<string, Fields>(lines.right.map((line) => [line.siteGuid, fieldsOfLine(line)]))
    const others = lines.right.map((line) => line.siteGuid).filter((id) => id !== siteGuid)
    for (const id of [siteGuid, ...others.slice(0, siblingLimit)]) {
      const answer = await rawSite(id)(env)()
      if (E.isLeft(answer)) return answer
      view.set(id, new Map([...(view.get(id) ?? []), ...fieldsOf(answer.right)]))
    }
    return E.right({ site: site.right, view, lines: lines.right })
  }

const no = (text: string, next: string): E.Either<ProviderError, never> => E.left(refused(text, next))

/** The one customer that has the connection. Get does not tell it. */
export const customerOf =
  (siteGuid: string): Program<string> =>
  (env) =>
  async () => {
    const services = await getServices({ allDetails: true })(env)()
    if (E.isLeft(services)) return services
    const owners = services.right.flatMap(({ customerGuid, sipConnections }) =>
      customerGuid !== undefined && sipConnections?.some((each) => each.siteGuid === siteGuid) === true
        ? [customerGuid]
        : []
    )
    const [owner, ...others] = owners
    if (owner !== undefined && others.length === 0) return E.right(owner)
    return owner === undefined
      ? no(`no service lists the connection ${siteGuid}`, 'correct the id, or name the customer with --customer')
      : no(`${owners.length} services list the connection ${siteGuid}`, 'name the customer with --customer')
  }

const typeOf = (word: string | undefined): SbcConfigurationType | undefined => {
  const types = ['SipTrunk', 'IpPbx', 'Byoc'] as const
  return types.find((type) => type.toLowerCase() === word?.toLowerCase())
}

/** The name of a connection as it stands before its gateway. */
const label = (siteName: string): string => siteName.toLowerCase().replace(/[^a-z0-9-]/g, '')

/** What may have been written where this gateway is read: the platform puts the name of the connection in front. */
const gatewaysOf = (read: string | undefined, siteName: string): ReadonlyArray<string> => {
  if (read === undefined || read === '') return []
  const front = `${label(siteName)}.`
  return front !== '.' && read.toLowerCase().startsWith(front) ? [read.slice(front.length), read] : [read]
}

/** Every input that the platform tells, with the value that it has. */
const argsOf = (
  site: SiteAnswer,
  customerGuid: string,
  line: ServiceConnection,
  gateway: string | undefined
): Partial<SipConnectionArgs> => {
  const { m365Scripts, onlinePstnGateway: _, ...live } = liveArgs(site, {}, [...visibleKeys, 'carrierUserPassword'])
  const type = live.sbcConfigurationType ?? typeOf(line.sbcConfigurationType)
  const told = site.m365Info?.m365Scripts?.flagConfigureM365Routing !== undefined
  const texts = Object.entries(live).filter(([, value]) => value !== '')
  return {
    ...Object.fromEntries(texts),
    customerGuid,
    ...(type === undefined ? {} : { sbcConfigurationType: type }),
    ...(gateway === undefined ? {} : { onlinePstnGateway: gateway }),
    ...(told && m365Scripts !== undefined ? { m365Scripts } : {})
  }
}

/** Why a connection is not fit for the lab: something of it could not be put back. */
const unfit = (
  site: SiteAnswer,
  line: ServiceConnection,
  lines: ReadonlyArray<ServiceConnection>
): string | undefined => {
  const variables = Object.entries(liveVariables(site))
  const masked = variables.filter(([, value]) => value !== null && isMasked(value))
  if (line.siteName !== site.siteName || line.sbcId !== site.sbcInfo?.sbcId)
    return 'Get answers with another name or SBC than the service details have for this id'
  if (lines.filter(({ siteName }) => siteName === site.siteName).length > 1)
    return 'another connection of the customer has the same name'
  if (taskIds(site.pendingTasks).length > 0) return 'a task is pending for it'
  if (masked.length > 0)
    return 'the platform masks its carrier password or a variable, so that it could not be put back'
  if (variables.some(([name]) => echoedKey(name) === undefined && /^customvar\.variable\d+$/i.test(name)))
    return 'the platform shows its variables by their position, so that they could not be put back under their names'
  return undefined
}

const secretsIn = (site: SiteAnswer): ReadonlyArray<string> =>
  Object.entries(liveVariables(site)).flatMap(([name, value]) =>
    isSecretName(name) && value !== null && value !== '' ? [value] : []
  )

/** Reads everything, and refuses a connection that could not be put back. Nothing is sent but `GET`. */
export const bench = async (
  env: Env,
  siteGuid: string,
  customerGuid: string
): Promise<E.Either<ProviderError, Bench>> => {
  const began = await run(env, [])('read', getSite(siteGuid))
  if (E.isLeft(began)) return began
  const secrets = secretsIn(began.right)
  const look = await run(env, secrets)('read', lookAt(siteGuid, customerGuid, 'afterChange'))
  if (E.isLeft(look)) return look
  const { lines, view } = look.right
  const line = lines.find((each) => each.siteGuid === siteGuid)
  const another = 'name another connection, one that may be broken'
  if (line === undefined)
    return no(`customer ${customerGuid} has no connection ${siteGuid}`, 'correct the id, or the customer')
  // As it was first read: a look waits for the end of tasks.
  const reason = unfit(began.right, line, lines)
  if (reason !== undefined) return no(`connection ${siteGuid} is not fit for the lab: ${reason}`, another)
  const { site } = look.right
  const gateways = gatewaysOf(site.onlinePstnGateway, site.siteName)
  const { sbcId, siteName, ...args } = argsOf(site, customerGuid, line, gateways[0])
  const key = (Object.keys(changeable) as ReadonlyArray<LabKey>).find((each) => (args[each] ?? '') !== '')
  if (sbcId === undefined || siteName === undefined)
    return no(`connection ${siteGuid} is not fit for the lab: Get tells no SBC of it`, another)
  if (key === undefined) {
    return no(
      `connection ${siteGuid} is not fit for the lab: it has none of ${Object.keys(changeable).join(', ')}, one of which is changed and cleared`,
      'give it a user name in the portal, or name another connection'
    )
  }
  return E.right({
    env,
    siteGuid,
    args: { ...args, customerGuid, sbcId, siteName },
    gateways,
    key,
    changedValue: changeable[key](args[key] ?? ''),
    before: site,
    view,
    unread: Math.max(0, lines.length - 1 - siblingLimit),
    secrets
  })
}
