import * as assert from 'node:assert'
import { most } from '../protocol/support/Connections'
import { calls, create, withRig } from '../protocol/support/Rig'
import { proxied } from './Proxied'
import type { Toxic } from './Toxiproxy'

/** Networks on which everything takes longer, and nothing is lost. */
const slow: Readonly<Record<string, ReadonlyArray<Toxic>>> = {
  'latency of 100 ms and more': [{ type: 'latency', attributes: { latency: 100, jitter: 50 } }],
  'a bandwidth of 8 KB/s in both directions': [
    { type: 'bandwidth', attributes: { rate: 8 } },
    { type: 'bandwidth', stream: 'upstream', attributes: { rate: 8 } }
  ],
  'answers and requests in slices of a few bytes': [
    { type: 'slicer', attributes: { average_size: 30, size_variation: 20, delay: 200 } },
    { type: 'slicer', stream: 'upstream', attributes: { average_size: 30, size_variation: 20, delay: 200 } }
  ]
}

describe('network: slow', function () {
  this.timeout(60_000)
  const world = proxied()

  for (const [name, toxics] of Object.entries(slow)) {
    it(`${name}: a connection lives as ever, with no request twice`, () =>
      withRig(
        { platform: world.platform, settings: { baseUrl: world.baseUrl, operationTimeout: '60' } },
        async (rig) => {
          for (const toxic of toxics) await world.proxy.add(toxic)
          const { id, inputs, outs } = await create(rig, most)
          const updated = await rig.provider.update(id, outs, { ...inputs, cacProfile: '20 sessions' })
          const read = await rig.provider.read(id, updated)
          await rig.provider.delete(id, updated)
          assert.deepStrictEqual(
            {
              read: read.inputs,
              calls: calls(rig, id),
              left: world.platform.state().sites.filter(({ guid }) => guid === id)
            },
            {
              read: { ...inputs, cacProfile: '20 sessions' },
              calls: [
                'GET v3/customer/ACME?allDetails=true',
                'POST v2/customer/ACME/sitelocation/',
                'GET v2/sitelocation/SITE',
                'PATCH v2/customer/ACME/sitelocation/SITE',
                'GET v2/sitelocation/SITE',
                'GET v2/sitelocation/SITE',
                'PATCH v2/customer/ACME/sitelocation/SITE',
                'GET v2/sitelocation/SITE',
                'GET v2/sitelocation/SITE',
                'DELETE v2/sitelocation/SITE',
                'GET v2/task/TASK'
              ],
              left: []
            }
          )
        }
      ))
  }
})
