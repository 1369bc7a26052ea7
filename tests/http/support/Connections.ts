import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'

/** Connections for the tests with scripted answers. */

export const customerGuid = '11111111-1111-4111-8111-111111111111'
export const siteGuid = '22222222-2222-4222-8222-222222222222'
export const sitePath = `/tenantui/api/v2/sitelocation/${siteGuid}`
export const addPath = `/tenantui/api/v2/customer/${customerGuid}/sitelocation/`
export const modifyPath = `${addPath}${siteGuid}`
export const detailsPath = `/tenantui/api/v3/customer/${customerGuid}?allDetails=true`
export const olderDetailsPath = `/tenantui/api/v2/customer/${customerGuid}`

/** The least that a new connection declares. */
export const least: SipConnectionArgs = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}

/** Every input, each with a value of its own. */
export const most: Required<SipConnectionArgs> = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'Byoc',
  configureSbc: true,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: 'p@ss "wörd"',
  carrierPasswordDpi: 'dpi-1',
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  phones: ['+49301234', '49301235'],
  dialPlanPrefixes: [
    { dialPlanName: 'CustDialPlan', index: 0, active: true },
    { dialPlanName: 'CustDialPlan', index: 1, active: false }
  ],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA', apiToken: 't-1' } },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc3.example.net',
  proxySet: 'Trunk-A',
  adopt: true,
  allow: ['rename', 'sbcMove', 'clearPhones']
}

/** What the platform answers to Get for `least`. */
export const leastSite = {
  tenantId: '33333333-3333-4333-8333-333333333333',
  m365DeploymentState: null,
  sbcDeploymentState: 3,
  siteName: 'branch-07',
  onlinePstnGateway: null,
  sbcInfo: {
    sbcConfigurationType: 0,
    cacProfile: null,
    carrierHostName: null,
    carrierId: null,
    carrierMainLine: null,
    carrierUserName: null,
    flagConfigureSbc: true,
    sbcId: 3,
    sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: {} }
  },
  m365Info: {
    m365Scripts: {
      flagConfigureM365Routing: false,
      onboardingScript: null,
      cleanupScript: null,
      customerVariables: null
    }
  },
  pendingTasks: []
}

/** What the platform answers to Add and Modify. */
export const written = {
  customerGuid,
  siteGuid,
  executionMessages: [{ level: 'Information', message: 'Sbc is programmed' }]
}

/** Service details with these connections. */
export const details = (...sites: ReadonlyArray<{ readonly id: string; readonly name: string }>) => ({
  UmpCustomerGuid: customerGuid,
  SiteLocation: sites.map((site) => ({ ...site, sbcId: 3, sbcDeploymentState: 'Deployed' }))
})
