import * as assert from 'node:assert'
import type { CallingProfile } from '../../../provider/lookups/CallingProfiles'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { doubtfulGateway, gatewayFindings, gatewayNotices } from '../../../provider/preflight/Gateways'
import { declares, sbc, unknown } from './support'

const inventory = { sbcs: [sbc(3), sbc(5), sbc(8, { fqdn: undefined })], isWhole: false }

const profile: CallingProfile = {
  callingProfileId: 'p-1',
  name: undefined,
  environment: undefined,
  region: undefined,
  carrier: undefined,
  offerTypes: [],
  isEmergencyProfile: undefined,
  emergencyProfileId: undefined,
  trunks: [{ trunkFqdn: 'oc.example.net', trunkId: undefined, sbcs: [] }],
  additionalSbcs: []
}
const gateway = (fqdn: string) => ({ fqdn, trunkModel: undefined })
const names = { profiles: [profile], gateways: [gateway('hq.dr.example.net'), gateway('acme.example')] }
const args: Partial<SipConnectionArgs> = { siteName: 'branch', sbcId: 3 }
const declared = (onlinePstnGateway: string, more: Partial<SipConnectionArgs> = {}) =>
  declares({ ...args, onlinePstnGateway, ...more })

describe('Preflight: the online PSTN gateway', () => {
  const known = [
    ['the name of the SBC', 'sbc3.example.net'],
    ['in another case, with a dot at its end', 'SBC3.example.net.'],
    ['with the name of the connection in front', 'Branch.sbc3.example.net'],
    ['the name of another SBC', 'sbc5.example.net']
  ] as const
  for (const [what, fqdn] of known) {
    it(`${what} (${fqdn}) is not doubted`, () => {
      assert.strictEqual(doubtfulGateway(declared(fqdn), inventory), undefined)
    })
  }

  const undecided = [
    ['of an SBC whose name is not told', declared('x.example.net', { sbcId: 8 })],
    ['of an SBC that is not there', declared('x.example.net', { sbcId: 4 })],
    ['of an SBC that is not known yet', declared('x.example.net', { sbcId: unknown })],
    ['of an SBC that is not configured', declared('x.example.net', { configureSbc: false })],
    ['that is not known yet', declared(unknown)],
    ['that is not declared', declares(args)]
  ] as const
  for (const [what, declaration] of undecided) {
    it(`${what} is not doubted`, () => {
      assert.strictEqual(doubtfulGateway(declaration, inventory), undefined)
      assert.deepStrictEqual(gatewayFindings(declaration, inventory, names), [])
    })
  }

  const found = [
    ['the name of a trunk', 'oc.example.net'],
    ['what the customer has, without the name of a connection', 'dr.example.net'],
    ['what the customer has, with the name of this connection', 'branch.dr.example.net'],
    ['what the customer has', 'acme.example']
  ] as const
  for (const [what, fqdn] of found) {
    it(`${what} (${fqdn}) is doubted, and found`, () => {
      assert.strictEqual(doubtfulGateway(declared(fqdn), inventory), fqdn)
      assert.deepStrictEqual(gatewayFindings(declared(fqdn), inventory, names), [])
      assert.deepStrictEqual(gatewayNotices(declared(fqdn), inventory, names), [])
    })
  }

  it('that nobody knows is a finding', () => {
    assert.deepStrictEqual(gatewayFindings(declared('sbc9.example.net'), inventory, names), [
      'onlinePstnGateway: there is no gateway "sbc9.example.net"; the SBC is sbc3.example.net, and the customer has hq.dr.example.net, acme.example'
    ])
    assert.deepStrictEqual(gatewayNotices(declared('sbc9.example.net'), inventory, names), [])
  })

  it('of a customer without any gateway is no more than a notice', () => {
    const first = { ...names, gateways: [] }
    assert.deepStrictEqual(gatewayFindings(declared('sbc9.example.net'), inventory, first), [])
    assert.deepStrictEqual(gatewayNotices(declared('sbc9.example.net'), inventory, first), [
      'Gateway "sbc9.example.net" is neither that of an SBC nor of a trunk, which is right if it is a new one. The SBC is sbc3.example.net'
    ])
  })
})
