import * as assert from 'node:assert'
import { sipConnectionProvider } from '../../sdk/providerText'
import { ProtocolServer, sipConnectionText } from '../support/ProtocolServer'
import { least } from './support/Connections'
import { create, type Rig, withRig } from './support/Rig'

/** A copy by hand: the text stands in every state, so that a change of it in the source must fail here. */
const text = 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;'

describe('protocol: the provider text', () => {
  it('is what states of released versions hold', () => {
    assert.strictEqual(sipConnectionProvider, text)
  })

  it('is what these tests speak with', () => {
    assert.strictEqual(sipConnectionText, text)
  })

  it('takes little room, since every resource keeps it twice', () => {
    const bytes = Buffer.byteLength(sipConnectionProvider)
    assert.ok(bytes >= 80 && bytes <= 90, `${bytes} bytes`)
  })

  it('makes one provider of a process, whose answers hold it', () =>
    withRig({}, async (rig: Rig) => {
      const { id, inputs, outs } = await create(rig, least)
      const seen = await rig.server.read(id, { ...outs, __provider: text })
      assert.deepStrictEqual(seen.inputs, inputs)
    }))

  it('does not resolve where the package is not installed', async () => {
    const server = await ProtocolServer.start({ cwd: '/' })
    try {
      await assert.rejects(server.check({}, least), /Cannot find module 'pulumi-audiocodes-live\/dynamic'/)
    } finally {
      await server.close()
    }
  })
})
