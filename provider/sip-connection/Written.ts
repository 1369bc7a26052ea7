import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { taskIds } from '../Answers'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import { type LastOperation, pick } from '../State'
import { type Written, afterWrite, ending } from '../Written'
import type { SipConnectionArgs } from './Args'
import { sbcProgrammed } from './Messages'
import type { Modified } from './Modify'
import { type SipConnectionState, managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'

/** What a connection has beside its inputs, as far as one answer tells it. */
export const computed = (siteGuid: string, site: O.Option<SiteAnswer>, scrub: (text: string) => string) => {
  const live = O.toUndefined(site)
  return {
    siteGuid,
    ...pick(
      {
        tenantId: live?.tenantId,
        sbcDeploymentState: live?.sbcDeploymentState,
        m365DeploymentState: live?.m365DeploymentState
      },
      ['tenantId', 'sbcDeploymentState', 'm365DeploymentState']
    ),
    pendingTasks: taskIds(live?.pendingTasks).map(scrub)
  }
}

/** The state after a write. */
const stateAfter = (
  env: Env,
  kind: LastOperation['kind'],
  fault: O.Option<ProviderError>,
  args: SipConnectionArgs,
  siteGuid: string,
  site: O.Option<SiteAnswer>
): SipConnectionState => {
  const { said, scrub } = env.operation
  return {
    ...args,
    ...computed(siteGuid, site, scrub),
    sbcProgrammed: sbcProgrammed(said, O.toUndefined(site)?.sbcDeploymentState),
    ...afterWrite(env, kind, fault, managedKeysOf(args))
  }
}

/** The end of a write. With a fault the connection exists all the same: id and state are kept, and the next run finishes it. */
export const written = (
  kind: LastOperation['kind'],
  args: SipConnectionArgs,
  siteGuid: string,
  { site, fault }: Modified,
  argsAfterFault: SipConnectionArgs = args
): Program<Written<SipConnectionState>> =>
  RTE.asks((env: Env) => {
    const isWell = O.isNone(fault)
    const state = stateAfter(env, kind, fault, isWell ? args : argsAfterFault, siteGuid, site)
    if (isWell && !state.sbcProgrammed && args.configureSbc !== false) {
      env.warn(
        `Connection "${args.siteName}" is saved; neither the messages nor the deployment state say that SBC ${args.sbcId} is programmed.`
      )
    }
    env.claims.set(siteGuid, env.operation.correlationId)
    env.directory.put(args.customerGuid, { id: siteGuid, name: args.siteName, sbcId: args.sbcId })
    return ending(env, siteGuid, state, fault)
  })
