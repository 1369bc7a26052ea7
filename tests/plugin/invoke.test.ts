import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, customerGuids } from '../../simulator'
import { calls } from '../../provider/lookups/Calls'
import { type JsonObject, secretOnTheWire } from '../support/Json'
import { steadyLines } from '../protocol/support/Rig'
import { failed } from './support/PluginClient'
import { type Rig, startRig } from './support/PluginProcess'

const token = (name: string): string => `audiocodes-live:index:${name}`

/** Arguments with which each lookup finds something on the simulated platform. */
const args: Readonly<Record<keyof typeof calls, JsonObject>> = {
  getServices: {},
  getCustomers: {},
  getService: { customerGuid: customerGuids.contoso },
  getSipConnection: { siteGuid: HEADQUARTERS_GUID },
  getScriptTemplates: {},
  getOnlinePstnGateways: { customerGuid: customerGuids.contoso },
  getCallingProfiles: {},
  getSbcDevices: {},
  getLeads: {},
  getNumbers: {},
  getTask: { taskId: 'tsk_none' },
  customerGuid: { shortName: 'contoso' },
  scriptId: { name: 'none' },
  sbcId: { nameOrFqdn: 'none' }
}

describe('a function of the plugin', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig()
  })
  after(() => rig.close())

  for (const [name, given] of Object.entries(args)) {
    it(`${name} answers with an object, or says why not`, async () => {
      const answer = await rig.plugin.invoke(token(name), given).catch((error: unknown) => error)
      const text = answer instanceof Error ? answer.message : JSON.stringify(answer)
      assert.match(text, answer instanceof Error ? new RegExp(`^Lookup ${name}\\(.*\\) failed: `) : /^\{.+\}$/)
    })
  }

  it('gives what is no object under the name of what was asked for', async () => {
    const { plugin } = rig
    assert.deepStrictEqual(await plugin.invoke(token('customerGuid'), { shortName: 'contoso' }), {
      customerGuid: customerGuids.contoso
    })
    const { customers } = await plugin.invoke(token('getCustomers'))
    assert.ok(Array.isArray(customers))
    assert.strictEqual((await plugin.invoke(token('getSipConnection'), args.getSipConnection)).siteName, 'headquarters')
  })

  it('gives secrets for secrets, and shows none', async () => {
    const { plugin } = rig
    assert.deepStrictEqual(await plugin.invoke(token('customerGuid'), { shortName: secretOnTheWire('contoso') }), {
      customerGuid: secretOnTheWire(customerGuids.contoso)
    })
    const { message } = await failed(plugin.invoke(token('customerGuid'), { shortName: secretOnTheWire('hush-hush') }))
    assert.ok(!message.includes('hush-hush'), message)
  })

  it('says what is wrong with its arguments, all at once', async () => {
    const { message } = await failed(rig.plugin.invoke(token('getSipConnection'), { siteGuid: 'x', other: 1 }))
    assert.deepStrictEqual(steadyLines(message).slice(0, 3), [
      'Lookup getSipConnection(other: 1, siteGuid: "x") failed: other: unknown; the arguments are siteGuid; siteGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555',
      '    Applied: nothing is changed by reading.',
      '    Next: correct the arguments; nothing was sent.'
    ])
  })

  it('is named when there is none of the name', async () => {
    for (const [asked, text] of [
      [token('getServce'), `Unknown function ${token('getServce')}; did you mean ${token('getService')}?`],
      [
        'x',
        `Unknown function x; the functions are ${Object.keys(calls)
          .map((name) => token(name))
          .join(', ')}`
      ]
    ] as const)
      assert.strictEqual((await failed(rig.plugin.invoke(asked))).message, text)
  })
})
