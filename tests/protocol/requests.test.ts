import * as assert from 'node:assert'
import type { JsonObject } from '../support/Json'
import { least, most } from './support/Connections'
import { calls, create, objectOf, type RigOptions, withRig } from './support/Rig'

const details = 'GET v3/customer/ACME?allDetails=true'
const add = 'POST v2/customer/ACME/sitelocation/'
const modify = 'PATCH v2/customer/ACME/sitelocation/SITE'
const get = 'GET v2/sitelocation/SITE'
const remove = 'DELETE v2/sitelocation/SITE'
const task = 'GET v2/task/TASK'

describe('protocol: requests', () => {
  it('of a connection that Add carries as a whole, step by step', () =>
    withRig({}, async (rig) => {
      const { platform, provider } = rig
      const sent = (siteGuid?: string): readonly string[] => {
        const seen = calls(rig, siteGuid)
        platform.clearRequests()
        return seen
      }
      const { inputs } = await provider.check({}, least)
      assert.deepStrictEqual(sent(), [], 'check')

      const { id, outs } = await provider.create(inputs)
      assert.deepStrictEqual(sent(id), [details, add, get], 'create')

      await provider.check(inputs, inputs)
      assert.strictEqual((await provider.diff(id, outs, inputs)).changes, 'none')
      assert.deepStrictEqual(sent(id), [], 'an up without changes')

      const { inputs: news } = await provider.check(inputs, { ...inputs, cacProfile: '5 sessions' })
      await provider.diff(id, outs, news)
      assert.deepStrictEqual(sent(id), [], 'check and diff of a change')
      const updated = await provider.update(id, outs, news)
      assert.deepStrictEqual(sent(id), [get, modify, get], 'update')

      const allowed = await provider.update(id, updated, { ...news, allow: ['rename'], adopt: false })
      assert.deepStrictEqual(sent(id), [], 'update of options')

      await provider.read(id, allowed)
      assert.deepStrictEqual(sent(id), [get], 'read')

      await provider.delete(id, allowed)
      assert.deepStrictEqual(sent(id), [remove, task], 'delete')

      await provider.read(id, allowed)
      assert.deepStrictEqual(sent(id), [get], 'read of what this process has deleted')
    }))

  it('of a connection with fields that Add cannot carry', () =>
    withRig({}, async (rig) => {
      const { id } = await create(rig, most)
      assert.deepStrictEqual(calls(rig, id), [details, add, get, modify, get])
    }))

  it('of a creation with a task', () =>
    withRig({ switches: { addTaskMs: 30 }, settings: { pollInterval: '0.2' } }, async (rig) => {
      const { id } = await create(rig, least)
      assert.deepStrictEqual(calls(rig, id), [details, add, get, task, get, task])
    }))

  it('of a deletion without a task that tells its end', () =>
    withRig({ switches: { deleteTask: 'vanishes' } }, async (rig) => {
      const { id, outs } = await create(rig, least)
      rig.platform.clearRequests()
      await rig.provider.delete(id, outs)
      assert.deepStrictEqual(calls(rig, id), [remove, task, get, details])
    }))

  it('of a takeover that changes nothing, and of one that does', () =>
    withRig({}, async (rig) => {
      const site = { customerGuid: least.customerGuid, sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 }
      const same = rig.platform.addSite({ ...site, name: 'same' })
      const other = rig.platform.addSite({ ...site, name: 'other', cacProfile: '5 sessions' })
      const args = { ...least, enableCac: false, carrierRegistration: false, adopt: true }
      await create(rig, { ...args, siteName: 'same' })
      assert.deepStrictEqual(calls(rig, same), [details, get])
      rig.platform.clearRequests()
      await create(rig, { ...args, siteName: 'other', cacProfile: '10 sessions' })
      assert.deepStrictEqual(calls(rig, other), [get, modify, get])
    }))

  it('of a refused creation of a name that exists', () =>
    withRig({}, async (rig) => {
      rig.platform.addSite({ customerGuid: least.customerGuid, name: least.siteName })
      await assert.rejects(rig.provider.create(least))
      assert.deepStrictEqual(calls(rig), [details])
    }))

  it('of reads of several connections that were deleted outside share the look at the customer', () =>
    withRig({}, async (rig) => {
      const { platform } = rig
      const states = await Promise.all(['a', 'b', 'c'].map((siteName) => create(rig, { ...least, siteName })))
      for (const { id } of states) platform.deleteSite(id)
      await withRig({ platform }, async (next) => {
        platform.clearRequests()
        const answers = await Promise.all(states.map(({ id, outs }) => next.provider.read(id, outs)))
        assert.deepStrictEqual(answers, Array(3).fill({ id: '', props: {} }))
        assert.deepStrictEqual(
          calls(next).filter((call) => call.includes('customer')),
          [details]
        )
        assert.strictEqual(calls(next).length, 4)
      })
    }))

  it('of a deletion of what was deleted outside', () =>
    withRig({}, async (rig) => {
      const { id, outs } = await create(rig, least)
      rig.platform.deleteSite(id)
      await withRig({ platform: rig.platform }, async (next) => {
        rig.platform.clearRequests()
        await next.provider.delete(id, outs)
        assert.deepStrictEqual(calls(next, id), [remove, details])
      })
    }))

  it('of a hundred creations for one customer share the look at the customer', () =>
    withRig({ settings: { writesPerSbc: '0' } }, async (rig) => {
      const names = Array.from({ length: 100 }, (_, n) => `branch-${n}`)
      await Promise.all(names.map((siteName) => rig.provider.create({ ...least, siteName })))
      const counts = new Map<string, number>()
      for (const call of calls(rig)) {
        const kind = call.replace(/[0-9a-f-]{36}/, 'SITE')
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      }
      assert.deepStrictEqual(Object.fromEntries(counts), { [details]: 1, [add]: 100, [get]: 100 })
    }))

  const placements: readonly {
    readonly settings: RigOptions['settings']
    readonly switches: RigOptions['switches']
    readonly call: string
  }[] = [
    {
      settings: { siteIdPlacement: 'query' },
      switches: { siteIdPlacement: 'query' },
      call: 'PATCH v2/customer/ACME/sitelocation/?sbcSiteGuid=SITE'
    },
    {
      settings: { siteIdPlacement: 'body' },
      switches: { siteIdPlacement: 'body' },
      call: 'PATCH v2/customer/ACME/sitelocation/'
    }
  ]
  for (const { settings, switches, call } of placements) {
    it(`of a change with the site id in the ${settings?.siteIdPlacement ?? ''}`, () =>
      withRig({ ...(settings && { settings }), ...(switches && { switches }) }, async (rig) => {
        const { id, inputs, outs } = await create(rig, least)
        rig.platform.clearRequests()
        await rig.provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
        assert.deepStrictEqual(calls(rig, id), [get, call, get])
        assert.strictEqual(rig.platform.site(id)?.cacProfile, '5 sessions')
      }))
  }

  it('all carry the id of their operation, which the state names', () =>
    withRig({}, async (rig) => {
      const { platform, provider } = rig
      const { id, inputs, outs } = await create(rig, most)
      const ids = (): ReadonlySet<string | undefined> => {
        const seen = new Set(platform.requests().map(({ headers }) => headers['x-correlation-id']))
        platform.clearRequests()
        return seen
      }
      const named = (state: JsonObject): unknown => objectOf(state.lastOperation).correlationId
      assert.deepStrictEqual(ids(), new Set([named(outs)]))
      const updated = await provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
      assert.deepStrictEqual(ids(), new Set([named(updated)]))
      assert.notStrictEqual(named(updated), named(outs))
    }))

  it('are refused but for reading when the configuration says readOnly', () =>
    withRig({ settings: { readOnly: 'true' } }, async (rig) => {
      const { platform, provider } = rig
      await assert.rejects(provider.create(least), /POST is refused: the configuration says readOnly/)
      assert.deepStrictEqual(
        platform.requests().map(({ method }) => method),
        ['GET']
      )
      assert.strictEqual(platform.state().sites.filter(({ name }) => name === least.siteName).length, 0)
    }))
})
