import type { ChangeRules } from '../Difference'
import { sharedRules } from '../services/Diff'
import type { ArgKey } from './Args'

/**
 * What a change of each input means; `update` is a license change. What is used at the creation only is written to the state and not sent: the check
 * lets it be left out, and no more.
 */
export const changeRules: ChangeRules<ArgKey> = {
  shortName: 'replace',
  ovocCustomerType: 'replace',
  msTenantId: 'replace',
  siteLocation: 'option',
  channelId: 'option',
  lcCustomerId: 'option',
  scriptParameters: 'option',
  ...sharedRules
}
