import * as assert from 'node:assert'
import { customerGuids, HEADQUARTERS_GUID, type SiteEdit, type Switches } from '../../simulator'
import type { Json, JsonObject } from '../support/Json'
import { failureOf } from '../support/ProtocolServer'
import { acme, acmeTenant, least, managedOfLeast, most, secrets } from './support/Connections'
import { calls, create, type Created, printedAgain, type Rig, startRig, steadyLines, withRig } from './support/Rig'

interface Drift {
  readonly what: string
  readonly edit: SiteEdit
  readonly key: keyof typeof most
  readonly value: Json
  readonly switches?: Partial<Switches>
}

const scripts = most.sbcScripts
const m365 = most.m365Scripts

/** What people change in the portal, and what a refresh must make of it: this value under this key, and nothing else. */
const drifts: readonly Drift[] = [
  { what: 'name', edit: { name: 'renamed' }, key: 'siteName', value: 'renamed' },
  { what: 'SBC', edit: { sbcId: 5 }, key: 'sbcId', value: 5 },
  {
    what: 'configuration type, as a number',
    edit: { configurationType: 1 },
    key: 'sbcConfigurationType',
    value: 'SipTrunk',
    switches: { readConfigurationType: 'number' }
  },
  {
    what: 'configuration type, as a word',
    edit: { configurationType: 2 },
    key: 'sbcConfigurationType',
    value: 'IpPbx',
    switches: { readConfigurationType: 'string' }
  },
  { what: 'flag of the SBC', edit: { configureSbc: false }, key: 'configureSbc', value: false },
  { what: 'CAC profile', edit: { cacProfile: '5 sessions' }, key: 'cacProfile', value: '5 sessions' },
  { what: 'user name', edit: { carrierUserName: 'u-101' }, key: 'carrierUserName', value: 'u-101' },
  {
    what: 'password',
    edit: { carrierUserPassword: 'c4nary-drift' },
    key: 'carrierUserPassword',
    value: 'c4nary-drift'
  },
  { what: 'main line, in the bag', edit: { carrierMainLine: 'other' }, key: 'carrierMainLine', value: 'other' },
  {
    what: 'main line, in its field',
    edit: { carrierMainLine: 'other' },
    key: 'carrierMainLine',
    value: 'other',
    switches: { mainLine: 'field' }
  },
  {
    what: 'host name',
    edit: { carrierHostName: 'sip2.example.net' },
    key: 'carrierHostName',
    value: 'sip2.example.net'
  },
  {
    what: 'onboarding script',
    edit: { onboardingScript: 10007 },
    key: 'sbcScripts',
    value: { ...scripts, onboardingScript: 10007 }
  },
  {
    what: 'cleanup script',
    edit: { cleanupScript: 10700 },
    key: 'sbcScripts',
    value: { ...scripts, cleanupScript: 10700 }
  },
  {
    what: 'variable',
    edit: { customerVariables: { Region: 'APAC' } },
    key: 'sbcScripts',
    value: { ...scripts, customerVariables: { ...scripts.customerVariables, Region: 'APAC' } }
  },
  {
    what: 'secret variable',
    edit: { customerVariables: { apiToken: 'c4nary-drift' } },
    key: 'sbcScripts',
    value: { ...scripts, customerVariables: { ...scripts.customerVariables, apiToken: 'c4nary-drift' } }
  },
  {
    what: 'M365 onboarding script',
    edit: { m365OnboardingScript: 13002 },
    key: 'm365Scripts',
    value: { ...m365, onboardingScript: 13002 }
  },
  {
    what: 'M365 cleanup script',
    edit: { m365CleanupScript: 13001 },
    key: 'm365Scripts',
    value: { ...m365, cleanupScript: 13001 }
  },
  {
    what: 'gateway',
    edit: { onlinePstnGateway: 'sbc5.example.net' },
    key: 'onlinePstnGateway',
    value: 'every-field.sbc5.example.net'
  },
  {
    what: 'gateway, without the prefix',
    edit: { onlinePstnGateway: 'sbc5.example.net' },
    key: 'onlinePstnGateway',
    value: 'sbc5.example.net',
    switches: { gatewayPrefix: false }
  }
]

/** What the platform shows differently although nothing that is declared has changed, or does not show at all. */
const noDrifts: readonly { readonly what: string; readonly edit?: SiteEdit; readonly switches?: Partial<Switches> }[] =
  [
    { what: 'configuration type 0' },
    { what: 'fields that Get does not return', edit: { enableCac: false, carrierRegistration: false, phones: null } },
    {
      what: 'dial-plan prefixes and a DPI password',
      edit: { dialPlanPrefixes: [], carrierPasswordDpi: 'c4nary-drift' }
    },
    { what: 'an M365 flag that is shown as false', edit: { configureM365Routing: false } },
    { what: 'a masked password', switches: { passwordEcho: 'masked' }, edit: { carrierUserPassword: 'c4nary-drift' } },
    { what: 'an absent password', switches: { passwordEcho: 'absent' }, edit: { carrierUserPassword: 'c4nary-drift' } },
    { what: 'variables under names of their own', switches: { variableNames: 'positional' } },
    { what: 'a further variable', edit: { customerVariables: { Password: 'c4nary-drift', Carrier: 'blue' } } },
    { what: 'a host name in capitals', edit: { carrierHostName: 'SIP.Example.NET' } },
    { what: 'a gateway with a dot at its end', edit: { onlinePstnGateway: 'SBC3.example.net.' } },
    {
      what: 'nulls',
      edit: {
        cacProfile: null,
        carrierUserName: null,
        carrierUserPassword: null,
        carrierMainLine: null,
        carrierHostName: null,
        onboardingScript: null,
        cleanupScript: null,
        m365OnboardingScript: null,
        m365CleanupScript: null,
        onlinePstnGateway: null
      }
    }
  ]

describe('protocol: read', () => {
  let rig: Rig
  let every: Created
  let few: Created
  before(async () => {
    rig = await startRig()
    every = await create(rig, { ...most, siteName: 'every-field', adopt: false })
    few = await create(rig, { ...least, siteName: 'few-fields' })
  })
  after(() => rig.close())

  /** Runs with the site edited and the switches set, and takes both back. */
  const during = async (
    id: string,
    { edit = {}, switches = {} }: { readonly edit?: SiteEdit; readonly switches?: Partial<Switches> },
    run: () => Promise<void>
  ): Promise<void> => {
    const { platform } = rig
    const [before, all] = [platform.site(id), platform.switches()]
    if (before === undefined) throw new Error('the site is gone')
    const { guid: _g, customerGuid: _c, order: _o, pending: _p, visibleAt: _v, detailsVisibleAt: _d, ...rest } = before
    const { ovocCustomerType: _t, ...fields } = rest
    platform.setSwitches(switches)
    platform.editSite(id, edit)
    try {
      await run()
    } finally {
      platform.editSite(id, fields)
      platform.setSwitches(all)
    }
  }

  for (const { what, edit, key, value, switches } of drifts) {
    it(`shows a drifted field that is managed: ${what}`, () =>
      during(every.id, { edit, ...(switches === undefined ? {} : { switches }) }, async () => {
        const { id, outs, inputs } = every
        const read = await rig.provider.read(id, outs)
        assert.deepStrictEqual(read, { id, props: { ...outs, [key]: value }, inputs: { ...inputs, [key]: value } })
        // What was declared is then a change again.
        assert.deepStrictEqual(await rig.provider.diff(id, read.props, inputs), {
          changes: 'unknown',
          replaces: [],
          deleteBeforeReplace: false
        })
      }))

    if (managedOfLeast.includes(key)) continue
    it(`shows nothing of a field that is not managed: ${what}`, () =>
      during(few.id, { edit, ...(switches === undefined ? {} : { switches }) }, async () => {
        const { id, outs, inputs } = few
        assert.deepStrictEqual(await rig.provider.read(id, outs), { id, props: outs, inputs })
      }))
  }

  for (const { what, ...change } of noDrifts) {
    it(`takes for no drift: ${what}`, () =>
      during(every.id, change, async () => {
        const { id, outs, inputs } = every
        assert.deepStrictEqual(await rig.provider.read(id, outs), { id, props: outs, inputs })
        assert.strictEqual((await rig.provider.diff(id, outs, inputs)).changes, 'none')
      }))
  }

  it('shows no variable to a connection that declares none', () =>
    during(few.id, { edit: { customerVariables: { Password: 'c4nary-drift', Region: 'APAC' } } }, async () => {
      const { id, outs, inputs } = few
      assert.deepStrictEqual(await rig.provider.read(id, outs), { id, props: outs, inputs })
    }))

  it('warns of another carrier, and takes it for no drift', () =>
    during(every.id, { edit: { proxySet: 'Trunk-B' } }, async () => {
      const { id, outs, inputs } = every
      await rig.printed()
      assert.deepStrictEqual(await rig.provider.read(id, outs), { id, props: outs, inputs })
      assert.deepStrictEqual(await rig.printed(), {
        out: '',
        err: 'Connection "every-field": the platform shows another carrier (carrierId) than the declared proxySet.\n'
      })
    }))

  it('shows an M365 flag that is on although it was declared off', async () => {
    const args = { ...least, siteName: 'm365-off', m365Scripts: { configureM365Routing: false } }
    const { id, outs, inputs } = await create(rig, args)
    await during(id, { edit: { configureM365Routing: true, m365OnboardingScript: 13001 } }, async () => {
      const m365Scripts = { configureM365Routing: true }
      assert.deepStrictEqual(await rig.provider.read(id, outs), {
        id,
        props: { ...outs, m365Scripts },
        inputs: { ...inputs, m365Scripts }
      })
    })
  })

  it('leaves options, the last write and its messages as they are', () =>
    during(every.id, { edit: { sbcState: 'Failed', cacProfile: '5 sessions' } }, async () => {
      const { id, outs } = every
      const failed: JsonObject = {
        ...outs,
        lastOperation: { ...(outs.lastOperation as JsonObject), outcome: 'unknown', taskIds: ['tsk_7'] },
        executionMessages: [{ level: 'Error', message: 'No.' }],
        allow: ['rename'],
        adopt: id
      }
      assert.deepStrictEqual((await rig.provider.read(id, failed)).props, {
        ...failed,
        cacProfile: '5 sessions',
        sbcDeploymentState: '4',
        sbcProgrammed: false
      })
    }))

  describe('of a connection that is not to be found', () => {
    let gone: Created
    before(async () => {
      gone = await create(rig, { ...least, siteName: 'gone' })
    })
    beforeEach(() => {
      rig.platform.clearFaults()
      rig.platform.clearRequests()
    })

    const missing = {
      match: { method: 'GET', path: 'v2/sitelocation/' },
      fault: { kind: 'status', status: 404 }
    } as const

    it('keeps one that the customer still has', async () => {
      const { id, outs } = gone
      rig.platform.addFault(missing)
      await rig.printed()
      const { code, message, initFailed } = await failureOf(rig.provider.read(id, outs))
      const [headline = ''] = message.split('\n')
      assert.deepStrictEqual({ code, initFailed }, { code: 2, initFailed: undefined })
      assert.strictEqual(
        headline,
        `Read of SIP connection "gone" (customer ${acme}, site ${id}, SBC 3) failed: The platform answers 404 for ` +
          `connection ${id}, and lists it in the service details of customer ${acme}; nothing was dropped from the state`
      )
      assert.deepStrictEqual(await rig.printed(), { out: '', err: printedAgain(headline) })
    })

    it('keeps one whose customer cannot be asked', async () => {
      rig.platform.addFault(missing)
      rig.platform.addFault({
        match: { method: 'GET', path: '/customer/' },
        times: 'always',
        fault: { kind: 'status', status: 403 }
      })
      const { message } = await failureOf(rig.provider.read(gone.id, gone.outs))
      assert.match(message, /failed: the platform rejected GET with status 403\n/)
    })

    it('keeps one whose customer is not to be found either', async () => {
      rig.platform.addFault({ ...missing, match: { method: 'GET' }, times: 'always' })
      const { message } = await failureOf(rig.provider.read(gone.id, gone.outs))
      assert.match(message, /failed: The platform knows no customer .*base URL\n/)
    })

    it('drops one that the customer has no more', async () => {
      rig.platform.deleteSite(gone.id)
      assert.deepStrictEqual(await rig.provider.read(gone.id, gone.outs), { id: '', props: {} })
      await rig.provider.delete(gone.id, gone.outs)
    })

    it('fails the update of one that the customer has no more', async () => {
      const { id, inputs, outs } = gone
      const { code, message, initFailed } = await failureOf(
        rig.provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
      )
      assert.deepStrictEqual({ code, initFailed }, { code: 2, initFailed: undefined })
      assert.deepStrictEqual(steadyLines(message), [
        `Update of SIP connection "gone" (customer ${acme}, site ${id}, SBC 3) failed: Connection ${id} does not exist any more: it was deleted outside of Pulumi`,
        '    Applied: nothing was changed.',
        '    Calls: not affected.',
        '    Next: run "pulumi refresh", then "pulumi up" to create it again.',
        '    correlation id <id>, <time>'
      ])
    })
  })

  describe('without a state (get)', () => {
    it('shows what can be read, and neither passwords nor variables', async () => {
      const { platform } = rig
      const answer = await rig.provider.read(every.id, { customerGuid: acme })
      const inputs = {
        customerGuid: acme,
        siteName: 'every-field',
        sbcId: 3,
        configureSbc: true,
        cacProfile: '10 sessions',
        carrierUserName: 'u-100',
        carrierMainLine: 'main',
        carrierHostName: 'sip.example.net',
        sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
        m365Scripts: most.m365Scripts,
        onlinePstnGateway: 'every-field.sbc3.example.net'
      }
      assert.deepStrictEqual(answer, {
        id: every.id,
        props: {
          ...inputs,
          siteGuid: every.id,
          tenantId: acmeTenant,
          sbcDeploymentState: '3',
          executionMessages: [],
          sbcProgrammed: true,
          pendingTasks: [],
          platform: platform.url,
          schemaVersion: 1
        },
        inputs
      })
      for (const secret of Object.values(secrets)) assert.ok(!JSON.stringify(answer).includes(secret))
    })

    it('shows neither for a connection that was made in the portal', async () => {
      const answer = await rig.provider.read(HEADQUARTERS_GUID, { customerGuid: customerGuids.contoso })
      assert.strictEqual(answer.props.carrierUserName, 'contoso-hq')
      assert.ok(!JSON.stringify(answer).includes('made-up-hq-password'))
      assert.ok(!JSON.stringify(answer).includes('EMEA'))
    })

    it('throws when the connection is missing', async () => {
      const id = '55555555-5555-4555-8555-555555555555'
      const { code, message, initFailed } = await failureOf(rig.provider.read(id, { customerGuid: acme }))
      assert.deepStrictEqual({ code, initFailed }, { code: 2, initFailed: undefined })
      assert.deepStrictEqual(steadyLines(message), [
        `Read of SIP connection (customer ${acme}, site ${id}) failed: Customer ${acme} has no connection ${id}`,
        '    Applied: nothing is changed by reading.',
        '    Next: correct the id, or the customer, that get names.',
        '    correlation id <id>, <time>'
      ])
    })

    it("throws when the connection is another customer's", async () => {
      const { code, message } = await failureOf(rig.provider.read(HEADQUARTERS_GUID, { customerGuid: acme }))
      assert.strictEqual(code, 2)
      assert.match(message, new RegExp(`failed: Customer ${acme} has no connection ${HEADQUARTERS_GUID}\\n`))
    })

    it('throws when the customer is missing too', () =>
      withRig({}, async (other) => {
        const id = '55555555-5555-4555-8555-555555555555'
        const { message } = await failureOf(other.provider.read(id, { customerGuid: id }))
        assert.match(message, /failed: The platform knows no customer 55555555-.*base URL\n/)
        assert.deepStrictEqual(calls(other, id), ['GET v3/customer/SITE?allDetails=true', 'GET v2/customer/SITE'])
      }))
  })
})
