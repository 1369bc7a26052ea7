/**
 * SIP connections of the AudioCodes Live Platform for Pulumi programs.
 *
 * @packageDocumentation
 */
export { SipConnection, type SipConnectionArgs } from './SipConnection'
export { Provider, type ProviderArgs } from './Provider'
export type {
  DangerousChange,
  DialPlanPrefix,
  M365Scripts,
  SbcConfigurationType,
  SbcScripts
} from '../provider/sip-connection/Args'
export type { LastOperation } from '../provider/sip-connection/State'
export type { ExecutionMessage } from '../provider/sip-connection/Wire'
