import type * as pulumi from '@pulumi/pulumi'
import type { GetSipConnectionArgs, SipConnectionDetails } from '../../provider/lookups/SipConnection'
import type { GetTaskArgs, Task } from '../../provider/lookups/Task'
import type { GetOnlinePstnGatewaysArgs, OnlinePstnGateway } from '../../provider/lookups/OnlinePstnGateways'
import type { Inputs } from '../Inputs'
import { type LookupOptions, output, promised } from './Lookup'

/**
 * One SIP connection (site location) as the platform shows it, without secrets: no passwords, and of the script variables only those
 * that are the script's own and whose names and values are no secrets. What the platform does not return (`enableCac`,
 * `carrierRegistration`, `phones`, `dialPlanPrefixes`) is not there either. For a connection in the graph of resources use
 * `SipConnection.get`.
 *
 * It is read once a run and configuration, however often it is asked for.
 * A connection that the platform does not know is an error.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get SIP Connections, which returns one.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const headquarters = live.getSipConnection({ siteGuid: '44444444-4444-4444-8444-444444444444' })
 * export const profile = headquarters.then(({ cacProfile }) => cacProfile)
 */
export const getSipConnection = (args: GetSipConnectionArgs, opts: LookupOptions = {}): Promise<SipConnectionDetails> =>
  promised('getSipConnection', args, opts)

/**
 * The same as `getSipConnection`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const contoso = live.getServiceOutput({ customerGuid: live.customerGuidOutput('contoso') })
 * const headquarters = live.getSipConnectionOutput({
 *   siteGuid: contoso.apply(({ sipConnections = [] }) => sipConnections[0]?.siteGuid ?? '')
 * })
 * export const sbc = headquarters.sbcId
 */
export const getSipConnectionOutput = (
  args: Inputs<GetSipConnectionArgs>,
  opts: LookupOptions = {}
): pulumi.Output<SipConnectionDetails> => output('getSipConnection', args, opts)

/**
 * The online PSTN gateways of a customer: names (FQDN) for `onlinePstnGateway`. All pages are read, 100 gateways each, counted from 0.
 *
 * It is read once a run and configuration, however often it is asked for.
 * A customer that the platform does not know is an error, and so are pages that repeat or have no end.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Online PSTN Gateway.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const gateways = live.getOnlinePstnGateways({ customerGuid: '11111111-1111-4111-8111-111111111111' })
 * export const names = gateways.then((all) => all.map(({ fqdn }) => fqdn))
 */
export const getOnlinePstnGateways = (
  args: GetOnlinePstnGatewaysArgs,
  opts: LookupOptions = {}
): Promise<ReadonlyArray<OnlinePstnGateway>> => promised('getOnlinePstnGateways', args, opts)

/**
 * The same as `getOnlinePstnGateways`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const gateways = live.getOnlinePstnGatewaysOutput({ customerGuid: live.customerGuidOutput('acme') })
 * export const derived = gateways.apply((all) => all.filter(({ trunkModel }) => trunkModel === 'DerivedTrunk').length)
 */
export const getOnlinePstnGatewaysOutput = (
  args: Inputs<GetOnlinePstnGatewaysArgs>,
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<OnlinePstnGateway>> => output('getOnlinePstnGateways', args, opts)

/**
 * A task of the platform: what goes on after a call that answered at once. It is read anew at every call, and not waited for. Secrets in
 * its messages and data are replaced.
 *
 * A task that the platform does not know (any more) is an error.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Task.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const upload = live.getTask({ taskId: 'tsk_msjob_ffffffff-0000-4000-8000-000000000002' })
 * export const state = upload.then(({ state, status }) => `${state} (${status})`)
 */
export const getTask = (args: GetTaskArgs, opts: LookupOptions = {}): Promise<Task> => promised('getTask', args, opts)

/**
 * The same as `getTask`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * import * as pulumi from '@pulumi/pulumi'
 *
 * const taskId = pulumi.output('wst_ffffffff-0000-4000-8000-000000000001')
 * export const details = live.getTaskOutput({ taskId }).details
 */
export const getTaskOutput = (args: Inputs<GetTaskArgs>, opts: LookupOptions = {}): pulumi.Output<Task> =>
  output('getTask', args, opts)
