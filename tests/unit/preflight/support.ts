import type { Declaration } from '../../../provider/preflight/Declaration'
import type { SbcDevice } from '../../../provider/lookups/SbcDevices'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'

/** What stands for a value that is not known yet. */
export const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9' as never

/** A new connection that declares this. */
export const declares = (args: Partial<SipConnectionArgs>, more: Partial<Declaration> = {}): Declaration => ({
  args,
  mayReplace: false,
  ...more
})

/** An SBC as Get SBC Devices tells it. */
export const sbc = (sbcId: number, more: Partial<SbcDevice> = {}): SbcDevice => ({
  sbcId,
  name: `sbc-${sbcId}`,
  fqdn: `sbc${sbcId}.example.net`,
  ipAddress: undefined,
  cacProfiles: undefined,
  proxySets: undefined,
  source: 'device',
  ...more
})
