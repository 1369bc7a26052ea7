import { type ChangeRules, differenceBy } from '../Difference'
import type { ArgKey } from './Args'

/** What a change of each input means. An update sends nothing but the question whether a name may be taken out. */
export const changeRules: ChangeRules<ArgKey> = {
  customerGuid: 'replace',
  msTenantId: 'update',
  connections: 'update',
  deletionProtection: 'option',
  allow: 'option'
}

/** Compares a state with the checked inputs of this run, by the table above. */
export const diff = differenceBy(changeRules)
