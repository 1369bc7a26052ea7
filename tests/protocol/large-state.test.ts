import * as assert from 'node:assert'
import { failureOf } from '../support/ProtocolServer'
import { least, most } from './support/Connections'
import { calls, withRig } from './support/Rig'

describe('protocol: a partial failure of a connection with thousands of numbers', () => {
  it('is answered, although its state does not fit an answer, and the next run finishes it', () =>
    withRig({ settings: { programTimeout: '5', maxRetries: '0' } }, async (rig) => {
      const { platform, provider } = rig
      const args = {
        ...least,
        siteName: 'large',
        carrierUserPassword: most.carrierUserPassword,
        phones: Array.from({ length: 4000 }, (_, index) => `+49301${String(1_000_000 + index * 7)}`)
      }
      platform.addFault({
        match: { method: 'PATCH', path: 'sitelocation' },
        times: 1,
        fault: { kind: 'errorMessage', effect: false }
      })
      const { initFailed } = await failureOf(provider.create(args))
      assert.ok(initFailed !== undefined, 'the engine is told what it must keep')
      const { id, properties } = initFailed
      assert.deepStrictEqual([properties['siteName'], properties['phones']], ['large', undefined])

      const kept = properties
      assert.deepStrictEqual(await provider.diff(id, kept, args), {
        changes: 'some',
        replaces: [],
        deleteBeforeReplace: false
      })
      const outs = await provider.update(id, kept, args)
      const { phones, packed } = outs
      assert.deepStrictEqual([phones, packed], [args.phones, undefined])
      assert.deepStrictEqual(platform.site(id)?.phones, args.phones.join(','))
      await provider.delete(id, outs)
      assert.strictEqual(platform.site(id), undefined)
      assert.deepStrictEqual(calls(rig).filter((line) => line.startsWith('POST')).length, 1)
    }))
})
