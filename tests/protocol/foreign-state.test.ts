import * as assert from 'node:assert'
import { type Simulator, startSimulator } from '../../simulator'
import type { JsonObject } from '../support/Json'
import { failureOf } from '../support/ProtocolServer'
import { acme, last, least, managedOfLeast, modifyMessages, stateOf } from './support/Connections'
import { calls, printedAgain, type Rig, startRig, steady, steadyLines, withRig } from './support/Rig'

const former = 'https://former.example.net/tenantui'
const news = { ...least, cacProfile: '5 sessions' }

/** A connection that exists, and a state of it that differs in one point from what this provider would write. */
const found = (platform: Simulator, more: JsonObject): { readonly id: string; readonly state: JsonObject } => {
  const [site] = platform.state().sites.filter(({ customerGuid }) => customerGuid === acme)
  const id =
    site?.guid ??
    platform.addSite({
      customerGuid: acme,
      name: least.siteName,
      sbcId: 3,
      onboardingScript: 12001,
      cleanupScript: 12002
    })
  return { id, state: stateOf(id, platform.url, least, managedOfLeast, more) }
}

describe('protocol: a state', () => {
  let platform: Simulator
  let rig: Rig
  before(async () => {
    platform = await startSimulator()
    rig = await startRig({ platform })
  })
  beforeEach(async () => {
    platform.clearRequests()
    await rig.printed()
  })
  after(async () => {
    await rig.close()
    await platform.close()
  })

  describe('of a newer version', () => {
    const newer = { schemaVersion: 2 }
    const text =
      'The state was written by a newer version of pulumi-audiocodes-live (schemaVersion 2; this one knows 1)'
    const next =
      '    Next: install the newer version in this project (npm install pulumi-audiocodes-live@latest) and run again.'

    const calling: readonly {
      readonly call: 'diff' | 'read' | 'update' | 'delete'
      readonly as: string
      readonly details: readonly string[]
      readonly again: boolean
    }[] = [
      { call: 'diff', as: 'Read', details: ['    Applied: nothing is changed by reading.'], again: true },
      { call: 'read', as: 'Read', details: ['    Applied: nothing is changed by reading.'], again: true },
      {
        call: 'update',
        as: 'Update',
        details: ['    Applied: nothing was changed.', '    Calls: not affected.'],
        again: false
      },
      {
        call: 'delete',
        as: 'Delete',
        details: ['    Applied: nothing was deleted. The connection stays in the state.', '    Calls: not affected.'],
        again: true
      }
    ]
    for (const { call, as, details, again } of calling) {
      it(`is refused by ${call}, in words and without a request`, async () => {
        const { provider } = rig
        const { id, state } = found(platform, newer)
        const { code, message, initFailed } = await failureOf(
          call === 'diff' || call === 'update' ? provider[call](id, state, news) : provider[call](id, state)
        )
        assert.deepStrictEqual({ code, initFailed }, { code: 2, initFailed: undefined })
        // What the program declares is checked; of a state that is not understood nothing is shown but the id.
        const about =
          call === 'update'
            ? `"${news.siteName}" (customer ${news.customerGuid}, site ${id}, SBC ${news.sbcId})`
            : `(site ${id})`
        const headline = `${as} of SIP connection ${about} failed: ${text}`
        assert.deepStrictEqual(steadyLines(message), [headline, ...details, next, '    <time>'])
        assert.deepStrictEqual(await rig.printed(), { out: '', err: again ? printedAgain(headline) : '' })
        assert.deepStrictEqual(calls(rig), [])
      })
    }
  })

  describe('of another platform', () => {
    for (const call of ['read', 'update', 'delete'] as const) {
      it(`is refused by ${call}, which names both platforms and the way, without a request`, async () => {
        const { provider } = rig
        const { id, state } = found(platform, { platform: former })
        const { code, message, initFailed } = await failureOf(
          call === 'update' ? provider.update(id, state, news) : provider[call](id, state)
        )
        assert.deepStrictEqual({ code, initFailed }, { code: 2, initFailed: undefined })
        const lines = steadyLines(message)
        const as = { read: 'Read', update: 'Update', delete: 'Delete' }[call]
        assert.strictEqual(
          lines[0],
          `${as} of SIP connection "branch-07" (customer ${acme}, site ${id}, SBC 3) failed: Connection ${id} belongs to ` +
            `the platform ${former}, and the configuration names ${platform.url}; nothing was sent`
        )
        assert.deepStrictEqual(
          lines.filter((line) => line.startsWith('    Next:')),
          [
            `    Next: correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${former}.`
          ]
        )
        assert.deepStrictEqual(calls(rig), [])
      })
    }

    it('is refused by the update of options too', async () => {
      const { id, state } = found(platform, { platform: former })
      const { message } = await failureOf(rig.provider.update(id, state, { ...least, allow: ['rename'] }))
      assert.match(message, /belongs to the platform https:\/\/former\.example\.net\/tenantui, /)
    })

    it('is compared without a question, since nothing is sent', async () => {
      const { id, state } = found(platform, { platform: former })
      assert.strictEqual((await rig.provider.diff(id, state, least)).changes, 'none')
    })

    it('is taken over when the platform has moved, and then names the new one', () =>
      withRig({ platform, settings: { movedFrom: `https://older.example.net, ${former}/` } }, async (moved) => {
        const { id, state } = found(platform, { platform: former })
        const here = { ...state, platform: platform.url }
        assert.deepStrictEqual(await moved.provider.read(id, state), { id, props: here, inputs: least })
        const updated = await moved.provider.update(id, state, news)
        assert.deepStrictEqual(
          steady(updated),
          stateOf(id, platform.url, news, ['customerGuid', 'siteName', 'sbcId', 'cacProfile', 'sbcScripts'], {
            executionMessages: modifyMessages,
            lastOperation: last('update')
          })
        )
        const third = 'https://third.example.net/tenantui'
        assert.match(
          (await failureOf(moved.provider.read(id, { ...state, platform: third }))).message,
          /belongs to the platform https:\/\/third\.example\.net\/tenantui, /
        )
        await moved.provider.delete(id, { ...updated, platform: former })
        assert.strictEqual(platform.site(id), undefined)
      }))
  })

  it('of version 1 that is older than a field of it is read', async () => {
    const { provider } = rig
    const { id, state } = found(platform, {})
    const { tenantId: _tenant, pendingTasks: _pending, executionMessages: _said, ...older } = state
    assert.strictEqual((await provider.diff(id, older, least)).changes, 'none')
    assert.deepStrictEqual(await provider.read(id, older), {
      id,
      props: { ...state, executionMessages: [] },
      inputs: least
    })
  })
})
