// Every call with an answer like those of the vendor's pages: what is asked, and what a program gets.

import * as assert from 'node:assert'
import type { Program } from '../../../provider/Env'
import { getCallingProfiles } from '../../../provider/lookups/CallingProfiles'
import { getLeads } from '../../../provider/lookups/Leads'
import { getNumbers } from '../../../provider/lookups/Numbers'
import { getOnlinePstnGateways } from '../../../provider/lookups/OnlinePstnGateways'
import { getSbcDevices } from '../../../provider/lookups/SbcDevices'
import { getScriptTemplates } from '../../../provider/lookups/ScriptTemplates'
import { getService } from '../../../provider/lookups/Service'
import { getCustomers, getServices } from '../../../provider/lookups/Services'
import { getSipConnection } from '../../../provider/lookups/SipConnection'
import { getTask } from '../../../provider/lookups/Task'
import { testEnv } from '../../support/TestEnv'
import { complained, looked } from '../support/Lookups'
import { type Answer, answers, ok } from '../support/Scripted'

const customerGuid = '11111111-1111-1111-1111-111111111111'
const siteGuid = '22222222-2222-2222-2222-222222222222'
const msTenantId = '33333333-3333-3333-3333-333333333333'
const sitelocation = {
  id: siteGuid.toUpperCase(),
  name: 'branch-07',
  sbcId: 3,
  sbcDeploymentState: 'Deployed',
  sbcConfigurationType: 'SipTrunk'
}
const sipConnection = {
  siteGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcDeploymentState: 'Deployed',
  sbcConfigurationType: 'SipTrunk'
}
const v3 = {
  UmpCustomerGuid: customerGuid,
  CustomerShortName: 'acme',
  CustomerFullName: 'Acme',
  LicenseType: 1,
  LicensedUsersCount: 25,
  MsTenantId: msTenantId,
  ActiveUserCount: 0,
  LiveHubActiveUsersCount: null,
  LiveHubSimpleUsersCount: 0
}
const service = {
  customerGuid,
  shortName: 'acme',
  fullName: 'Acme',
  licenseType: 1,
  licensedUsersCount: 25,
  msTenantId,
  activeUserCount: 0,
  liveHubSimpleUsersCount: 0
}

/** The value, and what was asked for it. */
const asked = async <A>(
  program: Program<A>,
  ...given: ReadonlyArray<Answer>
): Promise<readonly [A, ReadonlyArray<string>]> => {
  const sent = answers(given.map((answer) => ['GET', answer]))
  const value = await looked(program)
  return [value, sent.map(({ url }) => url.replace('/tenantui', ''))]
}

const notFound: Answer = { status: 404, body: '"no such thing"' }

describe('The answer to', () => {
  it('Get Services Brief Details (V3): a null guid is none', async () => {
    const lead = {
      ...v3,
      UmpCustomerGuid: null,
      CustomerShortName: 'globex',
      MsTenantId: null,
      LicensedUsersCount: null
    }
    const { customerGuid: _, msTenantId: __, licensedUsersCount: ___, ...bare } = service
    assert.deepStrictEqual(await asked(getServices(), ok([v3, lead])), [
      [service, { ...bare, shortName: 'globex' }],
      ['/api/v3/customer']
    ])
  })

  it('the same with all details: the connections, in the names of a SipConnection', async () => {
    const given = [
      { ...v3, SiteLocation: [sitelocation] },
      { ...v3, SiteLocation: null }
    ]
    assert.deepStrictEqual(await asked(getServices({ allDetails: true }), ok(given)), [
      [
        { ...service, sipConnections: [sipConnection] },
        { ...service, sipConnections: [] }
      ],
      ['/api/v3/customer?allDetails=true']
    ])
  })

  it('Get Customers Brief Details (V2): the same names as V3', async () => {
    const given = [{ Id: customerGuid, ShortName: 'acme', FullName: 'Acme', LicenseType: 1 }]
    assert.deepStrictEqual(await asked(getCustomers(), ok(given)), [
      [{ customerGuid, shortName: 'acme', fullName: 'Acme', licenseType: 1 }],
      ['/api/v2/customer']
    ])
  })

  const details = {
    ...v3,
    MsDefaultDomain: 'acme.example',
    ApplicationClientId: '44444444-4444-4444-4444-444444444444',
    ApplicationClientSecret: '~-x',
    ClientSecretExpirationDate: '1/31/2030 9:00:00 AM'
  }
  const service3 = {
    ...service,
    msDefaultDomain: 'acme.example',
    applicationClientId: '44444444-4444-4444-4444-444444444444',
    clientSecretExpirationDate: '1/31/2030 9:00:00 AM'
  }

  it('Get Details for Specific Service: all but the client secret', async () => {
    assert.deepStrictEqual(
      await asked(getService({ customerGuid }), ok({ ...details, SiteLocation: [sitelocation] })),
      [{ ...service3, sipConnections: [sipConnection] }, [`/api/v3/customer/${customerGuid}?allDetails=true`]]
    )
  })

  it('the same without connections: V2 has them', async () => {
    const v2 = { Id: customerGuid, ShortName: 'acme', FullName: 'Acme', LicenseType: 1, SiteLocation: [sitelocation] }
    const both = [`/api/v3/customer/${customerGuid}?allDetails=true`, `/api/v2/customer/${customerGuid}`]
    assert.deepStrictEqual(await asked(getService({ customerGuid }), ok(details), ok(v2)), [
      { ...service3, sipConnections: [sipConnection] },
      both
    ])
    assert.deepStrictEqual(await asked(getService({ customerGuid }), notFound, ok(v2)), [
      { customerGuid, shortName: 'acme', fullName: 'Acme', licenseType: 1, sipConnections: [sipConnection] },
      both
    ])
    assert.deepStrictEqual(await asked(getService({ customerGuid }), ok(details), notFound), [service3, both])
  })

  it('Get SIP Connections: no password, no variable that is a secret by its name or its value, none that is a field', async () => {
    const given = {
      tenantId: msTenantId,
      m365DeploymentState: null,
      sbcDeploymentState: 3,
      siteName: 'branch-07',
      onlinePstnGateway: 'branch-07.sbc1.example.net',
      sbcInfo: {
        sbcConfigurationType: 0,
        cacProfile: '20 sessions',
        carrierHostName: 'sip.example.net',
        carrierId: 'Trunk-A',
        carrierMainLine: null,
        carrierUserName: 'u-100',
        flagConfigureSbc: true,
        sbcId: 3,
        sbcScripts: {
          onboardingScript: 12001,
          cleanupScript: 12002,
          customerVariables: {
            CarrierUserPassword: 's3cret',
            CarierMailLine: 'main',
            RegistrarToken: 'other',
            Hint: 'as s3cret as can be',
            Masked: '****',
            None: null,
            'CustomVar.Variable1': 'x'
          }
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
      pendingTasks: [{ taskId: 'tsk_1' }]
    }
    assert.deepStrictEqual(await asked(getSipConnection({ siteGuid }), ok(given)), [
      {
        siteGuid,
        siteName: 'branch-07',
        sbcId: 3,
        configureSbc: true,
        cacProfile: '20 sessions',
        carrierUserName: 'u-100',
        carrierMainLine: 'main',
        carrierHostName: 'sip.example.net',
        carrierId: 'Trunk-A',
        sbcScripts: {
          onboardingScript: 12001,
          cleanupScript: 12002,
          customerVariables: { 'CustomVar.Variable1': 'x' }
        },
        m365Scripts: { configureM365Routing: false },
        onlinePstnGateway: 'branch-07.sbc1.example.net',
        tenantId: msTenantId,
        sbcDeploymentState: '3',
        pendingTasks: ['tsk_1']
      },
      [`/api/v2/sitelocation/${siteGuid}`]
    ])
  })

  it('Get Script Templates: kinds by the numbers that were seen', async () => {
    const script = (id: number, scriptType: unknown, more = {}) => ({
      ...{ id, name: `script-${id}`, scriptType, description: null, script: null, customerVariables: null },
      ...{ relatedScripts: null, ...more }
    })
    const given = [
      script(1, 0),
      script(2, 1, { relatedScripts: [{ key: 3, value: 'script-3' }], customerVariables: ['Region', 'Carrier'] }),
      script(3, 2, { customerVariables: { Region: 'EMEA' }, description: 'cleans up' }),
      script(4, '3'),
      script(5, 4),
      script(6, 7),
      script(7, null)
    ]
    const expected = (id: number, kind: string, scriptType: string | undefined, more = {}) => ({
      id,
      name: `script-${id}`,
      kind,
      ...(scriptType === undefined ? {} : { scriptType }),
      relatedScripts: [],
      ...more
    })
    assert.deepStrictEqual(await asked(getScriptTemplates({ scriptType: 'SBC' }), ok(given)), [
      [
        expected(1, 'Numbers', '0'),
        expected(2, 'SbcOnboarding', '1', {
          customerVariables: ['Region', 'Carrier'],
          relatedScripts: [{ id: 3, name: 'script-3' }]
        }),
        expected(3, 'SbcCleanup', '2', { description: 'cleans up', customerVariables: ['Region'] }),
        expected(4, 'M365Onboarding', '3'),
        expected(5, 'M365Cleanup', '4'),
        expected(6, 'Other', '7'),
        expected(7, 'Other', undefined)
      ],
      ['/api/v2/scripttemplates?scriptType=SBC&allDetails=true&PageNumber=0&PageSize=100']
    ])
  })

  it('Get Online PSTN Gateway', async () => {
    const given = [
      { fqdn: 'branch-07.sbc1.example.net', trunkModel: 'DerivedTrunk' },
      { Fqdn: 'acme.example.org', TrunkModel: 'AzureAdDomainOnly' }
    ]
    assert.deepStrictEqual(await asked(getOnlinePstnGateways({ customerGuid }), ok(given)), [
      [
        { fqdn: 'branch-07.sbc1.example.net', trunkModel: 'DerivedTrunk' },
        { fqdn: 'acme.example.org', trunkModel: 'AzureAdDomainOnly' }
      ],
      [`/api/v3/customer/${customerGuid}/onlinepstngateway?PageNumber=0&PageSize=100`]
    ])
  })

  const sbc = { sbcId: 3, fqdn: 'sbc3.example.net', ipAddress: '192.0.2.3', name: 'sbc-frankfurt' }
  const profile = {
    additionalSbcList: [5, { sbcId: 8, name: null }, 3],
    callingProfileId: '55555555-5555-5555-5555-555555555555',
    name: 'oc-emea',
    enviroment: 'prod',
    region: null,
    carrier: null,
    offerTypes: [{ offerTypeName: 'Calling', testNumbers: [] }],
    emergencyDialStrings: ['112'],
    isEmergencyProfile: false,
    emergencyProfileId: null,
    trunksEnrolled: [{ trunkFqdn: 'trunk.example.net', trunkId: 7, matchingSbcList: [sbc] }],
    validation: {}
  }

  it('Get Calling Profiles: the misspelt environment, and further SBCs in either form', async () => {
    assert.deepStrictEqual(await asked(getCallingProfiles(), ok([profile])), [
      [
        {
          callingProfileId: '55555555-5555-5555-5555-555555555555',
          name: 'oc-emea',
          environment: 'prod',
          offerTypes: ['Calling'],
          isEmergencyProfile: false,
          trunks: [{ trunkFqdn: 'trunk.example.net', trunkId: '7', sbcs: [sbc] }],
          additionalSbcs: [{ sbcId: 5 }, { sbcId: 8 }, { sbcId: 3 }]
        }
      ],
      ['/api/v2/oc/callingprofile']
    ])
  })

  it('Get SBC Devices, which is put together: by id, each once, with the most that is known', async () => {
    const services = [
      { ...v3, SiteLocation: [sitelocation, { ...sitelocation, id: 'x', sbcId: 2 }, { id: 'y', name: 'none' }] }
    ]
    assert.deepStrictEqual(await asked(getSbcDevices(), ok([profile]), ok(services)), [
      [
        { sbcId: 2, source: 'service' },
        { ...sbc, source: 'callingProfile' },
        { sbcId: 5, source: 'callingProfile' },
        { sbcId: 8, source: 'callingProfile' }
      ],
      ['/api/v2/oc/callingprofile', '/api/v3/customer?allDetails=true']
    ])
    // Without Operator Connect there are no calling profiles.
    assert.deepStrictEqual(
      (await asked(getSbcDevices(), notFound, ok(services)))[0].map(({ sbcId }) => sbcId),
      [2, 3]
    )
  })

  it('the same with a path: in the spellings that the rest of the API has for such things', async () => {
    const shapes: ReadonlyArray<unknown> = [
      [{ id: 3, name: 'sbc-frankfurt', fqdn: 'sbc3.example.net', cacProfiles: ['5 sessions'], proxySets: ['Trunk-A'] }],
      [
        {
          SbcId: 3,
          SbcName: 'sbc-frankfurt',
          HostName: 'sbc3.example.net',
          CacProfiles: [{ Name: '5 sessions' }],
          ProxySets: [{ name: 'Trunk-A' }]
        }
      ],
      {
        currentPage: 1,
        totalPages: 1,
        data: [
          {
            id: 3,
            name: 'sbc-frankfurt',
            fqdn: 'sbc3.example.net',
            cacProfiles: ['5 sessions'],
            proxySets: ['Trunk-A']
          }
        ]
      }
    ]
    for (const shape of shapes) {
      const sent = answers([['GET', ok(shape)]])
      assert.deepStrictEqual(await looked(getSbcDevices(), testEnv({ sbcDevicesPath: 'api/v2/sbcdevices' })), [
        {
          sbcId: 3,
          name: 'sbc-frankfurt',
          fqdn: 'sbc3.example.net',
          cacProfiles: ['5 sessions'],
          proxySets: ['Trunk-A'],
          source: 'device'
        }
      ])
      assert.deepStrictEqual(
        sent.map(({ url }) => url),
        ['/tenantui/api/v2/sbcdevices']
      )
    }
  })

  it('Get All OC Leads', async () => {
    const given = {
      ...{ id: 'l-1', tenantId: msTenantId, tenantOrigin: 'Office365', operatorId: 'o-1', status: 'Active' },
      ...{ umpCustomerGuid: null, isNotActive: null, isDirectLead: true, channelId: 15, ovocChannelId: null },
      ...{ consentedOn: '2024-04-03T13:32:12Z', lastModifiedOn: null, consentedCountries: ['FR'], comments: null },
      contactDetails: { fullName: 'A B', email: null, phoneNumber: '1', companyName: 'Globex', companySize: 5 },
      ...{ contacts: null, civicAddresses: [] }
    }
    assert.deepStrictEqual(await asked(getLeads({ msTenantId, checkOnline: false }), ok([given])), [
      [
        {
          leadId: 'l-1',
          msTenantId,
          status: 'Active',
          isDirectLead: true,
          channelId: '15',
          consentedOn: '2024-04-03T13:32:12Z',
          consentedCountries: ['FR'],
          contact: { fullName: 'A B', phoneNumber: '1', companyName: 'Globex', companySize: '5' }
        }
      ],
      [`/api/v2/oc/lead?msTenantId=${msTenantId}&checkOnline=false&PageSize=1000`]
    ])
  })

  it('Get Operator Connect Customer Numbers: V3, and V2 where it is missing and nothing is to be filtered', async () => {
    const row = {
      telephoneNumber: '+493023125001',
      acquiredNumberStatus: 'Active',
      umpCustomerGuid: customerGuid,
      ocSipConnectionName: 'branch-07',
      tenantCallingProfileId: 'emea-1',
      callingProfileId: 'p-1',
      sbcList: [{ sbcName: 'sbc-frankfurt', sbcId: 3 }]
    }
    const number = {
      telephoneNumber: '+493023125001',
      acquiredNumberStatus: 'Active',
      callingProfileId: 'p-1',
      sbcs: [{ sbcId: 3, name: 'sbc-frankfurt' }]
    }
    const v3Path = `/api/v3/oc/numbers?msTenantId=${msTenantId}`
    assert.deepStrictEqual(
      await asked(
        getNumbers({ msTenantId, acquiredNumberStatus: 'Release Requested' }),
        ok({ currentPage: 1, pageSize: 200, totalPages: 1, totalRecords: 1, data: [row] })
      ),
      [
        [{ ...number, customerGuid, sipConnectionName: 'branch-07', tenantCallingProfileId: 'emea-1' }],
        [`${v3Path}&acquiredNumberStatus=Release+Requested&PageNumber=1&PageSize=200`]
      ]
    )
    const { umpCustomerGuid: _, ocSipConnectionName: __, tenantCallingProfileId: ___, ...v2 } = row
    assert.deepStrictEqual(await asked(getNumbers({ msTenantId }), notFound, ok([v2])), [
      [number],
      [`${v3Path}&PageNumber=1&PageSize=200`, `/api/v2/oc/numbers?msTenantId=${msTenantId}`]
    ])
    answers([['GET', notFound]])
    assert.strictEqual(
      await complained(getNumbers({ msTenantId, acquiredNumberStatus: 'Active' })),
      `Refused: the platform knows no numbers of tenant ${msTenantId} (404: no such thing), or https://live.example.net/tenantui is not its base URL`
    )
  })

  it('Get Task: no time in the year 1, no text of a null, no secret', async () => {
    const given = {
      id: 'tsk_5001',
      status: 'CompletedSuccess',
      details: [null, 'Converted'],
      executionMessages: [{ Level: 'information', Message: 'with test-access-token' }],
      outputData: { umpCustomerGuid: customerGuid, clientSecret: 'x', NumbersUploaded: 4 },
      createTime: '0001-01-01T00:00:00',
      completeTime: '2024-04-04T12:24:01Z',
      cancellationRequested: false
    }
    assert.deepStrictEqual(await asked(getTask({ taskId: 'tsk 5001/1' }), ok(given)), [
      {
        taskId: 'tsk 5001/1',
        state: 'done',
        status: 'CompletedSuccess',
        details: ['Converted'],
        executionMessages: [{ level: 'Information', message: 'with [secret]' }],
        outputData: { umpCustomerGuid: customerGuid, clientSecret: '[secret]', NumbersUploaded: 4 },
        completeTime: '2024-04-04T12:24:01Z',
        cancellationRequested: false
      },
      ['/api/v2/task/tsk%205001%2F1']
    ])
  })
})

describe('An answer that is not as documented', () => {
  const wrong: ReadonlyArray<readonly [string, Program<unknown>, unknown, string]> = [
    ['an object for a list', getServices(), { UmpCustomerGuid: 'x' }, 'Contract: expected a list'],
    [
      'a field of another type',
      getServices(),
      [v3, { ...v3, LicenseType: 'one' }],
      'Contract: [1].licenseType: expected integer'
    ],
    [
      'a service under names that nobody knows',
      getServices(),
      [{ Guid: 'x' }],
      'Contract: [0]: expected a guid or a short name'
    ],
    [
      'a field of another type in an envelope',
      getNumbers({ msTenantId }),
      { data: [{ telephoneNumber: null }] },
      'Contract: data[0].telephoneNumber: expected string or number'
    ],
    [
      'a connection without an id',
      getService({ customerGuid }),
      { SiteLocation: [{ name: 'a' }] },
      'Contract: sipConnections[0].siteGuid: expected uuid'
    ],
    ['a script without a name', getScriptTemplates(), [{ id: 1 }], 'Contract: [0].name: expected string'],
    [
      'an SBC without an id',
      getCallingProfiles(),
      [{ callingProfileId: 'x', trunksEnrolled: [{ matchingSbcList: [{}] }] }],
      'Contract: [0].trunks[0].sbcs[0].sbcId: expected integer'
    ],
    ['a task without a status', getTask({ taskId: 'tsk_1' }), {}, 'Contract: status: expected string or number'],
    ['a lead that is a text', getLeads(), ['lead'], 'Contract: [0]: expected an object (Lead)']
  ]
  for (const [what, program, answer, expected] of wrong) {
    it(`is an error with path and type, and no value: ${what}`, async () => {
      answers([['GET', ok(answer)]])
      assert.strictEqual(await complained(program), expected)
    })
  }

  it('is an error where nothing is found: it may be the address', async () => {
    const cases: ReadonlyArray<readonly [Program<unknown>, number, string]> = [
      [getService({ customerGuid }), 2, `customer ${customerGuid}`],
      [getSipConnection({ siteGuid }), 1, `SIP connection ${siteGuid}`],
      [getOnlinePstnGateways({ customerGuid }), 1, `customer ${customerGuid}`],
      [getTask({ taskId: 'tsk_1' }), 1, 'task tsk_1 (any more)'],
      [getLeads({ msTenantId }), 1, `lead with tenant ${msTenantId}`]
    ]
    for (const [program, times, what] of cases) {
      answers(Array.from({ length: times }, () => ['GET', notFound] as const))
      assert.strictEqual(
        await complained(program),
        `Refused: the platform knows no ${what} (404: no such thing), or https://live.example.net/tenantui is not its base URL`
      )
    }
    answers([['GET', notFound]])
    assert.strictEqual(await complained(getServices()), 'NotFound: no such thing')
  })
})
