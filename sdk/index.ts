/**
 * SIP connections of the AudioCodes Live Platform for Pulumi programs.
 *
 * @packageDocumentation
 */
export { SipConnection, type SipConnectionArgs } from './SipConnection'
export {
  Customer,
  type CustomerArgs,
  type CustomerConnection,
  type CustomerDialPlan,
  type CustomerService
} from './Customer'
export {
  SipConnectionFleet,
  type ChangeWindow,
  type FleetEntry,
  type Limits,
  type Rollout,
  type SipConnectionFleetArgs,
  type Summary
} from './SipConnectionFleet'
export { connectionsFromCsv, type CsvOptions } from './csv/connectionsFromCsv'
export { DialPlan, type DialPlanArgs } from './DialPlan'
export { NumbersGuard, type NumbersGuardArgs } from './NumbersGuard'
export { HostedEssentialsService, type HostedEssentialsServiceArgs } from './HostedEssentialsService'
export { OperatorConnectService, type OperatorConnectServiceArgs } from './OperatorConnectService'
export { Provider, type ProviderArgs } from './Provider'
export type {
  DangerousChange,
  DialPlanPrefix,
  M365Scripts,
  SbcConfigurationType,
  SbcScripts
} from '../provider/sip-connection/Args'
export type { DialPlanRule } from '../provider/dial-plan/Args'
export type { ServiceSiteLocation } from '../provider/services/Args'
export type { HostedEssentialsLicense, OvocCustomerType } from '../provider/hosted-essentials-service/Args'
export type {
  OperatorConnectConfiguration,
  OperatorConnectLicense,
  OperatorConnectSiteLocation
} from '../provider/operator-connect-service/Args'
export type { LastOperation } from '../provider/State'
export type { ExecutionMessage } from '../provider/Answers'
export {
  getCustomers,
  getCustomersOutput,
  getService,
  getServiceOutput,
  getServices,
  getServicesOutput
} from './lookups/services'
export {
  getOnlinePstnGateways,
  getOnlinePstnGatewaysOutput,
  getSipConnection,
  getSipConnectionOutput,
  getTask,
  getTaskOutput
} from './lookups/connections'
export { getScriptTemplates, getScriptTemplatesOutput } from './lookups/scripts'
export { getCallingProfiles, getCallingProfilesOutput, getSbcDevices, getSbcDevicesOutput } from './lookups/sbcs'
export { getLeads, getLeadsOutput, getNumbers, getNumbersOutput } from './lookups/operatorConnect'
export {
  customerGuid,
  customerGuidOutput,
  sbcId,
  sbcIdOutput,
  scriptId,
  scriptIdOutput,
  type ScriptIdOptions
} from './lookups/names'
export type { LookupOptions } from './lookups/Lookup'
export type { CallingProfile, EnrolledTrunk } from '../provider/lookups/CallingProfiles'
export type { NoArgs } from '../provider/lookups/Calls'
export type { SbcReference } from '../provider/lookups/Codecs'
export type { GetLeadsArgs, Lead, LeadContact } from '../provider/lookups/Leads'
export type { GetNumbersArgs, OperatorConnectNumber } from '../provider/lookups/Numbers'
export type { GetOnlinePstnGatewaysArgs, OnlinePstnGateway } from '../provider/lookups/OnlinePstnGateways'
export type { SbcDevice } from '../provider/lookups/SbcDevices'
export type {
  GetScriptTemplatesArgs,
  RelatedScript,
  ScriptKind,
  ScriptTemplate
} from '../provider/lookups/ScriptTemplates'
export type { GetServiceArgs, ServiceDetails } from '../provider/lookups/Service'
export type { CustomerSummary, GetServicesArgs, Service, ServiceConnection } from '../provider/lookups/Services'
export type { GetSipConnectionArgs, SipConnectionDetails } from '../provider/lookups/SipConnection'
export type { GetTaskArgs, Task } from '../provider/lookups/Task'
