import * as assert from 'node:assert'
import { customerGuids, initialState, manyGateways, manySites, manySitesCustomer } from '../../simulator'
import { acme, added, at, contoso, least, refused, session, UNKNOWN } from './support'

const path = (customerGuid: string) => `v3/customer/${customerGuid}/onlinepstngateway`
const derived = (fqdn: string) => ({ fqdn, trunkModel: 'DerivedTrunk' })

describe('simulator: online PSTN gateways', () => {
  const seeded: readonly [keyof typeof customerGuids, readonly object[]][] = [
    ['acme', [derived('acme.sbc5.provider.example')]],
    [
      'contoso',
      [derived('headquarters.sbc3.provider.example'), { fqdn: 'contoso.example', trunkModel: 'AzureAdDomainOnly' }]
    ],
    ['initech', []],
    ['umbrella', []]
  ]
  for (const [name, body] of seeded) {
    it(`of ${name}`, () => {
      assert.deepStrictEqual(session().send('GET', path(customerGuids[name])), { status: 200, body })
    })
  }

  it('of a connection: named after it and its SBC, once the details list it, and once only', () => {
    const s = session({ detailsVisibleAfterMs: 100, duplicateNames: 'allowed' })
    const body = { ...least, scriptParameters: { OnlinePstnGateway: 'SBC5.provider.example' } }
    added(s, { ...body, siteLocationName: 'Branch 7' })
    added(s, { ...body, siteLocationName: 'branch7' })
    added(s, { ...body, siteLocationName: 'acme' })
    added(s, { ...least, siteLocationName: 'bare' })
    const seed = [derived('acme.sbc5.provider.example')]
    s.now = 99
    assert.deepStrictEqual(s.send('GET', path(acme)).body, seed)
    s.now = 100
    assert.deepStrictEqual(s.send('GET', path(acme)).body, [...seed, derived('branch7.SBC5.provider.example')])
  })

  it('of a customer of manySites', () => {
    const s = session({}, manySites(2, 12))
    const names = (query: string) =>
      (s.send('GET', `${path(manySitesCustomer(2))}${query}`).body as { fqdn: string }[]).map(({ fqdn }) => fqdn)
    const expected = Array.from({ length: 12 }, (_, i) => `branch-${i + 1}.sbc3.provider.example`)
    assert.deepStrictEqual([names(''), names('?PageNumber=1')], [expected.slice(0, 10), expected.slice(10)])
  })

  it('gatewayPrefix: as the connection was written', () => {
    const s = session({ gatewayPrefix: false })
    added(s, { ...least, scriptParameters: { OnlinePstnGateway: 'sbc5.provider.example' } })
    assert.deepStrictEqual(s.send('GET', path(acme)).body, [
      derived('acme.sbc5.provider.example'),
      derived('sbc5.provider.example')
    ])
  })

  it('the documented scriptType changes nothing, whatever it says', () => {
    assert.strictEqual((session().send('GET', `${path(contoso)}?scriptType=M365`).body as unknown[]).length, 2)
    assert.strictEqual((session().send('GET', `${path(contoso)}?scriptType=x`).body as unknown[]).length, 2)
  })

  it('gatewayAnswer: the details of the service', () => {
    const s = session({ gatewayAnswer: 'service' })
    assert.deepStrictEqual(s.send('GET', path(contoso)), s.send('GET', `v3/customer/${contoso}?allDetails=true`))
  })

  for (const gatewayNotFound of ['404', '400'] as const) {
    it(`gatewayNotFound: ${gatewayNotFound} with a problem that says 400`, () => {
      const answer = session({ gatewayNotFound }).send('GET', path(UNKNOWN))
      const [errorTicket, traceId] = [String(at(answer.body, 'errorTicket')), String(at(answer.body, 'traceId'))]
      assert.deepStrictEqual(answer, {
        status: Number(gatewayNotFound),
        body: {
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          detail: `Customer with ${UNKNOWN} not found`,
          instance: `/tenantui/api/${path(UNKNOWN)}`,
          errorTicket,
          errorCode: 'CustomerNotFound',
          traceId
        }
      })
      assert.match(`${errorTicket} ${traceId}`, /^[0-9a-f]{8} 00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
    })
  }

  it('refuses a guid that is none, and bad pages', () => {
    refused(session().send('GET', path('acme')), { customerGuid: ['The value is not a valid guid.'] })
    refused(session().send('GET', `${path(acme)}?PageNumber=-1`), {
      PageNumber: ['The value must be an integer from 0.']
    })
  })

  it('manyGateways: pages of ten', () => {
    const s = session({}, { ...initialState(), gateways: manyGateways(acme, 11) })
    const names = (query: string) =>
      (s.send('GET', `${path(acme)}${query}`).body as { fqdn: string }[]).map((g) => g.fqdn)
    assert.deepStrictEqual([names('').length, names('?PageNumber=1')], [10, ['g11.provider.example']])
  })
})
