import * as assert from 'node:assert'
import { createBody as hostedBody } from '../../../provider/hosted-essentials-service/Body'
import { plainJson } from '../../../provider/Json'
import { createBody as operatorBody } from '../../../provider/operator-connect-service/Body'
import { allHosted, allOperator, leastHosted, leastOperator, msTenantId } from './Args'

describe('Body of the creation of a service', () => {
  const site = { sbcId: 3, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }

  it('Hosted Essentials: everything, with the connection as a list and as an object', () => {
    const body = {
      shortName: 'northwind',
      fullName: 'Northwind Traders',
      siteLocation: [site],
      ovocCustomerType: 'IPGROUP_TYPE',
      msTenantId,
      channelId: '15',
      lcCustomerId: '77',
      scriptParameters: { 'CustomVar.Variable1': 'x', AdminPassword: 'made-up-variable' }
    }
    assert.deepStrictEqual(plainJson(hostedBody(allHosted, 'array')), body)
    assert.deepStrictEqual(plainJson(hostedBody(allHosted, 'object')), { ...body, siteLocation: site })
  })

  it('Hosted Essentials: the least', () => {
    assert.deepStrictEqual(plainJson(hostedBody(leastHosted, 'array')), {
      shortName: 'northwind',
      siteLocation: [site],
      ovocCustomerType: 'IPGROUP_TYPE',
      msTenantId
    })
  })

  it('Operator Connect: everything', () => {
    assert.deepStrictEqual(plainJson(operatorBody(allOperator, 'object')), {
      configurationName: 'OcEssential_IPGROUP_TYPE',
      customerShortName: 'globex',
      customerFullName: 'Globex',
      msTenantId,
      scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: 'sbc1.example.net' },
      siteLocation: {
        ...site,
        siteLocationName: 'globex-1',
        sbcOcUploadNumberScript: 14001,
        sbcOcReleaseNumberScript: 14002
      },
      channelId: '15'
    })
  })

  it('Operator Connect: the least, of either configuration', () => {
    assert.deepStrictEqual(
      [operatorBody(leastOperator, 'array'), operatorBody({ ...leastOperator, configuration: 'tenant' }, 'array')].map(
        plainJson
      ),
      ['OcEssential_IPGROUP_TYPE', 'OcEssential_TENANT_TYPE'].map((configurationName) => ({
        configurationName,
        customerShortName: 'globex',
        msTenantId
      }))
    )
  })
})
