import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, initialState, step } from '../../simulator'
import { acme, added, contoso, get, kept, least, modify, most, request, session } from './support'

const information = (...messages: string[]) => messages.map((message) => ({ level: 'Information', message }))

const shownMost = {
  tenantId: 'a0a0a0a0-0001-4000-8000-000000000001',
  m365DeploymentState: null,
  sbcDeploymentState: 3,
  siteName: 'branch-07',
  onlinePstnGateway: 'branch-07.sbc5.provider.example',
  sbcInfo: {
    sbcConfigurationType: 0,
    cacProfile: '5 sessions',
    carrierHostName: 'sip.example.net',
    carrierId: 'SIPTrunk',
    carrierMainLine: null,
    carrierUserName: 'u-100',
    flagConfigureSbc: true,
    sbcId: 5,
    sbcScripts: {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: { CarrierUserPassword: 'made-up', CarierMailLine: 'main', Carrier: 'Blue', Extra: 'x' }
    }
  },
  m365Info: {
    m365Scripts: {
      flagConfigureM365Routing: false,
      onboardingScript: null,
      cleanupScript: null,
      customerVariables: null
    }
  },
  pendingTasks: []
}

describe('simulator: step', () => {
  it('adds a connection and says so', () => {
    const s = session()
    const answer = s.send('POST', `v2/customer/${acme}/sitelocation/`, most)
    assert.deepStrictEqual(answer, {
      status: 200,
      body: {
        customerGuid: acme,
        siteGuid: '8282709f-287e-4f86-86c7-5cdff06414b1',
        executionMessages: information(
          'Checking SBC IP Group Programming.',
          'SBC not programmed yet.',
          'Starting SBC Programming.',
          'Sbc is programmed',
          'Site location information saved.'
        )
      }
    })
  })

  it('gets what was added', () => {
    const s = session()
    assert.deepStrictEqual(s.send('GET', `v2/sitelocation/${added(s)}`), { status: 200, body: shownMost })
  })

  it('takes the path without its trailing slash, and guids and path in any case', () => {
    const s = session()
    const path = `V2/Customer/${acme.toUpperCase()}/siteLocation`
    assert.strictEqual(s.send('POST', path, most).status, 200)
    const { SiteLocation } = s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: { id: string }[] }
    assert.deepStrictEqual(
      SiteLocation.map(({ id }) => get(s, id.toUpperCase())),
      [shownMost]
    )
  })

  const spellings: readonly [string, object, string, unknown][] = [
    [
      'names in another case',
      {
        SITELOCATIONNAME: 'n',
        sbcid: 3,
        SbcOnboardingScript: 10007,
        SBCCLEANUPSCRIPT: 10700,
        scriptparameters: { carrierusername: 'u' }
      },
      'sbcInfo.carrierUserName',
      'u'
    ],
    [
      'CarrierMainLine',
      { ...most, scriptParameters: { CarrierMainLine: 'm' } },
      'sbcInfo.sbcScripts.customerVariables',
      { CarierMailLine: 'm' }
    ],
    [
      'CarrierMailLine',
      { ...most, scriptParameters: { CarrierMailLine: 'm' } },
      'sbcInfo.sbcScripts.customerVariables',
      { CarierMailLine: 'm' }
    ],
    [
      'CarierMailLine',
      { ...most, scriptParameters: { CarierMailLine: 'm' } },
      'sbcInfo.sbcScripts.customerVariables',
      { CarierMailLine: 'm' }
    ],
    ['CacProfile', { ...most, scriptParameters: { CacProfile: '9 sessions' } }, 'sbcInfo.cacProfile', '9 sessions'],
    ['Cac Profile', { ...most, scriptParameters: { 'Cac Profile': '9 sessions' } }, 'sbcInfo.cacProfile', '9 sessions']
  ]
  for (const [name, body, path, expected] of spellings) {
    it(`reads ${name} in Add`, () => {
      const s = session()
      const shown = get(s, added(s, body))
      assert.deepStrictEqual(
        path.split('.').reduce<unknown>((v, k) => (v as Record<string, unknown>)[k], shown),
        expected
      )
    })
  }

  it('modifies by the documented table, and keeps the rest', () => {
    const s = session()
    const guid = added(s)
    const answer = modify(s, guid, {
      sbcId: 3,
      sbcSiteName: 'Branch 8!',
      CacProfile: '10 sessions',
      enableCAC: false,
      flagConfigureSbc: true,
      flagCarrierRegistration: false,
      CarrierUserName: 'u-200',
      CarrierUserPassword: 'other',
      carrierPasswordDPI: 'dpi',
      CarrierMainLine: 'second',
      CarrierHostName: 'sip2.example.net',
      phones: '+15550100,+15550101',
      dialPlanPrefixes: [
        { dialPlanName: 'p', index: 1, active: false },
        { dialPlanName: 'q', index: 2 }
      ],
      sbcConfigurationType: 3,
      sbcScripts: { sbcOnboardingScript: 10007, sbcCleanupScript: 10700, customerVariables: { Region: 'EU' } },
      m365Scripts: { flagConfigureM365Routing: true, OnboardingScript: 13001, CleanupScript: 13002 },
      OnlinePstnGateway: 'sbc3.provider.example'
    })
    assert.deepStrictEqual(answer, {
      status: 200,
      body: {
        customerGuid: acme,
        siteGuid: guid,
        executionMessages: information(
          'Skipping SBC CheckIpGroupProgramming.',
          'Starting SBC Programming.',
          'Sbc is programmed',
          'Site location information saved.'
        )
      }
    })
    assert.deepStrictEqual(get(s, guid), {
      ...shownMost,
      siteName: 'Branch 8!',
      onlinePstnGateway: 'branch8.sbc3.provider.example',
      sbcInfo: {
        ...shownMost.sbcInfo,
        cacProfile: '10 sessions',
        carrierHostName: 'sip2.example.net',
        carrierUserName: 'u-200',
        sbcId: 3,
        sbcScripts: {
          onboardingScript: 10007,
          cleanupScript: 10700,
          customerVariables: { CarrierUserPassword: 'other', CarierMailLine: 'second', Region: 'EU' }
        }
      },
      m365Info: {
        m365Scripts: {
          flagConfigureM365Routing: true,
          onboardingScript: 13001,
          cleanupScript: 13002,
          customerVariables: null
        }
      }
    })
  })

  it('keeps the fields that Get does not show', () => {
    const s = session()
    const guid = added(s)
    modify(s, guid, {
      enableCAC: false,
      flagCarrierRegistration: false,
      carrierPasswordDPI: 'd',
      phones: '+1555',
      dialPlanPrefixes: [
        { dialPlanName: 'p', index: 1 },
        { DialPlanName: 'q', Index: 0, Active: false },
        { dialPlanName: 'r', index: 2, active: true }
      ]
    })
    const site = kept(s, guid)
    assert.deepStrictEqual(
      [
        site.enableCac,
        site.carrierRegistration,
        site.carrierPasswordDpi,
        site.phones,
        site.dialPlanPrefixes,
        site.configureSbc
      ],
      [
        false,
        false,
        'd',
        '+1555',
        [
          { dialPlanName: 'p', index: 1, active: true },
          { dialPlanName: 'q', index: 0, active: false },
          { dialPlanName: 'r', index: 2, active: true }
        ],
        true
      ]
    )
  })

  it('starts from the documented defaults of the flags', () => {
    const s = session()
    const guid = added(s, least)
    const site = kept(s, guid)
    assert.deepStrictEqual([site.enableCac, site.configureSbc, site.carrierRegistration], [true, true, true])
  })

  it('takes other names in a bag of variables for variables, even those of fields elsewhere', () => {
    const s = session()
    const guid = added(s)
    const customerVariables = { phones: 'x', CarrierUserName: 'y', sbcSiteName: 'z' }
    modify(s, guid, { sbcScripts: { customerVariables } })
    const site = kept(s, guid)
    assert.deepStrictEqual(
      [site.customerVariables, site.phones, site.carrierUserName, site.name],
      [customerVariables, null, 'u-100', 'branch-07']
    )
  })

  it('modifies by the documented sample', () => {
    const s = session()
    const guid = added(s)
    const scriptParameters = { ...most.scriptParameters, CacProfile: '10 sessions', ProxySet: 'Trunk-B', Extra: 'y' }
    assert.strictEqual(modify(s, guid, { ...most, scriptParameters }).status, 200)
    assert.deepStrictEqual(get(s, guid), {
      ...shownMost,
      sbcInfo: {
        ...shownMost.sbcInfo,
        cacProfile: '10 sessions',
        carrierId: 'Trunk-B',
        sbcScripts: {
          ...shownMost.sbcInfo.sbcScripts,
          customerVariables: { CarrierUserPassword: 'made-up', CarierMailLine: 'main', Carrier: 'Blue', Extra: 'y' }
        }
      }
    })
  })

  it('programs no SBC when told not to', () => {
    const s = session()
    const { body } = modify(s, added(s), { flagConfigureSbc: false })
    assert.deepStrictEqual(
      (body as { executionMessages: unknown }).executionMessages,
      information('Skipping SBC CheckIpGroupProgramming.', 'Site location information saved.')
    )
  })

  it('takes password and main line in a bag of variables for the fields they are', () => {
    const s = session()
    const guid = added(s)
    modify(s, guid, {
      sbcScripts: { customerVariables: { CarrierUserPassword: 'p2', CarierMailLine: 'm2', Own: 'o' } }
    })
    const variables = { CarrierUserPassword: 'p2', CarierMailLine: 'm2', Own: 'o' }
    assert.deepStrictEqual(
      (get(s, guid)['sbcInfo'] as typeof shownMost.sbcInfo).sbcScripts.customerVariables,
      variables
    )
    modify(s, guid, { CarrierUserPassword: 'p3', sbcScripts: { customerVariables: variables } })
    assert.deepStrictEqual((get(s, guid)['sbcInfo'] as typeof shownMost.sbcInfo).sbcScripts.customerVariables, {
      ...variables,
      CarrierUserPassword: 'p3'
    })
  })

  it('deletes, shows the finished task, and knows the connection no more', () => {
    const s = session()
    s.now = 1000
    const guid = added(s)
    assert.deepStrictEqual(s.send('DELETE', `v2/sitelocation/${guid}`), {
      status: 200,
      body: { status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_1004', o365CleanupTask: 'tsk_0' }
    })
    assert.deepStrictEqual(s.send('GET', 'v2/task/tsk_1004'), {
      status: 200,
      body: {
        id: 'tsk_1004',
        status: 'CompletedSuccess',
        details: [null],
        executionMessages: [],
        outputData: {},
        createTime: '1970-01-01T00:00:01.000Z',
        completeTime: '1970-01-01T00:00:01.000Z',
        cancellationRequested: false
      }
    })
    const gone = { status: 404, body: `Site location with ${guid} not found` }
    assert.deepStrictEqual(s.send('GET', `v2/sitelocation/${guid}`), gone)
    assert.deepStrictEqual(s.send('DELETE', `v2/sitelocation/${guid}`), gone)
    assert.deepStrictEqual((s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: unknown }).SiteLocation, [])
    assert.strictEqual(added(s) === guid, false)
  })

  const contosoBrief = {
    UmpCustomerGuid: contoso,
    CustomerShortName: 'contoso',
    CustomerFullName: 'Contoso Limited',
    LicenseType: 2,
    LicensedUsersCount: 200,
    MsTenantId: 'a0a0a0a0-0001-4000-8000-000000000002',
    ActiveUserCount: 180
  }
  const headquarters = { id: HEADQUARTERS_GUID, name: 'headquarters', sbcId: 3, sbcDeploymentState: 'Deployed' }

  it('shows the details of a service, V3', () => {
    const s = session()
    assert.deepStrictEqual(s.send('GET', `v3/customer/${contoso}?allDetails=true`), {
      status: 200,
      body: {
        ...contosoBrief,
        SiteLocation: [{ ...headquarters, sbcConfigurationType: 'SipTrunk' }],
        MsDefaultDomain: 'contoso.example',
        ApplicationClientId: 'a0a0a0a0-0002-4000-8000-000000000002',
        ApplicationClientSecret: '~-x',
        ClientSecretExpirationDate: '1/31/2030 9:00:00 AM'
      }
    })
    assert.deepStrictEqual(s.send('GET', `v3/customer/${contoso}`), { status: 200, body: contosoBrief })
    assert.deepStrictEqual(s.send('GET', `v3/customer/${contoso}?AllDetails=FALSE`), {
      status: 200,
      body: contosoBrief
    })
  })

  it('reads the query in any case', () => {
    const s = session()
    assert.deepStrictEqual(
      s.send('GET', `v3/customer/${contoso}?ALLDETAILS=True`),
      s.send('GET', `v3/customer/${contoso}?allDetails=true`)
    )
  })

  it('shows the details of a service, V2', () => {
    assert.deepStrictEqual(session().send('GET', `v2/customer/${contoso}`), {
      status: 200,
      body: {
        Id: contoso,
        ShortName: 'contoso',
        FullName: 'Contoso Limited',
        LicenseType: 2,
        SiteLocation: [headquarters]
      }
    })
  })

  it('lists connections in the order in which they were made', () => {
    const s = session()
    const names = Array.from({ length: 40 }, (_, i) => `site-${i}`)
    for (const siteLocationName of names) added(s, { ...most, siteLocationName })
    const { SiteLocation } = s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: { name: string }[] }
    assert.deepStrictEqual(
      SiteLocation.map(({ name }) => name),
      names
    )
  })

  it('answers the same to the same, and leaves the state that came in as it was', () => {
    const start = initialState()
    const add = request('POST', `v2/customer/${acme}/sitelocation/`, most)
    const first = step(start, add)
    assert.deepStrictEqual(step(start, add), first)
    assert.deepStrictEqual(start, initialState())
    assert.notDeepStrictEqual(first[0], start)
  })

  it('hands out other ids under another seed', () => {
    assert.notStrictEqual(added(session({}, initialState({}, 2))), added(session({}, initialState({}, 1))))
  })
})
