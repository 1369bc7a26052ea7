import * as E from 'fp-ts/Either'
import type { ConfigError } from '../../../provider/Errors'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import type { Settings } from '../../../provider/Settings'
import { defaults } from '../support'

/** Services for the tests of the decisions. */

export const msTenantId = '33333333-3333-4333-8333-aaaaaaaaaaaa'
export const otherTenantId = '33333333-3333-4333-8333-bbbbbbbbbbbb'
export const customerGuid = '11111111-1111-4111-8111-cccccccccccc'
export const otherGuid = '11111111-1111-4111-8111-dddddddddddd'

/** The least that a new Hosted Essentials service declares. */
export const leastHosted = {
  shortName: 'northwind',
  siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
  ovocCustomerType: 'IPGROUP_TYPE',
  msTenantId
} as const satisfies HostedEssentialsServiceArgs

/** Every input of one, in canonical form. */
export const allHosted = {
  ...leastHosted,
  fullName: 'Northwind Traders',
  channelId: '15',
  lcCustomerId: '77',
  scriptParameters: { 'CustomVar.Variable1': 'x', AdminPassword: 'made-up-variable' },
  license: 'HostedEssentialsPlus',
  licensedUsersCount: 25,
  applicationClientId: '44444444-4444-4444-8444-eeeeeeeeeeee',
  applicationClientSecret: 'made-up-secret',
  deletionProtection: false,
  adopt: true
} as const satisfies Required<HostedEssentialsServiceArgs>

/** The least that a new Operator Connect service declares. */
export const leastOperator = {
  msTenantId,
  shortName: 'globex',
  configuration: 'ipGroup'
} as const satisfies OperatorConnectServiceArgs

/** Every input of one, in canonical form. */
export const allOperator = {
  ...leastOperator,
  fullName: 'Globex',
  scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: 'sbc1.example.net' },
  siteLocation: {
    siteLocationName: 'globex-1',
    sbcId: 3,
    onboardingScript: 12001,
    cleanupScript: 12002,
    uploadNumberScript: 14001,
    releaseNumberScript: 14002
  },
  channelId: '15',
  license: 'OcEssentialPlus',
  licensedUsersCount: 25,
  applicationClientId: '44444444-4444-4444-8444-eeeeeeeeeeee',
  applicationClientSecret: 'made-up-secret',
  deletionProtection: true,
  adopt: false
} as const satisfies Required<OperatorConnectServiceArgs>

export type Configuration = E.Either<ConfigError, Settings>
export const table: Configuration = E.right(defaults)
export const sample: Configuration = E.right({ ...defaults, licenseBody: 'licenseType' })
