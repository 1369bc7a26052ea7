import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import { endedBy } from '../Operations'
import type { SipConnectionArgs } from './Args'
import { sbcProgrammed } from './Messages'
import type { Modified } from './Modify'
import { type LastOperation, type SipConnectionState, managedKeysOf, pick, schemaVersion } from './State'
import { type SiteAnswer, taskIds } from './Wire'

/** A connection after a write. With a fault it exists and belongs into the state, and something went wrong with it. */
export interface Written {
  readonly siteGuid: string
  readonly state: SipConnectionState
  readonly fault: O.Option<ProviderError>
}

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

/** The state after a write, without its outcome. */
const stateAfter = (
  env: Env,
  kind: LastOperation['kind'],
  outcome: LastOperation['outcome'],
  args: SipConnectionArgs,
  siteGuid: string,
  site: O.Option<SiteAnswer>
): SipConnectionState => {
  const { startedAt, correlationId, serverIds, taskIds: tasks, said } = env.operation
  return {
    ...args,
    ...computed(siteGuid, site, env.operation.scrub),
    executionMessages: [...said],
    sbcProgrammed: sbcProgrammed(said, O.toUndefined(site)?.sbcDeploymentState),
    lastOperation: {
      kind,
      outcome,
      startedAt: new Date(startedAt).toISOString(),
      durationMs: env.now() - startedAt,
      correlationId,
      serverIds: [...serverIds],
      taskIds: [...tasks]
    },
    platform: env.platform,
    managedKeys: managedKeysOf(args),
    schemaVersion
  }
}

/** Ends after which it is known that the platform did not do what was asked. */
const isDefinite = ({ _tag }: ProviderError): boolean =>
  _tag === 'Failed' || _tag === 'Rejected' || _tag === 'Conflict' || _tag === 'Refused'

/** The end of a write. With a fault the connection exists all the same: id and state are kept, and the next run finishes it. */
export const written = (
  kind: LastOperation['kind'],
  args: SipConnectionArgs,
  siteGuid: string,
  { site, fault }: Modified,
  argsAfterFault: SipConnectionArgs = args
): Program<Written> =>
  RTE.asks((env: Env) => {
    const outcome = O.isNone(fault) ? 'ok' : isDefinite(fault.value) ? 'failed' : 'unknown'
    const state = stateAfter(env, kind, outcome, outcome === 'ok' ? args : argsAfterFault, siteGuid, site)
    if (outcome === 'ok' && !state.sbcProgrammed && args.configureSbc !== false) {
      env.warn(
        `Connection "${args.siteName}" is saved; neither the messages nor the deployment state say that SBC ${args.sbcId} is programmed.`
      )
    }
    env.claims.set(siteGuid, env.operation.correlationId)
    env.directory.put(args.customerGuid, { id: siteGuid, name: args.siteName, sbcId: args.sbcId })
    return {
      siteGuid,
      state,
      fault: pipe(
        fault,
        O.map((error) => endedBy(env.operation, error))
      )
    }
  })
