import type { Program } from '../Env'
import type { Arguments } from './Arguments'
import { getCallingProfiles } from './CallingProfiles'
import { getLeads, leadsArguments } from './Leads'
import { customerGuid, customerGuidArguments, sbcId, sbcIdArguments, scriptId, scriptIdArguments } from './Names'
import { getNumbers, numbersArguments } from './Numbers'
import { getOnlinePstnGateways, onlinePstnGatewaysArguments } from './OnlinePstnGateways'
import { getSbcDevices } from './SbcDevices'
import { getScriptTemplates, scriptTemplatesArguments } from './ScriptTemplates'
import { getService, serviceArguments } from './Service'
import { getCustomers, getServices, servicesArguments } from './Services'
import { getSipConnection, sipConnectionArguments } from './SipConnection'
import { getTask, taskArguments } from './Task'

/** A call that reads: what is right for its arguments, and what it does. */
export interface Call<A extends object, R> {
  readonly args: Arguments<A>
  readonly program: (args: A) => Program<R>
}

const call = <A extends object, R>(args: Arguments<A>, program: (args: A) => Program<R>): Call<A, R> => ({
  args,
  program
})

/** No arguments. */
export type NoArgs = Readonly<Record<never, never>>

/** All calls by the names that the sdk has for them. */
export const calls = {
  getServices: call(servicesArguments, getServices),
  getCustomers: call<NoArgs, ReturnOf<typeof getCustomers>>({}, getCustomers),
  getService: call(serviceArguments, getService),
  getSipConnection: call(sipConnectionArguments, getSipConnection),
  getScriptTemplates: call(scriptTemplatesArguments, getScriptTemplates),
  getOnlinePstnGateways: call(onlinePstnGatewaysArguments, getOnlinePstnGateways),
  getCallingProfiles: call<NoArgs, ReturnOf<typeof getCallingProfiles>>({}, getCallingProfiles),
  getSbcDevices: call<NoArgs, ReturnOf<typeof getSbcDevices>>({}, getSbcDevices),
  getLeads: call(leadsArguments, getLeads),
  getNumbers: call(numbersArguments, getNumbers),
  getTask: call(taskArguments, getTask),
  customerGuid: call(customerGuidArguments, customerGuid),
  scriptId: call(scriptIdArguments, scriptId),
  sbcId: call(sbcIdArguments, sbcId)
}

type ReturnOf<F> = F extends () => Program<infer R> ? R : never

/** The calls with their types. */
export type Calls = typeof calls
/** The name of a call. */
export type CallName = keyof Calls
/** What a call takes. */
export type ArgsOf<K extends CallName> = Calls[K] extends Call<infer A, unknown> ? A : never
/** What a call gives. */
export type ResultOf<K extends CallName> = Calls[K] extends Call<infer _, infer R> ? R : never
