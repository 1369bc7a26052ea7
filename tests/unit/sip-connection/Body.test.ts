import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { type ArgKey, type SipConnectionArgs, argKeys } from '../../../provider/sip-connection/Args'
import {
  type Modification,
  addBody,
  clearable,
  mergedVariables,
  modifyBody,
  removedVariables
} from '../../../provider/sip-connection/Body'
import { managedKeysOf } from '../../../provider/sip-connection/State'
import { check } from '../../support/property'
import { allArgs, customerGuid, leastArgs, sipConnectionArgs } from '../support'

const fields = { modifyBody: 'fields', clearWith: 'empty' } as const
const fieldsNull = { modifyBody: 'fields', clearWith: 'null' } as const
const parameters = { modifyBody: 'scriptParameters', clearWith: 'empty' } as const
const parametersNull = { modifyBody: 'scriptParameters', clearWith: 'null' } as const

const modification = (args: SipConnectionArgs, more: Partial<Modification> = {}): Modification => ({
  args,
  removed: [],
  previous: {},
  live: {},
  ...more
})

/** Where the table of the vendor's page "Modify SIP Connection" has each input; undefined: nowhere. */
const wireNames: Readonly<Record<ArgKey, string | undefined>> = {
  customerGuid: undefined,
  siteName: 'sbcSiteName',
  sbcId: 'sbcId',
  sbcConfigurationType: 'sbcConfigurationType',
  configureSbc: 'flagConfigureSbc',
  enableCac: 'enableCAC',
  cacProfile: 'CacProfile',
  carrierRegistration: 'flagCarrierRegistration',
  carrierUserName: 'CarrierUserName',
  carrierUserPassword: 'CarrierUserPassword',
  carrierPasswordDpi: 'carrierPasswordDPI',
  carrierMainLine: 'CarrierMainLine',
  carrierHostName: 'CarrierHostName',
  phones: 'phones',
  dialPlanPrefixes: 'dialPlanPrefixes',
  sbcScripts: 'sbcScripts',
  m365Scripts: 'm365Scripts',
  onlinePstnGateway: 'OnlinePstnGateway',
  proxySet: undefined,
  adopt: undefined,
  allow: undefined
}

describe('Body: Modify, the documented table', () => {
  it('all inputs', () => {
    assert.deepStrictEqual(modifyBody(modification(allArgs), fields), {
      sbcId: 3,
      sbcSiteName: 'branch-07',
      CacProfile: '10 sessions',
      enableCAC: true,
      flagConfigureSbc: true,
      flagCarrierRegistration: true,
      CarrierUserName: 'u-100',
      CarrierUserPassword: 'made-up-password',
      carrierPasswordDPI: 'made-up-dpi',
      CarrierMainLine: 'main',
      CarrierHostName: 'sip.example.net',
      phones: '+4930123456,030123457',
      dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
      sbcConfigurationType: 1,
      sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002, customerVariables: { Carrier: 'Blue' } },
      m365Scripts: { flagConfigureM365Routing: true, OnboardingScript: 13001, CleanupScript: 13002 },
      OnlinePstnGateway: 'sbc1.example.net'
    })
  })

  it('the least', () => {
    assert.deepStrictEqual(modifyBody(modification(leastArgs), fields), {
      sbcId: 3,
      sbcSiteName: 'branch-07',
      sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }
    })
  })

  const { sbcScripts: _, ...bare } = leastArgs
  const parts: ReadonlyArray<readonly [name: string, args: SipConnectionArgs, expected: object]> = [
    [
      'flags that are false',
      { ...bare, configureSbc: false, enableCac: false, carrierRegistration: false },
      {
        flagConfigureSbc: false,
        enableCAC: false,
        flagCarrierRegistration: false
      }
    ],
    ['no numbers and no prefixes', { ...bare, phones: [], dialPlanPrefixes: [] }, { phones: '', dialPlanPrefixes: [] }],
    ['one number', { ...bare, phones: ['123'] }, { phones: '123' }],
    ['one script', { ...bare, sbcScripts: { cleanupScript: 5 } }, { sbcScripts: { sbcCleanupScript: 5 } }],
    ['scripts without anything', { ...bare, sbcScripts: {} }, { sbcScripts: {} }],
    [
      'the M365 flag alone',
      { ...bare, m365Scripts: { configureM365Routing: false } },
      { m365Scripts: { flagConfigureM365Routing: false } }
    ],
    ['Unknown', { ...bare, sbcConfigurationType: 'Unknown' }, { sbcConfigurationType: 0 }],
    ['SipTrunk', { ...bare, sbcConfigurationType: 'SipTrunk' }, { sbcConfigurationType: 1 }],
    ['IpPbx', { ...bare, sbcConfigurationType: 'IpPbx' }, { sbcConfigurationType: 2 }],
    ['Byoc', { ...bare, sbcConfigurationType: 'Byoc' }, { sbcConfigurationType: 3 }],
    [
      'options and the proxy set, which have no place',
      { ...bare, proxySet: 'Trunk-A', adopt: true, allow: ['rename'] },
      {}
    ]
  ]
  for (const [name, args, expected] of parts) {
    it(name, () => {
      assert.deepStrictEqual(modifyBody(modification(args), fields), {
        sbcId: 3,
        sbcSiteName: 'branch-07',
        ...expected
      })
    })
  }

  it('has every managed input, and nothing else', () => {
    check(
      fc.property(sipConnectionArgs(), fc.constantFrom(fields, fieldsNull), (args, form) => {
        const body = modifyBody(modification(args), form)
        const expected = managedKeysOf(args).flatMap((key) => wireNames[key] ?? [])
        assert.deepStrictEqual(Object.keys(body).sort(), [...expected].sort())
        assert.ok(Object.values(body).every((value) => value !== undefined && value !== null))
      }),
      300
    )
  })
})

describe('Body: Add, and Modify in the shape of the sample', () => {
  const whole = {
    siteLocationName: 'branch-07',
    ovocCustomerType: 'IPGROUP_TYPE',
    sbcId: 3,
    sbcOnboardingScript: 12001,
    sbcCleanupScript: 12002,
    SbcConfigurationType: 1,
    scriptParameters: {
      Carrier: 'Blue',
      OnlinePstnGateway: 'sbc1.example.net',
      ProxySet: 'Trunk-A',
      CacProfile: '10 sessions',
      CarrierUserName: 'u-100',
      CarrierUserPassword: 'made-up-password',
      CarrierMainLine: 'main',
      CarrierHostName: 'sip.example.net'
    }
  }

  it('all inputs', () => {
    assert.deepStrictEqual(addBody(allArgs), whole)
    assert.deepStrictEqual(modifyBody(modification(allArgs), parameters), whole)
  })

  it('the least', () => {
    const least = {
      siteLocationName: 'branch-07',
      ovocCustomerType: 'IPGROUP_TYPE',
      sbcId: 3,
      sbcOnboardingScript: 12001,
      sbcCleanupScript: 12002,
      scriptParameters: {}
    }
    assert.deepStrictEqual(addBody(leastArgs), least)
    assert.deepStrictEqual(modifyBody(modification(leastArgs), parameters), least)
  })

  it('without scripts, as for a connection that is taken over', () => {
    assert.deepStrictEqual(
      modifyBody(modification({ customerGuid, siteName: 'a', sbcId: 1, sbcConfigurationType: 'Unknown' }), parameters),
      {
        siteLocationName: 'a',
        ovocCustomerType: 'IPGROUP_TYPE',
        sbcId: 1,
        SbcConfigurationType: 0,
        scriptParameters: {}
      }
    )
  })

  it('the live variables go with the declared ones, and echoes of carrier fields do not', () => {
    const live = { Region: 'EU', CarierMailLine: 'old', CarrierUserPassword: 'old', ProxySet: 'old', Carrier: 'Red' }
    assert.deepStrictEqual(modifyBody(modification(allArgs, { live }), parameters), {
      ...whole,
      scriptParameters: { ...whole.scriptParameters, Region: 'EU' }
    })
  })

  it('are one and the same for any connection without live variables', () => {
    check(
      fc.property(sipConnectionArgs(), fc.constantFrom(parameters, parametersNull), (args, form) =>
        assert.deepStrictEqual(modifyBody(modification(args), form), addBody(args))
      )
    )
  })
})

describe('Body: what is no longer declared', () => {
  const { sbcScripts: _, ...bare } = leastArgs
  const texts = [
    'cacProfile',
    'carrierUserName',
    'carrierUserPassword',
    'carrierPasswordDpi',
    'carrierMainLine',
    'carrierHostName',
    'phones',
    'onlinePstnGateway'
  ]
  const flags = ['configureSbc', 'enableCac', 'carrierRegistration']

  for (const key of argKeys) {
    const name = wireNames[key]
    const value = (text: string | null) =>
      texts.includes(key) ? text : flags.includes(key) ? true : key === 'dialPlanPrefixes' ? [] : undefined
    const expected = (text: string | null) => ({
      sbcId: 3,
      sbcSiteName: 'branch-07',
      ...(name === undefined || value(text) === undefined ? {} : { [name]: value(text) })
    })
    it(`${key}: ${value('') === undefined ? 'nothing is sent' : 'an empty text, null, or the documented default'}`, () => {
      const change = modification(bare, { removed: [key].filter((each) => !(each in bare)) })
      const cleared = key in bare ? () => ({ sbcId: 3, sbcSiteName: 'branch-07' }) : expected
      assert.deepStrictEqual([modifyBody(change, fields), modifyBody(change, fieldsNull)], [cleared(''), cleared(null)])
    })
  }

  it('everything at once', () => {
    const removed = argKeys.filter((key) => !(key in leastArgs))
    const texts = (text: string | null) => ({
      CacProfile: text,
      CarrierUserName: text,
      CarrierUserPassword: text,
      CarrierMainLine: text,
      CarrierHostName: text,
      OnlinePstnGateway: text
    })
    const table = (text: string | null) => ({
      sbcId: 3,
      sbcSiteName: 'branch-07',
      enableCAC: true,
      flagConfigureSbc: true,
      flagCarrierRegistration: true,
      carrierPasswordDPI: text,
      phones: text,
      dialPlanPrefixes: [],
      sbcScripts: { sbcOnboardingScript: 12001, sbcCleanupScript: 12002 },
      ...texts(text)
    })
    const shape = (text: string | null) => ({
      siteLocationName: 'branch-07',
      ovocCustomerType: 'IPGROUP_TYPE',
      sbcId: 3,
      sbcOnboardingScript: 12001,
      sbcCleanupScript: 12002,
      scriptParameters: { ...texts(text), ProxySet: text }
    })
    const change = modification(leastArgs, { removed })
    assert.deepStrictEqual(
      [fields, fieldsNull, parameters, parametersNull].map((form) => modifyBody(change, form)),
      [table(''), table(null), shape(''), shape(null)]
    )
  })

  it('clearable are those for which something is sent', () => {
    const sent = [...texts, ...flags, 'dialPlanPrefixes', 'proxySet']
    assert.deepStrictEqual(
      argKeys.filter((key) => clearable(key, 'fields')),
      argKeys.filter((key) => sent.includes(key))
    )
    assert.deepStrictEqual(
      argKeys.filter((key) => clearable(key, 'scriptParameters')),
      [
        'cacProfile',
        'carrierUserName',
        'carrierUserPassword',
        'carrierMainLine',
        'carrierHostName',
        'onlinePstnGateway',
        'proxySet'
      ]
    )
  })

  it('a declared value goes before a removal', () => {
    const change = modification(allArgs, { removed: argKeys })
    assert.deepStrictEqual(modifyBody(change, fieldsNull), modifyBody(modification(allArgs), fields))
  })
})

describe('Body: variables', () => {
  const args: SipConnectionArgs = {
    ...leastArgs,
    carrierUserPassword: 'new-password',
    carrierMainLine: 'new-main',
    sbcScripts: { ...leastArgs.sbcScripts, customerVariables: { Carrier: 'Blue' } }
  }

  const rows: ReadonlyArray<readonly [name: string, change: Partial<Modification>, expected: object]> = [
    ['the declared ones alone', {}, { Carrier: 'Blue' }],
    [
      'undeclared live ones are kept',
      { live: { Region: 'EU', Empty: '' } },
      { Region: 'EU', Empty: '', Carrier: 'Blue' }
    ],
    ['null says nothing, and is not sent back', { live: { Region: null } }, { Carrier: 'Blue' }],
    ['a declared one goes before a live one', { live: { Carrier: 'Red' } }, { Carrier: 'Blue' }],
    ['a declared one goes before a live one in another case', { live: { CARRIER: 'Red' } }, { Carrier: 'Blue' }],
    [
      'echoes follow the declared inputs',
      { live: { CarrierUserPassword: 'old', CarierMailLine: 'old', CARRIERMAINLINE: null } },
      {
        CarrierUserPassword: 'new-password',
        CarierMailLine: 'new-main',
        CARRIERMAINLINE: 'new-main',
        Carrier: 'Blue'
      }
    ],
    [
      'an echo of an input that is not managed is kept',
      { live: { CarrierHostName: 'h' } },
      { CarrierHostName: 'h', Carrier: 'Blue' }
    ],
    [
      'an echo of an input that is no longer declared is left out',
      { live: { CarrierHostName: 'h' }, removed: ['carrierHostName'] },
      { Carrier: 'Blue' }
    ],
    ['what is masked is not sent back', { live: { Region: '****', CarrierUserName: '****' } }, { Carrier: 'Blue' }],
    [
      'a masked echo of a declared input is',
      { live: { CarrierUserPassword: '****' } },
      { CarrierUserPassword: 'new-password', Carrier: 'Blue' }
    ],
    ['one that is still declared', { previous: { Carrier: 'Red' }, live: { Carrier: 'Red' } }, { Carrier: 'Blue' }],
    [
      'a removed one is emptied',
      { previous: { Region: 'EU' }, live: { Region: 'EU' } },
      { Region: '', Carrier: 'Blue' }
    ],
    ['a removed one that is not shown is emptied too', { previous: { Region: 'EU' } }, { Region: '', Carrier: 'Blue' }],
    [
      'a removed one in another case is emptied, and not sent beside',
      { previous: { Region: 'EU' }, live: { REGION: 'EU' } },
      { Region: '', Carrier: 'Blue' }
    ],
    [
      'one of the last run that is shown by its position is not sent back a second time',
      { previous: { Carrier: 'Red' }, live: { 'CustomVar.Variable1': 'Red', 'CustomVar.Variable2': 'Other' } },
      { 'CustomVar.Variable2': 'Other', Carrier: 'Blue' }
    ],
    [
      'nor one that is no longer declared',
      { previous: { Region: 'EU' }, live: { 'CUSTOMVAR.VARIABLE12': 'EU' } },
      { Region: '', Carrier: 'Blue' }
    ],
    [
      'one that is shown under its name is not the one at a position with the same value',
      { previous: { Carrier: 'Red' }, live: { carrier: 'Red', 'CustomVar.Variable1': 'Red' } },
      { 'CustomVar.Variable1': 'Red', Carrier: 'Blue' }
    ],
    [
      'names that only look like positions are names',
      { previous: { Carrier: 'Red' }, live: { 'CustomVar.VariableX': 'Red', 'XCustomVar.Variable1': 'Red' } },
      { 'CustomVar.VariableX': 'Red', 'XCustomVar.Variable1': 'Red', Carrier: 'Blue' }
    ]
  ]
  for (const [name, change, expected] of rows) {
    it(name, () => {
      const given = modification(args, change)
      const scripts = { sbcOnboardingScript: 12001, sbcCleanupScript: 12002, customerVariables: expected }
      assert.deepStrictEqual(mergedVariables(given), expected)
      // Variables are documented as texts, so null has no meaning there.
      assert.deepStrictEqual(
        [modifyBody(given, fields).sbcScripts, modifyBody(given, fieldsNull).sbcScripts],
        [scripts, scripts]
      )
    })
  }

  it('removed are those of the last run that are no longer declared, while the scripts are', () => {
    const previous = { Carrier: 'Red', Region: 'EU', Empty: '' }
    const { sbcScripts: _, ...bare } = args
    assert.deepStrictEqual(
      [
        removedVariables({ args, previous }),
        removedVariables({ args: leastArgs, previous }),
        removedVariables({ args: bare, previous }),
        removedVariables({ args, previous: {} })
      ],
      [['Region', 'Empty'], ['Carrier', 'Region', 'Empty'], [], []]
    )
  })

  it('are not sent at all when the scripts are not managed', () => {
    const { sbcScripts: _, ...bare } = args
    assert.strictEqual('sbcScripts' in modifyBody(modification(bare, { live: { Region: 'EU' } }), fields), false)
  })

  it('never carry an old password beside a new one, nor one that is no longer declared, under any of its names', () => {
    const spelling = fc
      .tuple(
        fc.constantFrom('CarrierUserPassword', 'CarierUserPassword'),
        fc.constantFrom('as is', 'upper', 'lower', 'blanks')
      )
      .map(([name, how]) =>
        how === 'upper'
          ? name.toUpperCase()
          : how === 'lower'
            ? name.toLowerCase()
            : how === 'blanks'
              ? name.replace(/[UP]/g, ' $&')
              : name
      )
    const live = fc
      .tuple(fc.dictionary(fc.string(), fc.constantFrom('EU', null)), fc.uniqueArray(spelling))
      .map(([others, names]) => ({
        ...others,
        ...Object.fromEntries(names.map((name) => [name, 'old-password']))
      }))
    check(
      fc.property(
        live,
        fc.boolean(),
        fc.constantFrom(fields, fieldsNull, parameters, parametersNull),
        (bag, removes, form) => {
          const { carrierUserPassword: _, ...rest } = args
          const change = removes
            ? modification(rest, { live: bag, removed: ['carrierUserPassword'] })
            : modification(args, { live: bag })
          return !JSON.stringify(modifyBody(change, form)).includes('old-password')
        }
      ),
      300
    )
  })

  it('hold every undeclared live variable that is neither masked nor an echo', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{0,5}$/)
    check(
      fc.property(fc.dictionary(name, fc.string()), fc.dictionary(name, fc.string()), (live, declared) => {
        const merged = mergedVariables(
          modification({ ...leastArgs, sbcScripts: { customerVariables: declared } }, { live })
        )
        const kept = Object.entries(live).filter(([, value]) => !/^[*•●]{3,}$/.test(value))
        assert.deepStrictEqual({ ...merged }, { ...Object.fromEntries(kept), ...declared })
      })
    )
  })
})
