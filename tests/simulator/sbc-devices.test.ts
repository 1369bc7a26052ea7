import * as assert from 'node:assert'
import { initialState } from '../../simulator'
import type { Switches } from '../../simulator'
import { session } from './support'

const sbc = (id: number, name: string, cacProfiles: readonly string[], proxySets: readonly string[]) => ({
  id,
  name,
  fqdn: `sbc${id}.provider.example`,
  ipAddress: `192.0.2.${id}`,
  cacProfiles,
  proxySets
})

const sbcs = [
  sbc(3, 'sbc-frankfurt', ['5 sessions', '10 sessions', '20 sessions'], ['Trunk-A', 'Trunk-B']),
  sbc(5, 'sbc-london', ['5 sessions', '10 sessions', '50 sessions'], ['SIPTrunk']),
  sbc(8, 'sbc-madrid', ['10 sessions'], ['Trunk-A'])
]

const objects = (names: readonly string[]) => names.map((Name) => ({ Name }))

const answers: readonly [Switches['sbcDevicesAnswer'], unknown][] = [
  ['camel', sbcs],
  [
    'pascal',
    sbcs.map(({ id, name, fqdn, ipAddress, cacProfiles, proxySets }) => ({
      SbcId: id,
      Name: name,
      Fqdn: fqdn,
      IpAddress: ipAddress,
      CacProfiles: objects(cacProfiles),
      ProxySets: objects(proxySets)
    }))
  ],
  ['envelope', { currentPage: 1, pageSize: 3, totalPages: 1, totalRecords: 3, data: sbcs }]
]

describe('simulator: SBC devices', () => {
  it('no such call, unless its path is told', () => {
    const missing = { status: 404, body: undefined }
    assert.deepStrictEqual(session().send('GET', 'v2/sbcdevices'), missing)
    assert.deepStrictEqual(session({ sbcDevicesPath: '/api/v2/sbc' }).send('GET', 'v2/sbcdevices'), missing)
    assert.deepStrictEqual(session({ sbcDevicesPath: '/api/v2/sbc.list' }).send('GET', 'v2/sbcXlist'), missing)
  })

  for (const [sbcDevicesAnswer, body] of answers) {
    it(`sbcDevicesAnswer: ${sbcDevicesAnswer}`, () => {
      const s = session({ sbcDevicesPath: '/api/v2/sbcdevices', sbcDevicesAnswer })
      assert.deepStrictEqual(s.send('GET', 'v2/sbcdevices'), { status: 200, body })
    })
  }

  it('sbcDevicesPath: in any case, with and without its last slash', () => {
    const s = session({ sbcDevicesPath: '/ui/v1/SBC.list/' })
    const status = (url: string) => s.send('GET', '', undefined, { url }).status
    assert.deepStrictEqual(
      ['/tenantui/ui/v1/sbc.list', '/tenantui/UI/v1/SBC.list/?x=1', '/ui/v1/SBC.list/', '/tenantui/ui/v1'].map(status),
      [200, 200, 404, 404]
    )
  })

  it('sbcDevicesPath: what is no path is refused', () => {
    const why = (sbcDevicesPath: unknown) => {
      try {
        initialState({ sbcDevicesPath } as object)
        return 'taken'
      } catch (cause) {
        return (cause as Error).message
      }
    }
    const refusal = (given: unknown) =>
      `Switch "sbcDevicesPath" cannot be ${JSON.stringify(given)}: possible is a path with a slash in front, or nothing.`
    assert.deepStrictEqual(['', '/a', '/api/v2/sbc-1_x.y~/'].map(why), ['taken', 'taken', 'taken'])
    const bad = ['api/v2/sbc', '/', '/a//b', '/a?b=1', '/a(b', '/a b', 7, null]
    assert.deepStrictEqual(bad.map(why), bad.map(refusal))
  })

  it('a token is asked for, and another method refused', () => {
    const s = session({ sbcDevicesPath: '/api/v2/sbc' })
    assert.strictEqual(s.send('GET', 'v2/sbc', undefined, { headers: {} }).status, 401)
    assert.strictEqual(s.send('POST', 'v2/sbc', {}).status, 405)
  })
})
