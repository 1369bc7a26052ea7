import * as pulumi from '@pulumi/pulumi'
import * as live from 'pulumi-audiocodes-live'

const config = new pulumi.Config()

// A service is deleted with everything that belongs to it, so this takes two runs: first `pulumi config set deletable true` and
// `pulumi up`, then `pulumi destroy`.
const deletionProtection = !(config.getBoolean('deletable') ?? false)

// The SBC of the simulator and the scripts that program it.
const sbc = { sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }
const trunk = 'sbc3.provider.example'

// Direct Routing: a Hosted Essentials service, the connection that the platform makes with it, two branches and their numbers.
const northwind = new live.Customer('northwind', {
  service: {
    hostedEssentials: {
      shortName: 'northwind',
      fullName: 'Northwind Traders',
      ovocCustomerType: 'IPGROUP_TYPE',
      msTenantId: 'a0a0a0a0-0003-4000-8000-000000000001',
      siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
      license: 'HostedEssentialsPlus',
      licensedUsersCount: 50,
      deletionProtection
    }
  },
  connections: {
    primary: { ...sbc, siteName: 'northwind', adopt: true, enableCac: false, carrierRegistration: false },
    berlin: { ...sbc, siteName: 'northwind-berlin', cacProfile: '20 sessions' },
    hamburg: { ...sbc, siteName: 'northwind-hamburg', cacProfile: '10 sessions' }
  },
  dialPlans: {
    'berlin-numbers': { connection: 'berlin', rules: [{ prefix: '+4930555', tag: trunk }] },
    'hamburg-numbers': { connection: 'hamburg', rules: [{ prefix: '+4940555', tag: trunk }] }
  }
})

// Operator Connect: a service from the lead of the customer's Microsoft tenant.
const globex = new live.Customer('globex', {
  service: {
    operatorConnect: {
      msTenantId: 'a0a0a0a0-0001-4000-8000-000000000004',
      shortName: 'globex',
      fullName: 'Globex',
      configuration: 'ipGroup',
      scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: trunk },
      siteLocation: { siteLocationName: 'globex', sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
      license: 'OcEssentialPlus',
      licensedUsersCount: 20,
      deletionProtection
    }
  },
  connections: { lisbon: { ...sbc, siteName: 'globex-lisbon' } }
})

export const customerGuids = { northwind: northwind.customerGuid, globex: globex.customerGuid }
export const siteGuids = { northwind: northwind.siteGuids, globex: globex.siteGuids }
