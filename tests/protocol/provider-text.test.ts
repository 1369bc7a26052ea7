import * as assert from 'node:assert'
import { providerText } from '../../sdk/providerText'
import { sipConnectionText } from '../support/ProtocolServer'
import { least } from './support/Connections'
import { create, withRig } from './support/Rig'

/** A copy by hand: the text stands in every state, so that a change of it in the source must fail here. */
const text = 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;'

describe('protocol: the provider text', () => {
  it('is what states of released versions hold', () => {
    assert.strictEqual(providerText('sipConnection'), text)
  })

  it('is what these tests speak with', () => {
    assert.strictEqual(sipConnectionText, text)
  })

  it('takes little room, since every resource keeps it twice', () => {
    const bytes = Buffer.byteLength(text)
    assert.ok(bytes >= 80 && bytes <= 90, `${bytes} bytes`)
  })

  it('resolves from the folder of a program, and its answers can be read with it', () =>
    withRig({}, async (rig) => {
      const { id, inputs, outs } = await create(rig, least)
      assert.deepStrictEqual(await rig.provider.read(id, { ...outs, __provider: text }), { id, props: outs, inputs })
    }))
})
