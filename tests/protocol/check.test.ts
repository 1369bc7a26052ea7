import * as assert from 'node:assert'
import { customerGuids } from '../../simulator'
import type { JsonObject } from '../support/Json'
import { unknowns } from '../support/unknowns'
import { least, most } from './support/Connections'
import { assertHidden, calls, type Rig, startRig } from './support/Rig'

/** No two encodings of it are the same, and no check accepts it where it stands below. */
const canary = 'c4nary-"ä/+&'

describe('protocol: check', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig()
  })
  beforeEach(() => rig.printed())
  after(() => rig.close())

  const reasons = async (olds: JsonObject, news: JsonObject): Promise<readonly string[]> =>
    (await rig.provider.check(olds, news)).failures.map(({ property, reason }) => `${property}|${reason}`).sort()

  it('tells all faults of a resource at once, and sends nothing', async () => {
    const news: JsonObject = {
      customerGuid: '1234',
      siteName: 'branch-07',
      sbcId: 3,
      sbcConfigurationType: 'Trunk',
      enableCac: true,
      carrierUserName: 'u'.repeat(61),
      carrierUserPassword: 'pass\u0142word',
      phones: ['+49301234', '+49301234'],
      dialPlanPrefixes: [
        { dialPlanName: 'CustDialPlan', index: 4 },
        { dialPlanName: 'CustDialPlan', index: 4, active: false }
      ],
      sbcScripts: { onboardingScript: 12001 },
      m365Scripts: { onboardingScript: 13001 },
      siteNmae: 'x'
    }
    assert.deepStrictEqual(await reasons({}, news), [
      '|carrierUserName: has 61 characters; at most 60 are allowed (the digest user name)',
      '|carrierUserPassword: has a wide character at position 5; only characters up to U+00FF are allowed',
      '|customerGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555',
      '|dialPlanPrefixes[1]: has the same dialPlanName and index as [0]; give each prefix an index of its own',
      '|enableCac: true needs cacProfile, e.g. "10 sessions"; declare it, or set enableCac to false',
      '|m365Scripts.configureM365Routing: expected true or false',
      '|phones[1]: is the same number as [0]; remove one',
      '|sbcConfigurationType: expected one of SipTrunk, IpPbx, Byoc, Unknown',
      '|sbcScripts: cleanupScript is required for a new connection (script id, see Get Script Templates)',
      '|siteNmae: unknown input; did you mean siteName?'
    ])
    assert.deepStrictEqual(calls(rig), [])
    assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
  })

  describe('of a replacement', () => {
    const replacements: readonly { readonly what: string; readonly customerGuid: string }[] = [
      { what: 'by another customer', customerGuid: customerGuids.contoso },
      { what: 'by a customer that is not known yet', customerGuid: unknowns.string }
    ]
    for (const { what, customerGuid } of replacements) {
      it(`${what} says the second time what it said the first time`, async () => {
        const first = await rig.provider.check(most, { ...most, customerGuid })
        assert.deepStrictEqual(first, { inputs: { ...most, customerGuid }, failures: [] })
        assert.deepStrictEqual(await rig.provider.check({}, { ...most, customerGuid }), first)
        assert.deepStrictEqual(await rig.provider.check({}, first.inputs), first)
      })

      it(`${what} needs no word of allow for what is another connection`, async () => {
        const { phones: _phones, allow: _allow, proxySet: _proxySet, ...rest } = most
        const news = { ...rest, customerGuid, siteName: 'other', sbcId: 5 }
        const first = await rig.provider.check(most, news)
        assert.deepStrictEqual(first, { inputs: news, failures: [] })
        assert.deepStrictEqual(await rig.provider.check({}, news), first)
      })
    }

    it('brings inputs into the same form both times', async () => {
      const site = 'abcdef01-2345-4678-8abc-def012345678'
      const another = 'fedcba98-2345-4678-8abc-def012345678'
      const flags = { enableCac: false, carrierRegistration: false }
      const news = {
        ...least,
        ...flags,
        customerGuid: another.toUpperCase(),
        dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0 }],
        cacProfile: null,
        adopt: site.toUpperCase()
      }
      const first = await rig.provider.check(least, news)
      assert.deepStrictEqual(first, {
        inputs: {
          ...least,
          ...flags,
          customerGuid: another,
          dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
          adopt: site
        },
        failures: []
      })
      assert.deepStrictEqual(await rig.provider.check({}, news), first)
      assert.deepStrictEqual(await rig.provider.check({}, first.inputs), first)
    })

    it('without scripts fails the same way both times', async () => {
      const { sbcScripts: _scripts, ...news } = { ...least, customerGuid: customerGuids.initech }
      const first = await reasons(least, news)
      assert.deepStrictEqual(first, [
        '|sbcScripts: is required for a new connection: { onboardingScript, cleanupScript } (script ids, see Get Script Templates)'
      ])
      assert.deepStrictEqual(await reasons({}, news), first)
    })

    it('that is forced says the second time nothing of dangers', async () => {
      const news = { ...most, siteName: 'other', sbcId: 5, allow: [] }
      assert.strictEqual((await reasons(most, news)).length, 2)
      assert.deepStrictEqual(await reasons({}, news), [])
    })
  })

  describe('shows no secret when it fails', () => {
    const scripts = least.sbcScripts
    const cases: readonly { readonly what: string; readonly news: JsonObject; readonly reasons: readonly string[] }[] =
      [
        {
          what: 'a password that is too long',
          news: { ...least, carrierUserPassword: canary.padEnd(51, 'x') },
          reasons: ['carrierUserPassword: has 51 characters; at most 50 are allowed (the digest password)']
        },
        {
          what: 'a password with a wide character',
          news: { ...least, carrierUserPassword: `${canary}\u20ac` },
          reasons: [
            'carrierUserPassword: has a wide character at position 13; only characters up to U+00FF are allowed'
          ]
        },
        {
          what: 'a password with a blank at its end',
          news: { ...least, carrierUserPassword: `${canary} ` },
          reasons: ['carrierUserPassword: has a blank at an end; remove it (the digest password)']
        },
        {
          what: 'a password within something else',
          news: { ...least, carrierUserPassword: [canary, { value: canary }] },
          reasons: ['carrierUserPassword: expected a text']
        },
        {
          what: 'a DPI password with a control character',
          news: { ...least, carrierPasswordDpi: `${canary}\u0007` },
          reasons: ['carrierPasswordDpi: has a control character; remove it (the DPI password)']
        },
        {
          what: 'a variable that is no text',
          news: {
            ...least,
            sbcScripts: { ...scripts, customerVariables: { apiToken: [canary], Region: { a: canary } } }
          },
          reasons: [
            'sbcScripts.customerVariables.Region: expected a text; sbcScripts.customerVariables.apiToken: expected a text'
          ]
        },
        {
          what: 'variables beside a wrong script',
          news: {
            ...least,
            sbcScripts: { ...scripts, onboardingScript: 'x', customerVariables: { Password: canary } }
          },
          reasons: ['sbcScripts.onboardingScript: expected a whole number from 1']
        },
        {
          what: 'a misspelt input',
          news: { ...least, carrierUserPasword: canary },
          reasons: ['carrierUserPasword: unknown input; did you mean carrierUserPassword?']
        },
        {
          what: 'an object under a misspelt input',
          news: { ...least, sbcScrips: { customerVariables: { apiToken: canary } } },
          reasons: ['sbcScrips: unknown input; did you mean sbcScripts?']
        },
        {
          what: 'a misspelt field',
          news: { ...least, sbcScripts: { ...scripts, customerVariabels: { apiToken: canary } } },
          reasons: [
            'sbcScripts.customerVariabels: is not a field of it; the fields are onboardingScript, cleanupScript, customerVariables'
          ]
        },
        {
          what: 'a secret in the place of an object',
          news: { ...least, sbcScripts: canary, m365Scripts: canary },
          reasons: [
            'sbcScripts: expected an object with onboardingScript, cleanupScript and customerVariables',
            'm365Scripts: expected an object with configureM365Routing, onboardingScript and cleanupScript'
          ]
        },
        {
          what: 'a secret in the place of a list, a number, a flag, a choice, a host name',
          news: {
            ...least,
            sbcId: canary,
            sbcConfigurationType: canary,
            configureSbc: canary,
            carrierMainLine: `${canary}@host`,
            carrierHostName: canary,
            phones: canary,
            dialPlanPrefixes: [{ dialPlanName: 'a', index: canary, secret: canary }],
            onlinePstnGateway: canary,
            adopt: canary,
            allow: [canary]
          },
          reasons: [
            'sbcId: expected a whole number from 1',
            'sbcConfigurationType: expected one of SipTrunk, IpPbx, Byoc, Unknown',
            'configureSbc: expected true or false',
            'carrierMainLine: expected the user part alone, without scheme and "@" (the host goes to carrierHostName)',
            'carrierHostName: expected a host name such as sip.example.net, or an IPv4 address',
            'phones: expected a list of numbers',
            'dialPlanPrefixes[0].secret: is not a field of it; the fields are dialPlanName, index, active; dialPlanPrefixes[0].index: expected a whole number from 0',
            'onlinePstnGateway: expected a fully qualified domain name such as sbc1.example.net',
            'adopt: expected true, false or a site id (uuid)',
            'allow[0]: expected one of rename, sbcMove, clearPhones'
          ]
        },
        {
          what: 'secrets beside rules that one input needs another',
          news: {
            ...least,
            sbcScripts: { customerVariables: { apiToken: canary } },
            carrierRegistration: true,
            carrierUserPassword: canary,
            carrierPasswordDpi: canary,
            phones: ['123', '123']
          },
          reasons: [
            'carrierRegistration: true needs carrierMainLine, carrierHostName, carrierUserName; declare them, or set carrierRegistration to false',
            'sbcScripts: onboardingScript and cleanupScript are required for a new connection (script id, see Get Script Templates)',
            'phones[1]: is the same number as [0]; remove one'
          ]
        }
      ]
    for (const { what, news, reasons: expected } of cases) {
      it(what, async () => {
        const { failures } = await rig.provider.check({}, news)
        assert.deepStrictEqual(
          failures.map(({ property }) => property),
          expected.map(() => '')
        )
        assertHidden(JSON.stringify(failures), [canary])
        assert.deepStrictEqual(failures.map(({ reason }) => reason).sort(), [...expected].sort())
        assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
      })
    }
  })
})
