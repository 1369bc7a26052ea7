import * as pulumi from '@pulumi/pulumi'
import * as live from 'pulumi-audiocodes-live'

const config = new pulumi.Config()

// The customer (service) "acme" of the simulator, its SBC and the scripts that program it.
const customer = {
  customerGuid: '11111111-1111-4111-8111-111111111111',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}

// A SIP trunk that registers with the carrier, for at most 20 calls at a time.
const trunk = new live.SipConnection('trunk', {
  ...customer,
  siteName: 'acme-trunk',
  sbcConfigurationType: 'SipTrunk',
  enableCac: true,
  cacProfile: '20 sessions',
  carrierRegistration: true,
  carrierUserName: 'acme-100',
  carrierUserPassword: config.requireSecret('carrierPassword'),
  carrierMainLine: '+4989555100',
  carrierHostName: 'sip.carrier.example',
  phones: ['+4989555100', '+4989555101']
})

// The customer's own IP-PBX.
const pbx = new live.SipConnection('pbx', {
  ...customer,
  siteName: 'acme-pbx',
  sbcConfigurationType: 'IpPbx',
  carrierRegistration: false
})

// A SIP trunk that the customer brings along.
const byoc = new live.SipConnection('byoc', {
  ...customer,
  siteName: 'acme-byoc',
  sbcConfigurationType: 'Byoc',
  carrierRegistration: false,
  enableCac: true,
  cacProfile: '10 sessions'
})

const messagesOf = (connection: live.SipConnection): pulumi.Output<string[]> =>
  connection.executionMessages.apply((messages) => messages.map(({ level, message }) => `${level}: ${message}`))

export const siteGuids = { trunk: trunk.siteGuid, pbx: pbx.siteGuid, byoc: byoc.siteGuid }
export const executionMessages = { trunk: messagesOf(trunk), pbx: messagesOf(pbx), byoc: messagesOf(byoc) }
