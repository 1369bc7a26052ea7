import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import * as SipConnection from '../../provider/sip-connection/SipConnection'
import { liveEnv } from '../../provider/Live'
import type { Settings } from '../../provider/Settings'
import { version } from '../../provider/version'
import { testSettings, valueOf } from '../support/TestEnv'
import { addPath, customerGuid, details, detailsPath, least, leastSite, sitePath, written } from './support/Connections'
import { answers, ok } from './support/Scripted'

/** The capabilities as the engine's process has them: real clock, chance and files. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('live capabilities', () => {
  let folder: string
  let warnings: Array<string>

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'live-env-'))
    warnings = []
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true })
  })

  const env = (changes: Partial<Settings>) =>
    liveEnv(testSettings(changes), {
      engineIsAlive: () => true,
      warn: (text) => void warnings.push(text),
      run: { CI: 'true', GITHUB_SHA: 'abc' }
    })

  const created = async (changes: Partial<Settings>) => {
    const sent = answers([
      ['GET', ok(details())],
      ['POST', ok(written)],
      ['GET', ok(leastSite)]
    ])
    const result = await valueOf(SipConnection.create(least), env(changes))
    return { sent, result }
  }

  const linesOf = (file: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
    fs
      .readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)

  it('every request names the package, and one correlation id, which is a uuid', async () => {
    const { sent, result } = await created({})
    const id = result.state.lastOperation.correlationId
    assert.match(id, uuid)
    assert.deepStrictEqual(
      sent.map(({ method, url, headers }) => [method, url, headers['user-agent'], headers['x-correlation-id']]),
      [
        ['GET', detailsPath, `pulumi-audiocodes-live/${version}`, id],
        ['POST', addPath, `pulumi-audiocodes-live/${version}`, id],
        ['GET', sitePath, `pulumi-audiocodes-live/${version}`, id]
      ]
    )
  })

  it('the audit log: one line a write, with its time and what is known of the run; for its owner alone', async () => {
    const file = path.join(folder, 'audit')
    const { result } = await created({ audit: file })
    const lines = linesOf(file)
    assert.deepStrictEqual(
      lines.map(({ time, ms, ...rest }) => [!Number.isNaN(Date.parse(String(time))) && Number(ms) >= 0, rest]),
      [
        [
          true,
          {
            CI: 'true',
            GITHUB_SHA: 'abc',
            method: 'POST',
            attempt: 1,
            customerGuid,
            siteName: 'branch-07',
            sbcId: 3,
            fields: ['customerGuid', 'siteName', 'sbcId', 'sbcScripts'],
            result: 'answered',
            correlationId: result.state.lastOperation.correlationId,
            serverIds: []
          }
        ]
      ]
    )
    assert.strictEqual(fs.statSync(file).mode & 0o777, 0o600)
  })

  it('the wire log: one line a request, for its owner alone; what is there is kept', async () => {
    const file = path.join(folder, 'trace')
    fs.writeFileSync(file, '{"method":"before"}\n', { mode: 0o600 })
    await created({ trace: file })
    assert.deepStrictEqual(
      linesOf(file).map(({ method, path: asked, status }) => [method, asked, status]),
      [
        ['before', undefined, undefined],
        ['GET', `/api/v3/customer/${customerGuid}`, 200],
        ['POST', `/api/v2/customer/${customerGuid}/sitelocation/`, 200],
        ['GET', `/api/v2/sitelocation/${written.siteGuid}`, 200]
      ]
    )
    assert.strictEqual(fs.statSync(file).mode & 0o777, 0o600)
  })

  it('a log that cannot be written is told once, and stops nothing', async () => {
    const file = path.join(folder, 'missing', 'trace')
    await created({ trace: file })
    assert.deepStrictEqual(warnings, [`The log file ${file} cannot be written (ENOENT); the run goes on without it.`])
  })

  it('a federated token is read from its file', async () => {
    const file = path.join(folder, 'assertion')
    fs.writeFileSync(file, 'eyJ.a.b\n')
    const asked = answers([['POST', ok({ access_token: 't1', expires_in: 3599 })]], 'https://login.example.net')
    await created({
      credentials: {
        _tag: 'Client',
        tokenUrl: 'https://login.example.net/t/token',
        clientId: 'c',
        scope: 's',
        proof: { _tag: 'AssertionFile', file }
      }
    })
    assert.deepStrictEqual(
      asked.map(({ body }) => body),
      [
        'grant_type=client_credentials&client_id=c&scope=s&' +
          'client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ.a.b'
      ]
    )
  })
})
