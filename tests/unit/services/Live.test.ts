import * as assert from 'node:assert'
import { hostedLicenses } from '../../../provider/services/License'
import {
  type LiveConnection,
  type LiveService,
  deployment,
  isAnother,
  liveArgs,
  primaryOf,
  visibleKeys
} from '../../../provider/services/Live'
import { allHosted, customerGuid, msTenantId, otherGuid, otherTenantId } from './Args'

const connection = (n: number, siteName: string): LiveConnection => ({
  siteGuid: `22222222-2222-4222-8222-00000000000${n}`,
  siteName,
  sbcId: 3,
  sbcDeploymentState: 'Deployed'
})

const live = (more: Partial<LiveService> = {}): LiveService => ({
  customerGuid,
  shortName: 'northwind',
  fullName: 'Northwind Traders',
  msTenantId: msTenantId.toUpperCase(),
  licenseType: 2,
  licensedUsersCount: undefined,
  applicationClientId: undefined,
  sipConnections: [connection(1, 'northwind')],
  ...more
})

describe('Live: whether details are those of the service', () => {
  const names = { shortName: 'northwind', msTenantId }

  it('they are under the same names, whatever the platform does not tell', () => {
    for (const each of [
      live(),
      live({ customerGuid: undefined }),
      live({ msTenantId: undefined }),
      live({ shortName: 'NorthWind', msTenantId: msTenantId.toUpperCase() })
    ]) {
      assert.strictEqual(isAnother(customerGuid, names, each), false)
    }
    assert.strictEqual(isAnother(customerGuid, {}, live({ shortName: 'x', msTenantId: 'y' })), false)
  })

  it('they are not under another id, short name or tenant', () => {
    for (const each of [
      live({ customerGuid: otherGuid }),
      live({ shortName: 'southwind' }),
      live({ msTenantId: otherTenantId })
    ]) {
      assert.strictEqual(isAnother(customerGuid, names, each), true)
    }
  })
})

describe('Live: the first connection', () => {
  const [own, branch, generated] = [connection(1, 'northwind'), connection(2, 'branch'), connection(3, 'GSABC')]
  const primary = (sipConnections: LiveService['sipConnections'], made?: string, known?: string) =>
    primaryOf(live({ sipConnections }), made, known)?.siteName

  it('the one that is named as it was made, the only one, or the one that is known', () => {
    assert.deepStrictEqual(
      [
        primary([branch, own]),
        primary([branch, own], 'branch'),
        primary([generated]),
        primary([generated, branch]),
        primary([generated, branch], undefined, generated.siteGuid),
        primary([branch], undefined, generated.siteGuid),
        primary([own, { ...own, siteGuid: branch.siteGuid }]),
        primary([]),
        primary(undefined),
        primary([{ ...own, siteGuid: 'not a uuid' }])
      ],
      ['northwind', 'branch', 'GSABC', undefined, 'GSABC', undefined, undefined, undefined, undefined, undefined]
    )
  })

  it('how far it is', () => {
    assert.deepStrictEqual(
      ['3', 'Deployed', 'DEPLOYED', '1', 'Deploying', undefined, 'Failed', 'ScriptError'].map(deployment),
      ['deployed', 'deployed', 'deployed', 'under way', 'under way', 'under way', 'failed', 'failed']
    )
  })
})

describe('Live: inputs as they are on the platform', () => {
  it('what is told replaces what was, and the rest stays', () => {
    assert.deepStrictEqual(liveArgs(hostedLicenses, live({ fullName: 'Other' }), allHosted, visibleKeys), {
      shortName: 'northwind',
      fullName: 'Other',
      msTenantId,
      license: 'HostedPro',
      licensedUsersCount: 25,
      applicationClientId: allHosted.applicationClientId
    })
  })

  it('only what counts', () => {
    assert.deepStrictEqual(liveArgs(hostedLicenses, live(), {}, ['shortName']), { shortName: 'northwind' })
  })
})
