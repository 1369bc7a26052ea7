import { type ChangeRules, changedBy, differenceBy } from '../Difference'
import type { ArgKey } from './Args'

/** What a change of each input means; `update` is a `PATCH`. */
export const changeRules: ChangeRules<ArgKey> = {
  customerGuid: 'replace',
  siteName: 'update',
  sbcId: 'update',
  sbcConfigurationType: 'update',
  configureSbc: 'update',
  enableCac: 'update',
  cacProfile: 'update',
  carrierRegistration: 'update',
  carrierUserName: 'update',
  carrierUserPassword: 'update',
  carrierPasswordDpi: 'update',
  carrierMainLine: 'update',
  carrierHostName: 'update',
  phones: 'update',
  dialPlanPrefixes: 'update',
  sbcScripts: 'update',
  m365Scripts: 'update',
  onlinePstnGateway: 'update',
  proxySet: 'update',
  adopt: 'option',
  allow: 'option'
}

/** The inputs that differ between a state and the checked inputs of this run. */
export const changedKeys = changedBy(changeRules)

/** Compares a state with the checked inputs of this run, by the table above. */
export const diff = differenceBy(changeRules)
