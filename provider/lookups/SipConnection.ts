import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import { isMasked, isSecretName } from '../Secrets'
import type { M365Scripts, SbcConfigurationType, SbcScripts, SipConnectionArgs } from '../sip-connection/Args'
import { echoedKey, liveArgs, liveVariables, visibleKeys } from '../sip-connection/Live'
import { getSite } from '../sip-connection/Requests'
import { taskIds } from '../Answers'
import { type SiteAnswer } from '../sip-connection/Wire'
import { type Arguments, Guid } from './Arguments'
import { orMissing } from './Missing'
import { shared } from './Shared'

/** A SIP connection (site location) as the platform shows it, without its secrets. */
export interface SipConnectionDetails {
  /** Id of the connection, a uuid. */
  readonly siteGuid: string
  /** Name of the connection. */
  readonly siteName: string
  /** Id of its SBC. */
  readonly sbcId: number | undefined
  /** Configuration mode of the SBC; `undefined` where the platform shows 0, as it does for real trunks too. */
  readonly sbcConfigurationType: SbcConfigurationType | undefined
  /** Whether the SBC is configured. */
  readonly configureSbc: boolean | undefined
  /** CAC profile, e.g. `10 sessions`. */
  readonly cacProfile: string | undefined
  /** Digest user name. */
  readonly carrierUserName: string | undefined
  /** User part of the address of record. */
  readonly carrierMainLine: string | undefined
  /** Host part of the address of record. */
  readonly carrierHostName: string | undefined
  /** Carrier as the platform names it; the same kind of value as the proxy set. */
  readonly carrierId: string | undefined
  /** Scripts that program the SBC, with those variables that are the script's own and do not sound like secrets. */
  readonly sbcScripts: SbcScripts | undefined
  /** Scripts on the Microsoft 365 side. */
  readonly m365Scripts: M365Scripts | undefined
  /** Name (FQDN) of the online PSTN gateway, with the name of the connection in front. */
  readonly onlinePstnGateway: string | undefined
  /** Microsoft tenant of the customer, a uuid. */
  readonly tenantId: string | undefined
  /** Deployment state on the SBC as the platform writes it: `Deployed`, or a number (3 was seen for deployed connections). */
  readonly sbcDeploymentState: string | undefined
  /** Deployment state on the Microsoft 365 side as the platform writes it. */
  readonly m365DeploymentState: string | undefined
  /** Ids of the tasks that the platform still has for the connection. */
  readonly pendingTasks: ReadonlyArray<string>
}

/** Arguments of `getSipConnection`. */
export interface GetSipConnectionArgs {
  /** Id of the connection (site location), a uuid: `sipConnections[].siteGuid` of `getService`. */
  readonly siteGuid: string
}

/** What is right for `getSipConnection`. */
export const sipConnectionArguments: Arguments<GetSipConnectionArgs> = { siteGuid: Guid }

/** The script's own variables that are no secrets, neither by their name nor by their value. */
const visibleVariables = (site: SiteAnswer, scrub: (text: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(liveVariables(site)).flatMap(([name, value]) =>
      value === null || isSecretName(name) || echoedKey(name) !== undefined || isMasked(value) || scrub(value) !== value
        ? []
        : [[name, value]]
    )
  )

/** An answer of Get SIP Connections without its secrets. Pure. */
export const visible = (siteGuid: string, site: SiteAnswer, scrub: (text: string) => string): SipConnectionDetails => {
  const args: Partial<SipConnectionArgs> = liveArgs(site, {}, visibleKeys)
  const variables = visibleVariables(site, scrub)
  return {
    siteGuid,
    siteName: site.siteName,
    sbcId: args.sbcId,
    sbcConfigurationType: args.sbcConfigurationType,
    configureSbc: args.configureSbc,
    cacProfile: args.cacProfile,
    carrierUserName: args.carrierUserName,
    carrierMainLine: args.carrierMainLine,
    carrierHostName: args.carrierHostName,
    carrierId: site.sbcInfo?.carrierId,
    sbcScripts:
      Object.keys(variables).length === 0 ? args.sbcScripts : { ...args.sbcScripts, customerVariables: variables },
    m365Scripts: args.m365Scripts,
    onlinePstnGateway: args.onlinePstnGateway,
    tenantId: site.tenantId,
    sbcDeploymentState: site.sbcDeploymentState,
    m365DeploymentState: site.m365DeploymentState,
    pendingTasks: taskIds(site.pendingTasks)
  }
}

/** Get SIP Connections, which returns one. */
export const getSipConnection = ({ siteGuid }: GetSipConnectionArgs): Program<SipConnectionDetails> =>
  shared(
    `connection ${siteGuid}`,
    pipe(
      RTE.ask<Env>(),
      RTE.chain((env) =>
        pipe(
          getSite(siteGuid),
          orMissing(`SIP connection ${siteGuid}`),
          RTE.map((site) => visible(siteGuid, site, env.operation.scrub))
        )
      )
    )
  )
