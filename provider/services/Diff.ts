import type { ChangeRules } from '../Difference'
import type { ServiceArgs } from './Args'

/** What a change of the license, of the name and of the options means; `update` is a license change. */
export const sharedRules = {
  fullName: 'update',
  license: 'update',
  licensedUsersCount: 'update',
  applicationClientId: 'update',
  applicationClientSecret: 'update',
  deletionProtection: 'option',
  adopt: 'option'
} as const satisfies Partial<ChangeRules<keyof ServiceArgs>>
