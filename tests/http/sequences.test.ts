import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import * as SipConnection from '../../provider/sip-connection/SipConnection'
import type { SipConnectionState } from '../../provider/sip-connection/State'
import { baseUrl, errorOf, nthId, testEnv, valueOf } from '../support/TestEnv'
import { sample } from '../unit/sip-connection/answers'
import {
  addPath,
  customerGuid,
  details,
  detailsPath,
  least,
  leastSite,
  modifyPath,
  olderDetailsPath,
  siteGuid,
  sitePath,
  written
} from './support/Connections'
import { type Sent, answers, ok } from './support/Scripted'

const calls = (sent: ReadonlyArray<Sent>): ReadonlyArray<string> => sent.map(({ method, url }) => `${method} ${url}`)

const taskPath = '/tenantui/api/v2/task/tsk_1'

/** The state after the creation of `least`. */
const state: SipConnectionState = {
  ...least,
  siteGuid,
  tenantId: leastSite.tenantId,
  sbcDeploymentState: '3',
  executionMessages: [{ level: 'Information', message: 'Sbc is programmed' }],
  sbcProgrammed: true,
  pendingTasks: [],
  lastOperation: {
    kind: 'create',
    outcome: 'ok',
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 0,
    correlationId: nthId(1),
    serverIds: [],
    taskIds: []
  },
  platform: baseUrl,
  managedKeys: ['customerGuid', 'siteName', 'sbcId', 'sbcScripts'],
  schemaVersion: 1
}

describe('sequences: create', () => {
  it('what Add carries: service details, POST, GET', async () => {
    const sent = answers([
      ['GET', ok(details())],
      ['POST', ok(written)],
      ['GET', ok(leastSite)]
    ])
    const { env, warnings } = testEnv()
    const result = await valueOf(SipConnection.create(least), env)
    assert.deepStrictEqual(
      { calls: calls(sent), result, warnings },
      {
        calls: [`GET ${detailsPath}`, `POST ${addPath}`, `GET ${sitePath}`],
        result: { id: siteGuid, state, fault: O.none },
        warnings: []
      }
    )
  })

  it('what Add does not carry: one PATCH more, and a GET that proves it', async () => {
    const sent = answers([
      ['GET', ok(details())],
      ['POST', ok(written)],
      ['GET', ok(leastSite)],
      ['PATCH', ok(written)],
      ['GET', ok(leastSite)]
    ])
    await valueOf(SipConnection.create({ ...least, phones: ['+49301234'] }), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), patch: sent[3]?.body },
      {
        calls: [`GET ${detailsPath}`, `POST ${addPath}`, `GET ${sitePath}`, `PATCH ${modifyPath}`, `GET ${sitePath}`],
        patch: {
          sbcId: 3,
          sbcSiteName: 'branch-07',
          phones: '+49301234',
          sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }
        }
      }
    )
  })

  it('a list that V3 leaves null is read from V2', async () => {
    const { env } = testEnv()
    const sent = answers([
      ['GET', ok({ ...details(), SiteLocation: null })],
      ['GET', ok(details())],
      ['POST', ok(written)],
      ['GET', ok(leastSite)]
    ])
    await valueOf(SipConnection.create(least), env)
    assert.deepStrictEqual(calls(sent).slice(0, 3), [
      `GET ${detailsPath}`,
      `GET /tenantui/api/v2/customer/${customerGuid}`,
      `POST ${addPath}`
    ])
  })

  it('ten at one customer, side by side: one read of the service details', async () => {
    const named = (n: number) => ({ ...least, siteName: `branch-${n}`, sbcId: n + 1 })
    const guid = (n: number) => `22222222-2222-4222-8222-22222222222${n}`
    const ten = Array.from({ length: 10 }, (_, n) => n)
    const sent = answers([
      ['GET', ok(details())],
      ...ten.map((n) => ['POST', ok({ ...written, siteGuid: guid(n) })] as const)
    ])
    answers(
      ten.map((n) => [
        `GET /tenantui/api/v2/sitelocation/${guid(n)}`,
        ok({ ...leastSite, siteName: `branch-${n}`, sbcInfo: { ...leastSite.sbcInfo, sbcId: n + 1 } })
      ]),
      undefined,
      sent
    )
    const world = testEnv()
    const results = await Promise.all(ten.map((n) => valueOf(SipConnection.create(named(n)), world.env)))
    assert.deepStrictEqual(
      {
        faults: results.map(({ fault }) => fault._tag),
        details: calls(sent).filter((call) => call === `GET ${detailsPath}`).length,
        posts: calls(sent).filter((call) => call === `POST ${addPath}`).length,
        all: sent.length
      },
      { faults: ten.map(() => 'None'), details: 1, posts: 10, all: 21 }
    )
  })

  it('V3 details without a list of connections: those of V2', async () => {
    const sent = answers([
      ['GET', ok({ UmpCustomerGuid: customerGuid })],
      ['GET', ok({ Id: customerGuid, SiteLocation: [] })],
      ['POST', ok(written)],
      ['GET', ok(leastSite)]
    ])
    await valueOf(SipConnection.create(least), testEnv().env)
    assert.deepStrictEqual(calls(sent), [
      `GET ${detailsPath}`,
      `GET ${olderDetailsPath}`,
      `POST ${addPath}`,
      `GET ${sitePath}`
    ])
  })

  it('no V3 details: those of V2, and a name in them is found', async () => {
    const sent = answers([
      ['GET', { status: 404 }],
      ['GET', ok({ Id: customerGuid, SiteLocation: [{ id: siteGuid, name: 'branch-07', sbcId: 3 }] })]
    ])
    const error = await errorOf(SipConnection.create(least), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), tag: error._tag },
      { calls: [`GET ${detailsPath}`, `GET ${olderDetailsPath}`], tag: 'Refused' }
    )
  })

  it('neither V3 nor V2 details: an error that names customer and address, and no POST', async () => {
    const sent = answers([
      ['GET', { status: 404 }],
      ['GET', { status: 404, body: `"Customer with ${customerGuid} not found"` }]
    ])
    const error = await errorOf(SipConnection.create(least), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), error },
      {
        calls: [`GET ${detailsPath}`, `GET ${olderDetailsPath}`],
        error: {
          _tag: 'Refused',
          text: `The platform knows no customer ${customerGuid} (404: Customer with ${customerGuid} not found), or ${baseUrl} is not its base URL`,
          next: 'check customerGuid and audiocodes-live:baseUrl (it usually ends in /tenantui); if the customer itself was deleted, its connections went with it: drop them with "pulumi state delete <urn>"',
          correlationId: nthId(1)
        }
      }
    )
  })

  it('service details that list nothing in either version: an error, and no POST', async () => {
    const sent = answers([
      ['GET', ok({})],
      ['GET', ok({})]
    ])
    const error = await errorOf(SipConnection.create(least), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), error },
      {
        calls: [`GET ${detailsPath}`, `GET ${olderDetailsPath}`],
        error: {
          _tag: 'Refused',
          text: `The service details of customer ${customerGuid} list no connections (field SiteLocation)`,
          correlationId: nthId(1)
        }
      }
    )
  })
})

describe('sequences: update, read, delete', () => {
  it('update: GET, PATCH, GET', async () => {
    const sent = answers([
      ['GET', ok(leastSite)],
      ['PATCH', ok(written)],
      ['GET', ok({ ...leastSite, sbcInfo: { ...leastSite.sbcInfo, cacProfile: '5 sessions' } })]
    ])
    const { env, warnings } = testEnv()
    const args = { ...least, cacProfile: '5 sessions' }
    const result = await valueOf(SipConnection.update(siteGuid, state, args), env)
    assert.deepStrictEqual(
      { calls: calls(sent), result, warnings },
      {
        calls: [`GET ${sitePath}`, `PATCH ${modifyPath}`, `GET ${sitePath}`],
        result: {
          id: siteGuid,
          state: {
            ...state,
            cacProfile: '5 sessions',
            lastOperation: { ...state.lastOperation, kind: 'update' },
            managedKeys: ['customerGuid', 'siteName', 'sbcId', 'cacProfile', 'sbcScripts']
          },
          fault: O.none
        },
        warnings: []
      }
    )
  })

  it('update of options alone: nothing', async () => {
    const sent = answers([])
    const result = await valueOf(SipConnection.update(siteGuid, state, { ...least, allow: ['rename'] }), testEnv().env)
    assert.deepStrictEqual(
      { sent, result },
      { sent: [], result: { id: siteGuid, state: { ...state, allow: ['rename'] }, fault: O.none } }
    )
  })

  it('read: GET', async () => {
    const sent = answers([['GET', ok(leastSite)]])
    const result = await valueOf(SipConnection.read(siteGuid, state), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), result },
      { calls: [`GET ${sitePath}`], result: O.some({ state, inputs: least }) }
    )
  })

  it('read at 404: GET, service details', async () => {
    const sent = answers([
      ['GET', { status: 404 }],
      ['GET', ok(details())]
    ])
    const result = await valueOf(SipConnection.read(siteGuid, state), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), result },
      { calls: [`GET ${sitePath}`, `GET ${detailsPath}`], result: O.none }
    )
  })

  it('delete: DELETE, polls of its task', async () => {
    const sent = answers([
      ['DELETE', ok({ status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_1', o365CleanupTask: 'tsk_0' })],
      ['GET', ok({ id: 'tsk_1', status: 'InProgress' })],
      ['GET', ok({ id: 'tsk_1', status: 'In Progress' })],
      ['GET', ok({ id: 'tsk_1', status: 'CompletedSuccess' })]
    ])
    const { env, sleeps } = testEnv()
    await valueOf(SipConnection.remove(siteGuid, state), env)
    assert.deepStrictEqual(
      { calls: calls(sent), sleeps },
      {
        calls: [`DELETE ${sitePath}`, `GET ${taskPath}`, `GET ${taskPath}`, `GET ${taskPath}`],
        sleeps: [5000, 7500]
      }
    )
  })

  for (const [name, task] of [
    ['null', null],
    ['an empty text', ''],
    ['tsk_0', 'tsk_0'],
    ['0', 0]
  ] as const) {
    it(`delete without a task (${name}): GET until 404, and the service details lack it`, async () => {
      const sent = answers([
        ['DELETE', ok({ status: true, sbcCleanupTaskId: task, o365CleanupTask: task })],
        ['GET', ok(leastSite)],
        ['GET', { status: 404 }],
        ['GET', ok(details())]
      ])
      await valueOf(SipConnection.remove(siteGuid, state), testEnv().env)
      assert.deepStrictEqual(calls(sent), [
        `DELETE ${sitePath}`,
        `GET ${sitePath}`,
        `GET ${sitePath}`,
        `GET ${detailsPath}`
      ])
    })
  }

  it('delete with two tasks: both are polled', async () => {
    const sent = answers([
      ['DELETE', ok({ status: true, sbcCleanupTaskId: 'tsk_1', o365CleanupTask: 'wup_2' })],
      ['GET', ok({ status: 'CompletedSuccess' })],
      ['GET', ok({ status: 'CompletedSuccess' })]
    ])
    await valueOf(SipConnection.remove(siteGuid, state), testEnv().env)
    assert.deepStrictEqual(calls(sent), [`DELETE ${sitePath}`, `GET ${taskPath}`, 'GET /tenantui/api/v2/task/wup_2'])
  })

  it('delete that was not queued: an error with the words of the platform', async () => {
    const sent = answers([['DELETE', ok({ status: false, msg: 'site has numbers', sbcCleanupTaskId: 'tsk_1' })]])
    const error = await errorOf(SipConnection.remove(siteGuid, state), testEnv().env)
    assert.deepStrictEqual(
      { calls: calls(sent), error },
      {
        calls: [`DELETE ${sitePath}`],
        error: {
          _tag: 'Failed',
          words: ['The platform did not queue the deletion: site has numbers'],
          correlationId: nthId(1),
          mayHaveChanged: true
        }
      }
    )
  })
})

describe('sequences: a refresh against the own sample answer of the vendor shows no drift', () => {
  it('type 0, a gateway with a label, no main line but in the bag, no M365 routing', async () => {
    const declared = {
      ...least,
      sbcConfigurationType: 'SipTrunk' as const,
      enableCac: true,
      cacProfile: '20 sessions',
      carrierRegistration: true,
      carrierUserName: 'u-100',
      carrierUserPassword: 'made-up-password',
      carrierMainLine: 'main',
      carrierHostName: 'sip.example.net',
      phones: ['+49301234'],
      m365Scripts: { configureM365Routing: true },
      onlinePstnGateway: 'sbc1.example.net',
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } }
    }
    answers([['GET', ok(sample)]])
    const had = {
      ...state,
      ...declared,
      managedKeys: Object.keys(declared) as SipConnectionState['managedKeys'],
      tenantId: sample.tenantId
    }
    const { env, warnings } = testEnv()
    const found = await valueOf(SipConnection.read(siteGuid, had), env)
    assert.deepStrictEqual({ found, warnings }, { found: O.some({ state: had, inputs: declared }), warnings: [] })
  })
})
