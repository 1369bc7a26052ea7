import type { JsonObject } from '../support/Json'
import { customerGuids, STATIC_TOKEN, type Simulator } from '../../simulator'

/** Configuration of the provider for a simulator, without client-side limits. */
export const configFor = (simulator: Pick<Simulator, 'url'>): Readonly<Record<string, string>> => ({
  'audiocodes-live:baseUrl': simulator.url,
  'audiocodes-live:requestsPerSecond': '0',
  'audiocodes-live:writesPerSbc': '0'
})

export const secretConfig: Readonly<Record<string, string>> = { 'audiocodes-live:accessToken': STATIC_TOKEN }

const passwords = { digest: 'made-up-Digest-pw-07', dpi: 'made-up-Dpi-pw-07', variable: 'made-up-Trunk-pw-07' }

/** What must not show in a state. */
export const secrets: readonly string[] = Object.values(passwords)

/** A connection with every input set: 10 numbers, 5 prefixes, all passwords, 3 variables of which one has the name of a secret. */
export const fullArgs: JsonObject = {
  customerGuid: customerGuids.acme,
  siteName: 'branch-07-muenchen',
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: true,
  carrierUserName: 'acme-branch-07',
  carrierUserPassword: passwords.digest,
  carrierPasswordDpi: passwords.dpi,
  carrierMainLine: '+4989555100',
  carrierHostName: 'sip.carrier.example',
  phones: Array.from({ length: 10 }, (_, n) => `+49895551${String(n).padStart(2, '0')}`),
  dialPlanPrefixes: Array.from({ length: 5 }, (_, n) => ({
    dialPlanName: 'CustDialPlan',
    index: n,
    active: n !== 4
  })),
  sbcScripts: {
    onboardingScript: 12001,
    cleanupScript: 12002,
    customerVariables: { Region: 'EMEA', Carrier: 'carrier-1', TrunkPassword: passwords.variable }
  },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc3.provider.example',
  proxySet: 'Trunk-A',
  adopt: true,
  allow: ['rename', 'sbcMove', 'clearPhones']
}
