import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { CLIENT_ID, customerGuids, SCOPE } from '../../../simulator'
import { canaries } from './Canaries'
import type { Front } from './Front'
import { quick } from './Leaks'

/** Programs whose connections have every secret, at the stack's own provider and at explicit instances. */

/** The provider instances, by the credentials that they have. */
export type Instance = 'stack' | 'secret' | 'file'

export const instances: readonly Instance[] = ['stack', 'secret', 'file']

/** A connection with every kind of secret. */
export const connection = (siteName: string, changes: Partial<SipConnectionArgs> = {}): SipConnectionArgs => ({
  customerGuid: customerGuids.acme,
  siteName,
  sbcId: 3,
  carrierRegistration: true,
  carrierUserName: 'user-1',
  carrierUserPassword: canaries.password,
  carrierPasswordDpi: canaries.dpi,
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  sbcScripts: {
    onboardingScript: 12001,
    cleanupScript: 12002,
    customerVariables: { Region: 'EMEA', TrunkPassword: canaries.variable, TrunkPrivateKey: canaries.key }
  },
  ...changes
})

export interface Declared {
  readonly args: object
  readonly instance: Instance
}

/**
 * A program that declares these connections by their resource names. Each is exported as a whole, as a program may do.
 * @param more JavaScript at the end; it may use `live`, `declared` and `optionsOf`
 */
export const program = (
  declarations: Readonly<Record<string, Declared>>,
  front: Front,
  federatedTokenFile: string,
  more = ''
): string => {
  const common = { ...quick, baseUrl: front.url, clientId: CLIENT_ID, scope: SCOPE, tokenUrl: front.tokenUrl }
  return `
const live = require('pulumi-audiocodes-live')
const instances = {
  secret: new live.Provider('secret', ${JSON.stringify({ ...common, clientSecret: canaries.clientSecret })}),
  file: new live.Provider('file', ${JSON.stringify({ ...common, clientAssertionFile: federatedTokenFile })})
}
const optionsOf = (instance) => (instance === 'stack' ? {} : { provider: instances[instance] })
const declared = {}
for (const [name, { args, instance }] of Object.entries(${JSON.stringify(declarations)})) {
  declared[name] = new live.SipConnection(name, args, optionsOf(instance))
  exports[name] = declared[name]
}
${more}
`
}
