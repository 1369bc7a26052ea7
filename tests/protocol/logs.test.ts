import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SCOPE,
  type Simulator,
  STATIC_TOKEN,
  startSimulator,
  TENANT_ID
} from '../../simulator'
import type { Json, JsonObject } from '../support/Json'
import { failureOf } from '../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { acme, least, managedOfMost, most, secrets } from './support/Connections'
import { assertHidden, create, objectOf, type Rig, textOf, withRig } from './support/Rig'

const hidden = Object.values(secrets)
const add = { method: 'POST', path: 'sitelocation' }
const modify = { method: 'PATCH', path: 'sitelocation' }

/** What a script of the SBC may print: the secrets that it was given, in all the forms that it likes. */
const indiscreet = hidden
  .flatMap((secret) => [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64')
  ])
  .join(' | ')

describe('protocol: what is printed and written', () => {
  let platform: Simulator
  let folder: TemporaryProject
  let settings: { readonly trace: string; readonly audit: string }
  before(async () => {
    platform = await startSimulator()
    folder = temporaryProject()
    const file = (name: string): string => path.join(folder.directory, name)
    settings = { trace: file('trace.jsonl'), audit: file('audit.jsonl') }
  })
  beforeEach(() => {
    platform.reset()
    for (const file of Object.values(settings)) fs.rmSync(file, { force: true })
  })
  after(async () => {
    folder.dispose()
    await platform.close()
  })

  const written = (file: 'trace' | 'audit'): string => fs.readFileSync(settings[file], 'utf8')

  const linesOf = (file: 'trace' | 'audit'): readonly JsonObject[] => {
    const lines = written(file).split('\n')
    assert.strictEqual(lines.pop(), '')
    return lines.map((line) => JSON.parse(line) as JsonObject)
  }

  const modeOf = (file: 'trace' | 'audit'): string => (fs.statSync(settings[file]).mode & 0o777).toString(8)

  /** A whole life, with a change made in the portal and found by a refresh. */
  const life = async (rig: Rig): Promise<readonly JsonObject[]> => {
    const { provider } = rig
    const { id, inputs, outs } = await create(rig, { ...most, adopt: false })
    const news = { ...inputs, cacProfile: '5 sessions' }
    await provider.check(inputs, news)
    await provider.diff(id, outs, news)
    const updated = await provider.update(id, outs, news)
    rig.platform.editSite(id, { cacProfile: '20 sessions', carrierUserPassword: 'c4nary-of-the-portal' })
    const { props } = await provider.read(id, updated)
    await provider.delete(id, props)
    return [outs, updated, props]
  }

  it('is nothing when all goes well', () =>
    withRig({ platform }, async (rig) => {
      await life(rig)
      assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
    }))

  it('are warnings of one line each otherwise', () =>
    withRig({ platform, settings }, async (rig) => {
      const { provider } = rig
      platform.addFault({ match: add, fault: { kind: 'resetAfter' } })
      const { id, inputs, outs } = await create(rig, { ...most, adopt: false, allow: [] })
      platform.editSite(id, { cacProfile: '20 sessions', proxySet: 'Trunk-B' })
      await provider.read(id, outs)
      platform.addFault({ match: modify, fault: { kind: 'resetAfter' } })
      const { phones: _phones, ...rest } = inputs
      const updated = await provider.update(id, outs, { ...rest, allow: ['clearPhones'] })
      const failing: JsonObject = {
        ...updated,
        lastOperation: { ...objectOf(updated.lastOperation), outcome: 'failed' }
      }
      platform.editSite(id, { sbcState: 'Failed' })
      const last = await provider.update(id, failing, rest)
      await provider.delete(id, last)
      const taken = {
        ...least,
        siteName: 'taken',
        enableCac: true,
        carrierRegistration: false,
        cacProfile: '5 sessions'
      }
      await withRig({ platform }, async (other) => {
        platform.addSite({ customerGuid: acme, name: 'taken', onboardingScript: 12001, cleanupScript: 12002 })
        await create(other, { ...taken, adopt: true })
        const { out, err } = await other.printed()
        assert.strictEqual(out, '')
        assert.match(err, /^Connection "taken" is taken over\. .*\n$/)
      })
      const { out, err } = await rig.printed()
      assert.strictEqual(out, '')
      assertHidden(err, hidden)
      assert.deepStrictEqual(
        err.split('\n').map((line) => line.replace(/ \(.*| is .*| was .*|:.*/, '')),
        [
          'The answer to the creation of connection "branch-07"',
          'Connection "branch-07"',
          'Connection "branch-07"',
          'The end of the change of connection "branch-07"',
          'The last update of connection "branch-07" ended with an error',
          ''
        ]
      )
    }))

  it('never holds a secret, whatever the platform repeats', () =>
    withRig({ platform, settings: { ...settings, maxRetries: '0', programTimeout: '0.5' } }, async (rig) => {
      const { provider } = rig
      const args = { ...most, adopt: false }
      const words = {
        kind: 'status',
        status: 400,
        body: { title: indiscreet, errors: { [indiscreet]: [indiscreet] } }
      } as const
      const states: JsonObject[] = []
      const messages: string[] = []
      const fails = async (call: Promise<unknown>): Promise<void> => {
        const { message, initFailed } = await failureOf(call)
        messages.push([message].concat(initFailed?.reasons ?? []).join('\n'))
        if (initFailed !== undefined) states.push(initFailed.properties)
      }

      platform.addFault({ match: add, fault: words })
      await fails(provider.create(args))
      platform.addFault({ match: add, fault: { kind: 'errorMessage', effect: true, message: indiscreet } })
      await fails(provider.create(args))
      const [partial = {}] = states
      const id = textOf(partial.siteGuid)
      platform.addFault({ match: modify, fault: words })
      await fails(provider.update(id, partial, args))
      platform.addFault({ match: modify, fault: { kind: 'errorMessage', effect: false, message: indiscreet } })
      await fails(provider.update(id, partial, args))
      const newest = states.at(-1) ?? {}
      platform.addFault({ match: { method: 'GET' }, fault: { ...words, body: indiscreet } })
      await fails(provider.read(id, newest))
      platform.addFault({ match: { method: 'DELETE' }, fault: { ...words, status: 403 } })
      await fails(provider.delete(id, newest))
      platform.addFault({
        match: { method: 'GET', path: 'v2/task/' },
        fault: {
          kind: 'status',
          status: 200,
          body: {
            status: 'Failed',
            details: [indiscreet],
            executionMessages: [{ level: 'Error', message: indiscreet }]
          }
        }
      })
      await fails(provider.delete(id, newest))

      assert.strictEqual(messages.length, 7)
      const { out, err } = await rig.printed()
      assertHidden([...messages, out, err, written('audit')].join('\n'), [...hidden, STATIC_TOKEN])
      assertHidden(written('trace'), [...hidden, STATIC_TOKEN])
      for (const { carrierUserPassword: _p, carrierPasswordDpi: _d, sbcScripts: _s, ...visible } of states)
        assertHidden(JSON.stringify(visible), hidden)
      // The words are there, so that the absence of the secrets says something.
      assert.strictEqual(messages.filter((message) => message.includes('[secret] | ')).length, 7)
    }))

  it('goes to the wire log with its structure, in lines, for the owner alone', () =>
    withRig({ platform, settings }, async (rig) => {
      const [outs = {}] = await life(rig)
      assert.strictEqual(modeOf('trace'), '600')
      const text = written('trace')
      assertHidden(text, [...hidden, 'c4nary-of-the-portal', STATIC_TOKEN])
      const lines = linesOf('trace')
      assert.deepStrictEqual(
        lines.map(({ method, status, attempt }) => [method, status, attempt]),
        [
          ['GET', 200, 1],
          ['POST', 200, 1],
          ['GET', 200, 1],
          ['PATCH', 200, 1],
          ['GET', 200, 1],
          ['GET', 200, 1],
          ['PATCH', 200, 1],
          ['GET', 200, 1],
          ['GET', 200, 1],
          ['DELETE', 200, 1],
          ['GET', 200, 1]
        ]
      )
      const { correlationId } = objectOf(outs.lastOperation)
      const post = lines[1]
      assert.deepStrictEqual(
        { ...post, time: '<time>', ms: '<ms>' },
        {
          time: '<time>',
          correlationId,
          method: 'POST',
          path: `/api/v2/customer/${acme}/sitelocation/`,
          attempt: 1,
          ms: '<ms>',
          request: {
            siteLocationName: 'branch-07',
            ovocCustomerType: 'IPGROUP_TYPE',
            sbcId: 3,
            sbcOnboardingScript: 12001,
            sbcCleanupScript: 12002,
            SbcConfigurationType: 3,
            scriptParameters: {
              Region: 'EMEA',
              apiToken: '[secret]',
              OnlinePstnGateway: 'sbc3.example.net',
              ProxySet: 'Trunk-A',
              CacProfile: '10 sessions',
              CarrierUserName: 'u-100',
              CarrierUserPassword: '[secret]',
              CarrierMainLine: 'main',
              CarrierHostName: 'sip.example.net'
            }
          },
          status: 200,
          response: {
            customerGuid: acme,
            siteGuid: outs.siteGuid,
            executionMessages: [
              { level: 'Information', message: 'Checking SBC IP Group Programming.' },
              { level: 'Information', message: 'SBC not programmed yet.' },
              { level: 'Information', message: 'Starting SBC Programming.' },
              { level: 'Information', message: 'Sbc is programmed' },
              { level: 'Information', message: 'Site location information saved.' }
            ]
          }
        }
      )
      const { sbcInfo } = lines[8]?.response as { readonly sbcInfo: JsonObject }
      assert.deepStrictEqual(sbcInfo.sbcScripts, {
        onboardingScript: 12001,
        cleanupScript: 12002,
        customerVariables: {
          CarrierUserPassword: '[secret]',
          CarierMailLine: 'main',
          Region: 'EMEA',
          apiToken: '[secret]'
        }
      })
      assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
    }))

  it('goes to the audit log, one line a write, for the owner alone', () =>
    withRig(
      { platform, settings, env: { CI: '', PULUMI_PROJECT: 'voice', PULUMI_STACK: 'prod', GITHUB_SHA: 'abc' } },
      async (rig) => {
        platform.addFault({ match: add, fault: { kind: 'status', status: 429, retryAfter: '0' } })
        const [created, updated] = await life(rig)
        assert.strictEqual(modeOf('audit'), '600')
        assertHidden(written('audit'), [...hidden, 'c4nary-of-the-portal', STATIC_TOKEN])
        const siteGuid = created?.siteGuid
        const idOf = (state: JsonObject | undefined): Json | undefined => objectOf(state?.lastOperation).correlationId
        const completed = [
          'configureSbc',
          'enableCac',
          'carrierRegistration',
          'carrierPasswordDpi',
          'phones',
          'dialPlanPrefixes',
          'm365Scripts'
        ]
        const lines = linesOf('audit')
        for (const { time } of lines) assert.match(textOf(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        const deletion = lines[4]?.correlationId
        assert.match(textOf(deletion), /^[0-9a-f-]{36}$/)
        const common = {
          PULUMI_PROJECT: 'voice',
          PULUMI_STACK: 'prod',
          GITHUB_SHA: 'abc',
          customerGuid: acme,
          siteName: 'branch-07',
          sbcId: 3,
          attempt: 1,
          result: 'answered',
          serverIds: []
        }
        const made = { ...common, method: 'POST', fields: managedOfMost, correlationId: idOf(created) }
        assert.deepStrictEqual(
          lines.map(({ time: _time, ms: _ms, ...line }) => line),
          [
            { ...made, result: 'rejected 429' },
            { ...made, attempt: 2 },
            { ...common, method: 'PATCH', siteGuid, fields: completed, correlationId: idOf(created) },
            { ...common, method: 'PATCH', siteGuid, fields: ['cacProfile'], correlationId: idOf(updated) },
            { ...common, method: 'DELETE', siteGuid, fields: [], correlationId: deletion }
          ]
        )
        // Every attempt stands in the wire log.
        assert.deepStrictEqual(
          linesOf('trace').flatMap(({ method, status, attempt }) => (method === 'POST' ? [[status, attempt]] : [])),
          [
            [429, 1],
            [200, 2]
          ]
        )
      }
    ))

  it('says in the audit log how a write failed', () =>
    withRig({ platform, settings: { ...settings, maxRetries: '0', programTimeout: '0.5' } }, async (rig) => {
      for (const fault of [
        { kind: 'status', status: 400 },
        { kind: 'status', status: 500 },
        { kind: 'resetBefore' }
      ] as const) {
        platform.addFault({ match: add, fault })
        await failureOf(rig.provider.create(least))
      }
      await withRig({ platform, settings: { ...settings, readOnly: 'true' } }, async ({ provider }) => {
        await failureOf(provider.create(least))
      })
      assert.deepStrictEqual(
        linesOf('audit').map(({ result }) => result),
        ['rejected 400', 'lost 500', 'lost', 'refused']
      )
    }))

  it('is added to what a log holds already', () =>
    withRig({ platform, settings }, async (rig) => {
      fs.writeFileSync(settings.audit, '{"earlier":true}\n', { mode: 0o600 })
      await create(rig, least)
      assert.deepStrictEqual(
        linesOf('audit').map(({ method, earlier }) => method ?? earlier),
        [true, 'POST']
      )
    }))

  it('is one warning when a log cannot be written, and the run goes on', () =>
    withRig({ platform, settings: { audit: path.join(folder.directory, 'missing', 'audit.jsonl') } }, async (rig) => {
      await life(rig)
      const { out, err } = await rig.printed()
      assert.deepStrictEqual(
        { out, err: err.replace(folder.directory, '') },
        { out: '', err: 'The log file /missing/audit.jsonl cannot be written (ENOENT); the run goes on without it.\n' }
      )
    }))

  it('holds neither the client secret nor the token that it was changed for', () =>
    withRig(
      {
        platform,
        settings: {
          ...settings,
          accessToken: null,
          clientId: CLIENT_ID,
          clientSecret: CLIENT_SECRET,
          tenantId: TENANT_ID,
          scope: SCOPE,
          tokenUrl: platform.tokenUrl,
          maxRetries: '0'
        }
      },
      async (rig) => {
        await life(rig)
        const { body } = platform.requests().find(({ path: asked }) => asked.endsWith('/token')) ?? {}
        assert.ok(body?.includes(CLIENT_SECRET))
        // A gateway that repeats what it was sent.
        const repeating = { kind: 'status', status: 403, body: `secret ${CLIENT_SECRET}` } as const
        platform.addFault({ match: add, fault: repeating })
        const { message } = await failureOf(rig.provider.create(least))
        assert.match(message, /\n {4}Platform: secret \[secret\]\n/)
        assertHidden(`${written('trace')}${written('audit')}`, [CLIENT_SECRET])
        assert.doesNotMatch(written('trace'), /simulated-[0-9a-f]{64}/)
      }
    ))
})
