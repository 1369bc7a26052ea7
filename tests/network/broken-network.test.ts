import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { until } from '../support/Children'
import { failureOf } from '../support/ProtocolServer'
import { least } from '../protocol/support/Connections'
import { create, type Created, type Rig, withRig } from '../protocol/support/Rig'
import { proxied } from './Proxied'
import type { Toxic } from './Toxiproxy'

/** What breaks an answer that is on its way. */
const breaks: Readonly<Record<string, Toxic>> = {
  'a connection that falls silent (timeout)': { type: 'timeout', attributes: { timeout: 0 } },
  'a connection that is reset (reset_peer)': { type: 'reset_peer', attributes: { timeout: 0 } },
  'an answer that is cut off (limit_data)': { type: 'limit_data', attributes: { bytes: 150 } }
}

const declared = { ...least, cacProfile: '5 sessions' }
const changed = { ...declared, cacProfile: '10 sessions' }

describe('network: broken', function () {
  this.timeout(60_000)
  const world = proxied()

  const settings = () => ({
    baseUrl: world.baseUrl,
    requestTimeout: '0.8',
    programTimeout: '0.8',
    maxRetries: '3',
    trace: 'wire.jsonl'
  })

  const faults = ({ project }: Rig): number => {
    const file = path.join(project.directory, 'wire.jsonl')
    return fs.existsSync(file)
      ? fs
          .readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line.includes('"fault"')).length
      : 0
  }

  /** Lets the network break when a request with that method has arrived, and heals it when the provider has noticed. */
  const breaking = async <A>(rig: Rig, method: string, toxic: Toxic, call: () => Promise<A>): Promise<A> => {
    world.platform.clearRequests()
    world.platform.addFault({ match: { method }, fault: { kind: 'delay', ms: 250 } })
    const result = call()
    await until(`a ${method} has arrived`, () => world.platform.requests().some((request) => request.method === method))
    await world.proxy.add(toxic)
    await until('the provider has noticed', () => faults(rig) > 0)
    await world.proxy.heal()
    return result
  }

  const writes = (): readonly string[] =>
    world.platform.requests().flatMap(({ method }) => (method === 'GET' ? [] : [method]))

  const profiles = (): readonly (string | null)[] =>
    world.platform
      .state()
      .sites.filter(({ name }) => name === declared.siteName)
      .map(({ cacProfile }) => cacProfile)

  const made = async (rig: Rig): Promise<Created> => create(rig, declared)

  for (const [name, toxic] of Object.entries(breaks)) {
    describe(name, () => {
      it('in the answer to Add: the connection is found, and not created a second time', () =>
        withRig({ platform: world.platform, settings: settings() }, async (rig) => {
          const { id } = await breaking(rig, 'POST', toxic, () => made(rig))
          assert.deepStrictEqual(
            { writes: writes(), profiles: profiles(), known: world.platform.site(id)?.name },
            { writes: ['POST'], profiles: ['5 sessions'], known: declared.siteName }
          )
        }))

      it('in the answer to Modify: a look shows that it took effect, and it is not sent a second time', () =>
        withRig({ platform: world.platform, settings: settings() }, async (rig) => {
          const { id, outs } = await made(rig)
          const updated = await breaking(rig, 'PATCH', toxic, () => rig.provider.update(id, outs, changed))
          assert.deepStrictEqual(
            { writes: writes(), profiles: profiles(), state: updated.cacProfile },
            { writes: ['PATCH'], profiles: ['10 sessions'], state: '10 sessions' }
          )
        }))

      it('in the answer to Get: it is asked again', () =>
        withRig({ platform: world.platform, settings: settings() }, async (rig) => {
          const { id, outs } = await made(rig)
          const read = await breaking(rig, 'GET', toxic, () => rig.provider.read(id, outs))
          assert.deepStrictEqual({ id: read.id, writes: writes() }, { id, writes: [] })
        }))

      it('in the answer to Delete: it is sent again, and the connection is gone', () =>
        withRig({ platform: world.platform, settings: settings() }, async (rig) => {
          const { id, outs } = await made(rig)
          await breaking(rig, 'DELETE', toxic, () => rig.provider.delete(id, outs))
          assert.deepStrictEqual(
            { profiles: profiles(), all: new Set(writes()) },
            { profiles: [], all: new Set(['DELETE']) }
          )
        }))

      it('all the time: every step ends with an error that leaves the state usable', () =>
        withRig({ platform: world.platform, settings: { ...settings(), maxRetries: '1' } }, async (rig) => {
          const { id, inputs, outs } = await made(rig)
          await world.proxy.add({ ...toxic, stream: 'upstream' })
          world.platform.clearRequests()
          const failures = await Promise.all([
            failureOf(rig.provider.create({ ...declared, siteName: 'branch-08' })),
            failureOf(rig.provider.update(id, outs, changed)),
            failureOf(rig.provider.read(id, outs)),
            failureOf(rig.provider.delete(id, outs))
          ])
          assert.deepStrictEqual(
            failures.map(({ initFailed, message }) => [initFailed, / failed: (.*): .*\n/.exec(message)?.[1]]),
            [
              [undefined, 'Whether connection "branch-08" was created is not known'],
              [undefined, 'the end of GET is not known'],
              [undefined, 'the end of GET is not known'],
              [undefined, 'the end of DELETE is not known']
            ]
          )
          assert.deepStrictEqual(profiles(), ['5 sessions'])
          await world.proxy.heal()
          const updated = await rig.provider.update(id, outs, { ...inputs, cacProfile: '10 sessions' })
          await rig.provider.delete(id, updated)
          assert.deepStrictEqual(profiles(), [])
        }))
    })
  }
})
