/** What a fresh simulator holds. Made up throughout; the guids are fixed, so that programs and documents can name them. */
import type { Customer, Gateway, Sbc, ScriptTemplate } from './Types'

/** Always valid, so that trying things out needs no client credentials. */
export const STATIC_TOKEN = 'simulator-token'

/** The client that the token endpoint knows; any tenant will do. */
export const TENANT_ID = 'aaaaaaaa-0000-4000-8000-000000000001'
export const CLIENT_ID = 'bbbbbbbb-0000-4000-8000-000000000001'
export const CLIENT_SECRET = 'simulator-client-secret'
export const SCOPE = 'api://cccccccc-0000-4000-8000-000000000001/.default'

/** Customers by short name. */
export const customerGuids = {
  acme: '11111111-1111-4111-8111-111111111111',
  contoso: '22222222-2222-4222-8222-222222222222',
  initech: '33333333-3333-4333-8333-333333333333',
  umbrella: 'c4c4c4c4-0004-4000-8000-000000000004'
} as const

/** Tenants at Microsoft: of the customers, of a lead without a license, and of a lead that only Microsoft knows so far. */
export const tenants = {
  acme: 'a0a0a0a0-0001-4000-8000-000000000001',
  contoso: 'a0a0a0a0-0001-4000-8000-000000000002',
  initech: 'a0a0a0a0-0001-4000-8000-000000000003',
  globex: 'a0a0a0a0-0001-4000-8000-000000000004',
  umbrella: 'a0a0a0a0-0001-4000-8000-000000000005',
  soylent: 'a0a0a0a0-0001-4000-8000-000000000006'
} as const

/** The connection that exists from the start: `headquarters` at `contoso`. */
export const HEADQUARTERS_GUID = '44444444-4444-4444-8444-444444444444'

export const customers: readonly [Customer, ...Customer[]] = [
  {
    guid: customerGuids.acme,
    shortName: 'acme',
    fullName: 'Acme Incorporated',
    licenseType: 1,
    licensedUsersCount: 25,
    msTenantId: tenants.acme,
    msDefaultDomain: 'acme.example',
    applicationClientId: null,
    applicationClientSecret: null,
    clientSecretExpirationDate: null,
    activeUserCount: 12,
    order: 1
  },
  {
    guid: customerGuids.contoso,
    shortName: 'contoso',
    fullName: 'Contoso Limited',
    licenseType: 2,
    licensedUsersCount: 200,
    msTenantId: tenants.contoso,
    msDefaultDomain: 'contoso.example',
    applicationClientId: 'a0a0a0a0-0002-4000-8000-000000000002',
    applicationClientSecret: '~-x.made-up-application-secret',
    clientSecretExpirationDate: '1/31/2030 9:00:00 AM',
    activeUserCount: 180,
    order: 2
  },
  {
    guid: customerGuids.initech,
    shortName: 'initech',
    fullName: 'Initech',
    licenseType: 5,
    licensedUsersCount: null,
    msTenantId: tenants.initech,
    msDefaultDomain: null,
    applicationClientId: null,
    applicationClientSecret: null,
    clientSecretExpirationDate: null,
    activeUserCount: 0,
    order: 3
  },
  // Inactive: nobody uses it any more, and its lead has been removed.
  {
    guid: customerGuids.umbrella,
    shortName: 'umbrella',
    fullName: 'Umbrella Holding',
    licenseType: 3,
    licensedUsersCount: 0,
    msTenantId: tenants.umbrella,
    msDefaultDomain: null,
    applicationClientId: null,
    applicationClientSecret: null,
    clientSecretExpirationDate: null,
    activeUserCount: 0,
    order: 4
  }
]

/** How the connection that exists from the start was written. */
export const headquarters = {
  guid: HEADQUARTERS_GUID,
  customerGuid: customerGuids.contoso,
  name: 'headquarters',
  sbcId: 3,
  configurationType: 1,
  cacProfile: '20 sessions',
  carrierUserName: 'contoso-hq',
  carrierUserPassword: 'made-up-hq-password',
  carrierMainLine: '15550100',
  carrierHostName: 'sip.carrier.example',
  proxySet: 'Trunk-A',
  onlinePstnGateway: 'sbc3.provider.example',
  onboardingScript: 12001,
  cleanupScript: 12002,
  customerVariables: { Region: 'EMEA' }
} as const

export const sbcs: readonly Sbc[] = [
  {
    id: 3,
    name: 'sbc-frankfurt',
    fqdn: 'sbc3.provider.example',
    ipAddress: '192.0.2.3',
    cacProfiles: ['5 sessions', '10 sessions', '20 sessions'],
    proxySets: ['Trunk-A', 'Trunk-B']
  },
  {
    id: 5,
    name: 'sbc-london',
    fqdn: 'sbc5.provider.example',
    ipAddress: '192.0.2.5',
    cacProfiles: ['5 sessions', '10 sessions', '50 sessions'],
    proxySets: ['SIPTrunk']
  },
  {
    id: 8,
    name: 'sbc-madrid',
    fqdn: 'sbc8.provider.example',
    ipAddress: '192.0.2.8',
    cacProfiles: ['10 sessions'],
    proxySets: ['Trunk-A']
  }
]

const template = (
  id: number,
  name: string,
  scriptType: number,
  related: readonly (readonly [number, string])[],
  variables: readonly string[] = []
): ScriptTemplate => ({
  id,
  name,
  scriptType,
  description: null,
  relatedScripts: related.length === 0 ? null : related.map(([key, value]) => ({ key, value })),
  variables
})

/** One more than fit on a page of the default size; two have the same name. */
export const scripts: readonly ScriptTemplate[] = [
  template(10007, 'hosted-onboarding', 1, [[10700, 'hosted-cleanup']], ['Region']),
  template(10700, 'hosted-cleanup', 2, [[10007, 'hosted-onboarding']]),
  template(12001, 'trunk-onboarding', 1, [[12002, 'trunk-cleanup']], ['Region', 'Carrier', 'SbcName']),
  template(12002, 'trunk-cleanup', 2, [[12001, 'trunk-onboarding']]),
  template(13001, 'teams-onboarding', 3, [[13002, 'teams-cleanup']]),
  template(13002, 'teams-cleanup', 4, [[13001, 'teams-onboarding']]),
  template(14001, 'oc-add-numbers', 0, []),
  template(14002, 'oc-remove-numbers', 0, []),
  template(15001, 'legacy-onboarding', 1, [[15003, 'legacy-cleanup']]),
  template(15002, 'legacy-onboarding', 1, [[15003, 'legacy-cleanup']], ['Region']),
  template(15003, 'legacy-cleanup', 2, [
    [15001, 'legacy-onboarding'],
    [15002, 'legacy-onboarding']
  ])
]

/** Beside those of the connections, which are listed too. */
export const gateways: readonly Gateway[] = [
  { customerGuid: customerGuids.acme, fqdn: 'acme.sbc5.provider.example', trunkModel: 'DerivedTrunk' },
  { customerGuid: customerGuids.contoso, fqdn: 'headquarters.sbc3.provider.example', trunkModel: 'DerivedTrunk' },
  { customerGuid: customerGuids.contoso, fqdn: 'contoso.example', trunkModel: 'AzureAdDomainOnly' }
]
