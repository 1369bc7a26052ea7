import { customerGuids } from '../../../simulator'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'

/** What every way of the comparison declares: inputs of all sites, and those of each by its name. */
export interface Sites {
  readonly defaults: Partial<SipConnectionArgs>
  readonly connections: Readonly<Record<string, Partial<SipConnectionArgs>>>
}

const sbcIds = [3, 5]
const usualProfile = '10 sessions'
const otherProfile = '5 sessions'

/**
 * The usual inputs of a site of a service provider. All of them go out with the `POST`, so that one request makes a site whoever sends
 * it.
 */
export const sitesOf = (count: number): Sites => ({
  defaults: {
    customerGuid: customerGuids.acme,
    sbcConfigurationType: 'SipTrunk',
    sbcScripts: {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: { Region: 'EMEA', Carrier: 'carrier-1' }
    },
    carrierHostName: 'sip.carrier.example'
  },
  connections: Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `branch-${n}`,
      {
        siteName: `branch-${n}`,
        sbcId: sbcIds[n % sbcIds.length] ?? NaN,
        cacProfile: usualProfile,
        carrierMainLine: `+49895${String(n).padStart(6, '0')}`
      }
    ])
  )
})

/** What stands for these inputs in a text. */
export const inputsInWords =
  'of each site its name, its SBC, its CAC profile and its main line; of all together the customer, the configuration mode, both SBC scripts with two variables, and the host of the carrier'

/** The same sites, one of them with another CAC profile. */
export const withOneChanged = ({ defaults, connections }: Sites): Sites => {
  const names = Object.keys(connections)
  const name = names[Math.floor(names.length / 2)] ?? ''
  return {
    defaults,
    connections: { ...connections, [name]: { ...connections[name], cacProfile: otherProfile } }
  }
}
