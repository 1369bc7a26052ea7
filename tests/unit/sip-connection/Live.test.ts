import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { decode } from '../../../provider/Decode'
import { secretsAt } from '../../../provider/SecretMarks'
import { type ArgKey, type SipConnectionArgs, argKeys, secretPlaces } from '../../../provider/sip-connection/Args'
import {
  bagSpellings,
  differing,
  echoedKey,
  liveArgs,
  liveVariables,
  stillSet,
  untoldKeys,
  visibleKeys
} from '../../../provider/sip-connection/Live'
import { managedKeysOf } from '../../../provider/sip-connection/State'
import { SiteAnswer } from '../../../provider/sip-connection/Wire'
import { check } from '../../support/property'
import { customerGuid, sipConnectionArgs } from '../support'
import { answerWith, sample } from './answers'

type Args = Partial<SipConnectionArgs>

/** What was declared of the connection that the sample shows. */
const declared = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '20 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: 'made-up-password',
  carrierPasswordDpi: 'made-up-dpi',
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  phones: ['+4930123456'],
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Carrier: 'x' } },
  m365Scripts: { configureM365Routing: true },
  onlinePstnGateway: 'sbc1.example.net',
  proxySet: 'Trunk-A'
} as const satisfies SipConnectionArgs

const managed = managedKeysOf(declared)

/** What a refresh makes of an answer, and the inputs in which it sees a change. */
const refreshed = (answer: SiteAnswer, had: Args = declared) => ({
  args: liveArgs(answer, had, managedKeysOf(had)),
  drift: differing(answer, had, managedKeysOf(had))
})
const noDrift = (had: Args = declared) => ({ args: had, drift: [] })
const drift = (key: ArgKey, live: unknown, had: Args = declared) => ({ args: { ...had, [key]: live }, drift: [key] })

/** An answer that tells all that one can tell. */
const talkative = answerWith({ sbcInfo: { sbcConfigurationType: 1 } })

/** The inputs that no answer tells. */
const untold: ReadonlyArray<ArgKey> = [
  'enableCac',
  'carrierRegistration',
  'carrierPasswordDpi',
  'phones',
  'dialPlanPrefixes',
  'proxySet',
  'adopt',
  'allow'
]
const readable = argKeys.filter((key) => !untold.includes(key) && key !== 'customerGuid')

describe('Live: the vendor’s sample answer', () => {
  it('shows no drift of what it was made of', () => {
    assert.deepStrictEqual(refreshed(answerWith({})), noDrift())
  })

  it('shows no drift of any part of it', () => {
    check(
      fc.property(fc.subarray([...managed]), (keys) => {
        const had = Object.fromEntries(keys.map((key) => [key, declared[key as keyof typeof declared]])) as Args
        assert.deepStrictEqual(refreshed(answerWith({}), had), { args: had, drift: [] })
      })
    )
  })

  it('shows no drift when it says nothing at all', () => {
    const silent = decode(SiteAnswer, { siteName: 'branch-07' })
    assert.ok(E.isRight(silent))
    assert.deepStrictEqual(refreshed(silent.right), noDrift())
  })

  it('shows no drift when all that may be null is null', () => {
    const nothing = Object.fromEntries(Object.keys(sample.sbcInfo).map((key) => [key, null]))
    assert.deepStrictEqual(
      refreshed(answerWith({ sbcInfo: nothing, top: { onlinePstnGateway: null, m365Info: null } })),
      noDrift()
    )
    assert.deepStrictEqual(
      refreshed(answerWith({ scripts: { onboardingScript: null, cleanupScript: null, customerVariables: null } })),
      noDrift()
    )
  })
})

describe('Live: drift', () => {
  const rows: ReadonlyArray<readonly [key: ArgKey, change: Parameters<typeof answerWith>[0], live: unknown]> = [
    ['siteName', { top: { siteName: 'renamed' } }, 'renamed'],
    ['siteName', { top: { siteName: 'Branch-07' } }, 'Branch-07'],
    ['sbcId', { sbcInfo: { sbcId: 4 } }, 4],
    ['sbcConfigurationType', { sbcInfo: { sbcConfigurationType: 2 } }, 'IpPbx'],
    ['configureSbc', { sbcInfo: { flagConfigureSbc: false } }, false],
    ['cacProfile', { sbcInfo: { cacProfile: '30 sessions' } }, '30 sessions'],
    ['cacProfile', { sbcInfo: { cacProfile: '' } }, ''],
    ['carrierUserName', { sbcInfo: { carrierUserName: 'u-200' } }, 'u-200'],
    ['carrierUserPassword', { bag: { CarrierUserPassword: 'changed-in-portal' } }, 'changed-in-portal'],
    ['carrierMainLine', { sbcInfo: { carrierMainLine: 'second' } }, 'second'],
    ['carrierMainLine', { bag: { CarierMailLine: 'second' } }, 'second'],
    ['carrierHostName', { sbcInfo: { carrierHostName: 'other.example.net' } }, 'other.example.net'],
    ['onlinePstnGateway', { top: { onlinePstnGateway: 'branch-07.sbc2.example.net' } }, 'branch-07.sbc2.example.net'],
    ['sbcScripts', { scripts: { onboardingScript: 1 } }, { ...declared.sbcScripts, onboardingScript: 1 }],
    ['sbcScripts', { scripts: { cleanupScript: 1 } }, { ...declared.sbcScripts, cleanupScript: 1 }],
    ['sbcScripts', { bag: { Carrier: 'y' } }, { ...declared.sbcScripts, customerVariables: { Carrier: 'y' } }],
    ['m365Scripts', { m365: { cleanupScript: 5 } }, { configureM365Routing: true, cleanupScript: 5 }]
  ]
  const had: Args = { ...declared, m365Scripts: { configureM365Routing: true, cleanupScript: 4 } }
  for (const [key, change, live] of rows) {
    it(`${key}: ${JSON.stringify(change)}`, () => {
      assert.deepStrictEqual(
        refreshed(answerWith({ m365: { cleanupScript: 4 }, ...change }), had),
        drift(key, live, had)
      )
    })
  }

  it('is seen in every input that an answer tells', () => {
    assert.deepStrictEqual([...new Set(rows.map(([key]) => key))].sort(), [...readable].sort())
  })

  it('is seen in several inputs at once, and leaves the others as they were', () => {
    const answer = answerWith({ sbcInfo: { sbcId: 4, cacProfile: '1 session' }, bag: { CarrierUserPassword: 'other' } })
    assert.deepStrictEqual(refreshed(answer), {
      args: { ...declared, sbcId: 4, cacProfile: '1 session', carrierUserPassword: 'other' },
      drift: ['sbcId', 'cacProfile', 'carrierUserPassword']
    })
  })

  it('is not seen in what is not managed', () => {
    const little = { siteName: 'branch-07' } as const
    const answer = answerWith({ sbcInfo: { sbcId: 4 }, bag: { CarrierUserPassword: 'other' } })
    assert.deepStrictEqual(refreshed(answer, little), noDrift(little))
  })
})

describe('Live: configuration type', () => {
  const rows: ReadonlyArray<readonly [wire: unknown, live: SipConnectionArgs['sbcConfigurationType']]> = [
    [1, 'SipTrunk'],
    ['1', 'SipTrunk'],
    ['SipTrunk', 'SipTrunk'],
    ['SIP Trunk', 'SipTrunk'],
    ['siptrunk', 'SipTrunk'],
    [2, 'IpPbx'],
    ['IPPBX', 'IpPbx'],
    ['IP-PBX', 'IpPbx'],
    [3, 'Byoc'],
    ['BYOC', 'Byoc'],
    [0, undefined],
    ['0', undefined],
    ['Unknown', undefined],
    [7, undefined],
    ['', undefined],
    [null, undefined],
    ['constructor', undefined]
  ]
  for (const [wire, live] of rows) {
    it(`${JSON.stringify(wire)} ${live === undefined ? 'says nothing' : `is ${live}`}`, () => {
      const answer = answerWith({ sbcInfo: { sbcConfigurationType: wire } })
      for (const had of ['SipTrunk', 'IpPbx', 'Byoc', 'Unknown'] as const) {
        const args = { sbcConfigurationType: had }
        assert.deepStrictEqual(
          refreshed(answer, args),
          live === undefined || live === had ? noDrift(args) : drift('sbcConfigurationType', live, args)
        )
      }
    })
  }
})

describe('Live: gateway and host name', () => {
  const rows: ReadonlyArray<readonly [declared: string, live: string, same: boolean]> = [
    ['sbc1.example.net', 'sbc1.example.net', true],
    ['sbc1.example.net', 'SBC1.Example.NET', true],
    ['SBC1.example.net.', 'sbc1.example.net', true],
    ['sbc1.example.net', 'sbc1.example.net.', true],
    ['sbc1.example.net', 'branch-07.sbc1.example.net', true],
    ['sbc1.example.net.', 'Branch-07.SBC1.example.net', true],
    ['sbc1.example.net', 'b.sbc1.example.net', true],
    ['sbc1.example.net', 'a.b.sbc1.example.net', false],
    ['sbc1.example.net', 'xsbc1.example.net', false],
    ['sbc1.example.net', 'sbc1.example.net.evil', false],
    ['sbc1.example.net', 'sbc2.example.net', false],
    ['sbc1.example.net', 'example.net', false],
    ['branch-07.sbc1.example.net', 'sbc1.example.net', false],
    ['sbc1.example.net', '.sbc1.example.net', false],
    ['sbc1.example.net', '', false]
  ]
  for (const [onlinePstnGateway, live, same] of rows) {
    it(`${onlinePstnGateway} read as ${live || '(empty)'}: ${same ? 'the same' : 'another one'}`, () => {
      const had = { onlinePstnGateway }
      assert.deepStrictEqual(
        refreshed(answerWith({ top: { onlinePstnGateway: live } }), had),
        same ? noDrift(had) : drift('onlinePstnGateway', live, had)
      )
    })
  }

  it('a host name has no case, and no label of its own', () => {
    const had = { carrierHostName: 'sip.example.net' }
    assert.deepStrictEqual(
      refreshed(answerWith({ sbcInfo: { carrierHostName: 'SIP.Example.net' } }), had),
      noDrift(had)
    )
    assert.deepStrictEqual(
      refreshed(answerWith({ sbcInfo: { carrierHostName: 'a.sip.example.net' } }), had),
      drift('carrierHostName', 'a.sip.example.net', had)
    )
  })
})

describe('Live: the bag of variables', () => {
  it('a masked password says nothing', () => {
    for (const mask of ['***', '********', '••••••']) {
      assert.deepStrictEqual(refreshed(answerWith({ bag: { CarrierUserPassword: mask } })), noDrift())
    }
  })

  it('an absent or null password says nothing', () => {
    assert.deepStrictEqual(refreshed(answerWith({ bag: { CarrierUserPassword: null } })), noDrift())
    assert.deepStrictEqual(refreshed(answerWith({ scripts: { customerVariables: {} } })), noDrift())
  })

  it('the main line of the bag counts only when the field has none', () => {
    const both = answerWith({ sbcInfo: { carrierMainLine: 'main' }, bag: { CarierMailLine: 'other' } })
    assert.deepStrictEqual(refreshed(both), noDrift())
    const empty = answerWith({ sbcInfo: { carrierMainLine: '' } })
    assert.deepStrictEqual(refreshed(empty), noDrift())
    const nowhere = answerWith({ sbcInfo: { carrierMainLine: '' }, bag: { CarierMailLine: null } })
    assert.deepStrictEqual(refreshed(nowhere), drift('carrierMainLine', ''))
  })

  for (const [key, spellings] of Object.entries(bagSpellings)) {
    it(`${key} is known under ${spellings.join(', ')}, in any case`, () => {
      const names = spellings.flatMap((name) => [
        name,
        name.toUpperCase(),
        name.replace(/^(carr?ier|cac|proxy|online)/, '$1 ')
      ])
      assert.deepStrictEqual(
        names.map(echoedKey),
        names.map(() => key)
      )
    })
  }

  it('every other name is a variable of the user’s own', () => {
    assert.deepStrictEqual(
      ['Carrier', 'CustomVar.Variable1', 'CarrierUser', 'MyCarrierUserName', ''].map(echoedKey),
      Array(5).fill(undefined)
    )
    assert.deepStrictEqual(liveVariables(answerWith({})), sample.sbcInfo.sbcScripts.customerVariables)
    assert.deepStrictEqual(liveVariables(answerWith({ sbcInfo: { sbcScripts: null } })), {})
  })

  const variables = (bag: Readonly<Record<string, unknown>>, customerVariables: Readonly<Record<string, string>>) =>
    refreshed(answerWith({ scripts: { customerVariables: bag } }), { sbcScripts: { customerVariables } }).args
      .sbcScripts

  const rows: ReadonlyArray<
    readonly [
      name: string,
      bag: Readonly<Record<string, unknown>>,
      had: Readonly<Record<string, string>>,
      live: Readonly<Record<string, string>>
    ]
  > = [
    ['the same name', { Carrier: 'Red' }, { Carrier: 'Blue' }, { Carrier: 'Red' }],
    ['another case', { CARRIER: 'Red' }, { Carrier: 'Blue' }, { Carrier: 'Red' }],
    [
      'the same name before another case',
      { carrier: 'Green', Carrier: 'Red' },
      { Carrier: 'Blue' },
      { Carrier: 'Red' }
    ],
    ['positional names cannot be mapped', { 'CustomVar.Variable1': 'Red' }, { Carrier: 'Blue' }, { Carrier: 'Blue' }],
    [
      'positional names that are declared',
      { 'CustomVar.Variable1': 'Red' },
      { 'CustomVar.Variable1': 'Blue' },
      { 'CustomVar.Variable1': 'Red' }
    ],
    ['null', { Carrier: null }, { Carrier: 'Blue' }, { Carrier: 'Blue' }],
    ['masked', { Carrier: '****' }, { Carrier: 'Blue' }, { Carrier: 'Blue' }],
    ['empty', { Carrier: '' }, { Carrier: 'Blue' }, { Carrier: '' }],
    ['a number', { Carrier: 5 }, { Carrier: 'Blue' }, { Carrier: '5' }],
    ['undeclared', { Region: 'EU' }, { Carrier: 'Blue' }, { Carrier: 'Blue' }],
    ['a name that every object has', {}, { constructor: 'Blue' }, { constructor: 'Blue' }]
  ]
  for (const [name, bag, had, live] of rows) {
    it(`a declared variable and ${name}`, () =>
      assert.deepStrictEqual(variables(bag, had), { customerVariables: live }))
  }
})

describe('Live: scripts', () => {
  it('only the declared ones are compared', () => {
    const had = { sbcScripts: { cleanupScript: 12002 } }
    assert.deepStrictEqual(refreshed(answerWith({ scripts: { onboardingScript: 5 } }), had), noDrift(had))
    const other = { m365Scripts: { configureM365Routing: false } }
    assert.deepStrictEqual(
      refreshed(answerWith({ m365: { onboardingScript: 5, cleanupScript: 6 } }), other),
      noDrift(other)
    )
  })

  const flags: ReadonlyArray<readonly [had: boolean, wire: boolean | null, live: boolean]> = [
    [true, true, true],
    [true, false, true],
    [true, null, true],
    [false, true, true],
    [false, false, false],
    [false, null, false]
  ]
  for (const [configureM365Routing, wire, live] of flags) {
    it(`M365 routing declared ${configureM365Routing}, read ${wire}: ${live === configureM365Routing ? 'no drift' : 'drift'}`, () => {
      const had = { m365Scripts: { configureM365Routing, onboardingScript: 1 } }
      const answer = answerWith({ m365: { flagConfigureM365Routing: wire, onboardingScript: 1 } })
      assert.deepStrictEqual(
        refreshed(answer, had),
        live === configureM365Routing
          ? noDrift(had)
          : drift('m365Scripts', { configureM365Routing: live, onboardingScript: 1 }, had)
      )
    })
  }

  it('M365 scripts that differ are drift', () => {
    const had = { m365Scripts: { configureM365Routing: true, onboardingScript: 1, cleanupScript: 2 } }
    assert.deepStrictEqual(
      refreshed(answerWith({ m365: { onboardingScript: 5, cleanupScript: 6 } }), had),
      drift('m365Scripts', { configureM365Routing: true, onboardingScript: 5, cleanupScript: 6 }, had)
    )
  })
})

describe('Live: a look without a state', () => {
  const look = liveArgs(answerWith({}), {}, visibleKeys)

  it('gives what can be read, and neither passwords nor variables', () => {
    assert.deepStrictEqual(look, {
      siteName: 'branch-07',
      sbcId: 3,
      configureSbc: true,
      cacProfile: '20 sessions',
      carrierUserName: 'u-100',
      carrierMainLine: 'main',
      carrierHostName: 'sip.example.net',
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
      m365Scripts: { configureM365Routing: false },
      onlinePstnGateway: 'branch-07.sbc1.example.net'
    })
    assert.deepStrictEqual(secretsAt(look, secretPlaces), [])
    assert.ok(!JSON.stringify(look).includes('made-up-password'))
  })

  it('looks at the readable inputs that are not secret', () => {
    assert.deepStrictEqual(
      visibleKeys,
      readable.filter((key) => key !== 'carrierUserPassword')
    )
  })
})

describe('Live: untoldKeys', () => {
  const rows: ReadonlyArray<
    readonly [name: string, change: Parameters<typeof answerWith>[0], keys: ReadonlyArray<ArgKey>]
  > = [
    ['the sample', {}, ['sbcConfigurationType']],
    ['a configuration type', { sbcInfo: { sbcConfigurationType: 3 } }, []],
    ['a masked password', { bag: { CarrierUserPassword: '****' } }, ['sbcConfigurationType', 'carrierUserPassword']],
    ['no main line', { bag: { CarierMailLine: null } }, ['sbcConfigurationType', 'carrierMainLine']],
    [
      'no gateway and no M365 side',
      { top: { onlinePstnGateway: null, m365Info: null } },
      ['sbcConfigurationType', 'm365Scripts', 'onlinePstnGateway']
    ],
    [
      'no SBC side',
      { top: { sbcInfo: null } },
      readable.filter((key) => !['siteName', 'm365Scripts', 'onlinePstnGateway'].includes(key))
    ]
  ]
  for (const [name, change, keys] of rows) {
    it(`${name}: those of the given inputs whose value is not told`, () => {
      assert.deepStrictEqual([...untoldKeys(answerWith(change), declared, argKeys)].sort(), [...keys, ...untold].sort())
      assert.deepStrictEqual(untoldKeys(answerWith(change), declared, ['siteName', 'phones']), ['phones'])
      assert.deepStrictEqual(untoldKeys(answerWith(change), declared, []), [])
    })
  }
})

describe('Live: stillSet', () => {
  const rows: ReadonlyArray<
    readonly [
      key: ArgKey,
      set: Parameters<typeof answerWith>[0],
      cleared: ReadonlyArray<Parameters<typeof answerWith>[0]>
    ]
  > = [
    ['cacProfile', {}, [{ sbcInfo: { cacProfile: '' } }, { sbcInfo: { cacProfile: null } }]],
    ['carrierUserName', {}, [{ sbcInfo: { carrierUserName: '' } }, { sbcInfo: { carrierUserName: null } }]],
    [
      'carrierUserPassword',
      {},
      [
        { bag: { CarrierUserPassword: '' } },
        { bag: { CarrierUserPassword: null } },
        { bag: { CarrierUserPassword: '*****' } }
      ]
    ],
    [
      'carrierMainLine',
      {},
      [
        { bag: { CarierMailLine: '' } },
        { bag: { CarierMailLine: null } },
        { sbcInfo: { carrierMainLine: '' }, bag: { CarierMailLine: '' } },
        { sbcInfo: { carrierMainLine: '' }, bag: { CarierMailLine: null } }
      ]
    ],
    ['carrierHostName', {}, [{ sbcInfo: { carrierHostName: '' } }, { sbcInfo: { carrierHostName: null } }]],
    ['onlinePstnGateway', {}, [{ top: { onlinePstnGateway: '' } }, { top: { onlinePstnGateway: null } }]],
    [
      'configureSbc',
      { sbcInfo: { flagConfigureSbc: false } },
      [{ sbcInfo: { flagConfigureSbc: true } }, { sbcInfo: { flagConfigureSbc: null } }]
    ]
  ]
  for (const [key, set, cleared] of rows) {
    it(`${key}: a value that the platform keeps, and one that is gone`, () => {
      assert.deepStrictEqual(
        [stillSet(answerWith(set), [key]), ...cleared.map((change) => stillSet(answerWith(change), [key]))],
        [[key], ...cleared.map(() => [])]
      )
    })
  }

  it('what the platform does not tell is not known to be kept', () => {
    assert.deepStrictEqual(stillSet(talkative, ['customerGuid', ...untold]), [])
  })
})

describe('Live: any connection', () => {
  it('a refresh ends in a state that the same answer agrees with', () => {
    const answers = fc.constantFrom(
      answerWith({}),
      answerWith({
        sbcInfo: { sbcConfigurationType: 3, sbcId: 9, carrierMainLine: 'x' },
        bag: { CarrierUserPassword: '***' }
      }),
      answerWith({
        scripts: { onboardingScript: null, customerVariables: { a: 'b' } },
        m365: { flagConfigureM365Routing: true, cleanupScript: 4 }
      }),
      answerWith({ top: { sbcInfo: null, m365Info: null, onlinePstnGateway: null } })
    )
    check(
      fc.property(answers, sipConnectionArgs(), (answer, args) => {
        const once = refreshed(answer, args)
        const keys = managedKeysOf(args)
        assert.deepStrictEqual(Object.keys(once.args).sort(), [...keys].sort())
        assert.deepStrictEqual(refreshed(answer, once.args), noDrift(once.args))
        assert.deepStrictEqual(
          keys.filter((key) => JSON.stringify(once.args[key]) !== JSON.stringify(args[key])),
          once.drift
        )
      }),
      300
    )
  })
})
