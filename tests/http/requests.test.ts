import * as assert from 'node:assert'
import { operation } from '../../provider/Operations'
import type { Settings, SiteIdPlacement } from '../../provider/Settings'
import type { Modification } from '../../provider/sip-connection/Body'
import { getTask } from '../../provider/Tasks'
import * as Requests from '../../provider/sip-connection/Requests'
import { nthId, testEnv, valueOf } from '../support/TestEnv'
import { addPath, customerGuid, least, modifyPath, most, siteGuid, sitePath, written } from './support/Connections'
import { type Answer, answers, headers, ok } from './support/Scripted'

/** What the platform holds besides: an echo of old carrier fields, and variables of its own. */
const live = { CarrierUserPassword: 'old', CarierMailLine: 'old', Region: 'APAC', Site: 'HH', Pin: '********' }

const everything: Modification = { args: most, removed: [], previous: {}, live }

const fields = {
  sbcId: 3,
  sbcSiteName: 'branch-07',
  CacProfile: '10 sessions',
  enableCAC: true,
  flagConfigureSbc: true,
  flagCarrierRegistration: true,
  CarrierUserName: 'u-100',
  CarrierUserPassword: 'p@ss "wörd"',
  carrierPasswordDPI: 'dpi-1',
  CarrierMainLine: 'main',
  CarrierHostName: 'sip.example.net',
  phones: '+49301234,49301235',
  dialPlanPrefixes: [
    { dialPlanName: 'CustDialPlan', index: 0, active: true },
    { dialPlanName: 'CustDialPlan', index: 1, active: false }
  ],
  sbcConfigurationType: 3,
  sbcScripts: {
    sbcOnboardingScript: 12001,
    sbcCleanupScript: 12002,
    customerVariables: {
      CarrierUserPassword: 'p@ss "wörd"',
      CarierMailLine: 'main',
      Region: 'EMEA',
      Site: 'HH',
      apiToken: 't-1'
    }
  },
  m365Scripts: { flagConfigureM365Routing: true, OnboardingScript: 13001, CleanupScript: 13002 },
  OnlinePstnGateway: 'sbc3.example.net'
}

const scriptParameters = {
  siteLocationName: 'branch-07',
  ovocCustomerType: 'IPGROUP_TYPE',
  sbcId: 3,
  sbcOnboardingScript: 12001,
  sbcCleanupScript: 12002,
  SbcConfigurationType: 3,
  scriptParameters: {
    OnlinePstnGateway: 'sbc3.example.net',
    ProxySet: 'Trunk-A',
    CacProfile: '10 sessions',
    CarrierUserName: 'u-100',
    CarrierUserPassword: 'p@ss "wörd"',
    CarrierMainLine: 'main',
    CarrierHostName: 'sip.example.net'
  }
}

const parameters = (variables: object) => ({
  ...scriptParameters,
  scriptParameters: { ...scriptParameters.scriptParameters, ...variables }
})

describe('requests: Add', () => {
  const add = async (args: typeof most | typeof least, answer: Answer = ok(written)) => {
    const sent = answers([['POST', answer]])
    const world = testEnv()
    const value = await valueOf(operation('create', ['p@ss "wörd"'])(Requests.postSite(args)), world.env)
    return { sent, value, audit: world.audit }
  }

  it('a connection with every input', async () => {
    const { sent, value } = await add(most)
    assert.deepStrictEqual(
      { sent, value },
      {
        sent: [
          {
            method: 'POST',
            url: addPath,
            headers: headers(true),
            body: parameters({ Region: 'EMEA', apiToken: 't-1' })
          }
        ],
        value: written
      }
    )
  })

  it('a connection with the least: nothing that is not declared', async () => {
    const { sent } = await add(least)
    assert.deepStrictEqual(sent, [
      {
        method: 'POST',
        url: addPath,
        headers: headers(true),
        body: {
          siteLocationName: 'branch-07',
          ovocCustomerType: 'IPGROUP_TYPE',
          sbcId: 3,
          sbcOnboardingScript: 12001,
          sbcCleanupScript: 12002,
          scriptParameters: {}
        }
      }
    ])
  })

  it('one line in the audit log, with the names of the inputs and no value', async () => {
    const { audit } = await add(most, { status: 200, body: written, headers: { 'x-request-id': 'r-1' } })
    assert.deepStrictEqual(audit, [
      {
        method: 'POST',
        attempt: 1,
        customerGuid,
        siteName: 'branch-07',
        sbcId: 3,
        fields: Object.keys(most).filter((key) => key !== 'adopt' && key !== 'allow'),
        result: 'answered',
        correlationId: nthId(1),
        serverIds: ['r-1']
      }
    ])
  })
})

describe('requests: Modify', () => {
  const bodies = {
    fields,
    scriptParameters: parameters({ Region: 'EMEA', Site: 'HH', apiToken: 't-1' })
  } as const

  const placed = (placement: SiteIdPlacement, body: object) =>
    ({
      path: { url: modifyPath, body },
      query: { url: `${addPath}?sbcSiteGuid=${siteGuid}`, body },
      body: { url: addPath, body: { sbcSiteGuid: siteGuid, ...body } }
    })[placement]

  const modify = async (modification: Modification, settings: Partial<Settings>) => {
    const sent = answers([['PATCH', ok(written)]])
    const world = testEnv(settings)
    const value = await valueOf(
      operation('update', [])(Requests.patchSite(siteGuid, modification, ['phones', 'sbcId'])),
      world.env
    )
    return { sent, value, audit: world.audit }
  }

  for (const modifyBody of ['fields', 'scriptParameters'] as const) {
    for (const siteIdPlacement of ['path', 'query', 'body'] as const) {
      it(`every input, with modifyBody ${modifyBody} and the site id in the ${siteIdPlacement}`, async () => {
        const { sent, value } = await modify(everything, { modifyBody, siteIdPlacement })
        assert.deepStrictEqual(
          { sent, value },
          {
            sent: [{ method: 'PATCH', headers: headers(true), ...placed(siteIdPlacement, bodies[modifyBody]) }],
            value: written
          }
        )
      })
    }
  }

  it('the least, as fields', async () => {
    const { sent } = await modify({ args: least, removed: [], previous: {}, live: {} }, {})
    assert.deepStrictEqual(
      sent.map(({ body }) => body),
      [{ sbcId: 3, sbcSiteName: 'branch-07', sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002 } }]
    )
  })

  it('false and 0 are sent', async () => {
    const args = {
      ...least,
      configureSbc: false,
      enableCac: false,
      carrierRegistration: false,
      sbcConfigurationType: 'Unknown' as const,
      m365Scripts: { configureM365Routing: false }
    }
    const { sent } = await modify({ args, removed: [], previous: {}, live: {} }, {})
    assert.deepStrictEqual(
      sent.map(({ body }) => body),
      [
        {
          sbcId: 3,
          sbcSiteName: 'branch-07',
          enableCAC: false,
          flagConfigureSbc: false,
          flagCarrierRegistration: false,
          sbcConfigurationType: 0,
          sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002 },
          m365Scripts: { flagConfigureM365Routing: false }
        }
      ]
    )
  })

  const removed = [
    'configureSbc',
    'enableCac',
    'cacProfile',
    'carrierRegistration',
    'carrierUserName',
    'carrierUserPassword',
    'carrierPasswordDpi',
    'carrierMainLine',
    'carrierHostName',
    'phones',
    'dialPlanPrefixes',
    'm365Scripts',
    'onlinePstnGateway',
    'proxySet',
    'sbcConfigurationType'
  ] as const
  const cleared: Modification = { args: least, removed, previous: { Region: 'APAC' }, live }

  for (const [clearWith, empty] of [
    ['empty', ''],
    ['null', null]
  ] as const) {
    it(`what is no longer declared is sent as ${clearWith}, a flag with its documented default`, async () => {
      const { sent } = await modify(cleared, { clearWith })
      assert.deepStrictEqual(
        sent.map(({ body }) => body),
        [
          {
            sbcId: 3,
            sbcSiteName: 'branch-07',
            CacProfile: empty,
            enableCAC: true,
            flagConfigureSbc: true,
            flagCarrierRegistration: true,
            CarrierUserName: empty,
            CarrierUserPassword: empty,
            carrierPasswordDPI: empty,
            CarrierMainLine: empty,
            CarrierHostName: empty,
            phones: empty,
            dialPlanPrefixes: [],
            sbcScripts: {
              sbcOnboardingScript: 12001,
              sbcCleanupScript: 12002,
              // Variables are documented as texts.
              customerVariables: { Region: '', Site: 'HH' }
            },
            OnlinePstnGateway: empty
          }
        ]
      )
    })
    it(`the same with modifyBody scriptParameters, as ${clearWith}`, async () => {
      const { sent } = await modify(cleared, { clearWith, modifyBody: 'scriptParameters' })
      assert.deepStrictEqual(
        sent.map(({ body }) => body),
        [
          {
            siteLocationName: 'branch-07',
            ovocCustomerType: 'IPGROUP_TYPE',
            sbcId: 3,
            sbcOnboardingScript: 12001,
            sbcCleanupScript: 12002,
            scriptParameters: {
              Region: '',
              Site: 'HH',
              OnlinePstnGateway: empty,
              ProxySet: empty,
              CacProfile: empty,
              CarrierUserName: empty,
              CarrierUserPassword: empty,
              CarrierMainLine: empty,
              CarrierHostName: empty
            }
          }
        ]
      )
    })
  }

  it('one line in the audit log, with the names of the changed inputs and no value', async () => {
    const { audit } = await modify(everything, { siteIdPlacement: 'body' })
    assert.deepStrictEqual(audit, [
      {
        method: 'PATCH',
        attempt: 1,
        customerGuid,
        siteName: 'branch-07',
        siteGuid,
        sbcId: 3,
        fields: ['phones', 'sbcId'],
        result: 'answered',
        correlationId: nthId(1),
        serverIds: []
      }
    ])
  })
})

describe('requests: Get, Delete and Get Task', () => {
  it('Get has no body and no content type', async () => {
    const site = { siteName: 'branch-07', SbcInfo: { SbcId: 3, sbcConfigurationType: 'SipTrunk', carierMailLine: 'm' } }
    const sent = answers([['GET', ok(site)]])
    const { env, audit } = testEnv()
    const value = await valueOf(operation('read', [])(Requests.getSite(siteGuid)), env)
    assert.deepStrictEqual(
      { sent, name: value.siteName, sbc: value.sbcInfo?.sbcId, line: value.sbcInfo?.carrierMainLine, audit },
      {
        sent: [{ method: 'GET', url: sitePath, headers: headers(false) }],
        name: 'branch-07',
        sbc: 3,
        line: 'm',
        audit: []
      }
    )
  })

  it('Delete', async () => {
    const sent = answers([
      ['DELETE', ok({ status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_1', o365CleanupTask: 0 })]
    ])
    const { env, audit } = testEnv()
    const value = await valueOf(operation('delete', [])(Requests.deleteSite(siteGuid, most)), env)
    assert.deepStrictEqual(
      { sent, value, audit },
      {
        sent: [{ method: 'DELETE', url: sitePath, headers: headers(false) }],
        value: {
          status: true,
          msg: 'queued',
          sbcCleanupTaskId: 'tsk_1',
          o365CleanupTask: '0',
          executionMessages: undefined
        },
        audit: [
          {
            method: 'DELETE',
            attempt: 1,
            customerGuid,
            siteName: 'branch-07',
            siteGuid,
            sbcId: 3,
            fields: [],
            result: 'answered',
            correlationId: nthId(1),
            serverIds: []
          }
        ]
      }
    )
  })

  it('a write that is refused has a line in the audit log too, with the status and the ids of the platform', async () => {
    answers([['DELETE', { status: 403, body: { traceId: 't-1', detail: 'no role' } }]])
    const { env, audit } = testEnv()
    await operation('delete', [])(Requests.deleteSite(siteGuid, least))(env)()
    assert.deepStrictEqual(audit, [
      {
        method: 'DELETE',
        attempt: 1,
        customerGuid,
        siteName: 'branch-07',
        siteGuid,
        sbcId: 3,
        fields: [],
        result: 'rejected 403',
        correlationId: nthId(1),
        serverIds: ['t-1']
      }
    ])
  })

  it('Get Task, whose id is escaped', async () => {
    const sent = answers([['GET', ok({ id: 'tsk/1', status: 'CompletedSuccess', details: [null] })]])
    const value = await valueOf(operation('read', [])(getTask('tsk/1 a')), testEnv().env)
    assert.deepStrictEqual(
      { sent, value },
      {
        sent: [{ method: 'GET', url: '/tenantui/api/v2/task/tsk%2F1%20a', headers: headers(false) }],
        value: { status: 'CompletedSuccess', details: [null], executionMessages: undefined, outputData: undefined }
      }
    )
  })
})
