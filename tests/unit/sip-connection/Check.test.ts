import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { type ConfigError, configError } from '../../../provider/Errors'
import type { Settings } from '../../../provider/Settings'
import { type ArgKey, argKeys } from '../../../provider/sip-connection/Args'
import { check as checkInputs } from '../../../provider/sip-connection/Check'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import {
  allArgs,
  canaryJson,
  customerGuid,
  defaults,
  leastArgs,
  otherCustomerGuid,
  singsOf,
  sipConnectionArgs,
  siteGuid,
  without
} from '../support'

type Inputs = Readonly<Record<string, unknown>>

const fields: E.Either<ConfigError, Settings> = E.right(defaults)
const scriptParameters: E.Either<ConfigError, Settings> = E.right({ ...defaults, modifyBody: 'scriptParameters' })
const broken: E.Either<ConfigError, Settings> = E.left(configError('Missing configuration x.'))

/** The failures of a new connection. */
const ofNew = (news: Inputs, settings = fields) => checkInputs({}, news, settings).failures
/** The failures of a connection that exists. */
const ofOld = (olds: Inputs, news: Inputs, settings = fields) => checkInputs(olds, news, settings).failures

const theInputs = `the inputs are ${Object.keys(allArgs).join(', ')}`

describe('Check: what is accepted', () => {
  it('the least, every input, and the same again', () => {
    for (const [olds, news] of [
      [{}, leastArgs],
      [{}, allArgs],
      [leastArgs, leastArgs],
      [allArgs, allArgs]
    ] as const) {
      assert.deepStrictEqual(checkInputs(olds, news, fields), { inputs: news, failures: [] })
    }
  })

  it('brings the inputs into canonical form', () => {
    assert.deepStrictEqual(
      checkInputs(
        {},
        {
          ...leastArgs,
          customerGuid: customerGuid.toUpperCase(),
          adopt: siteGuid.toUpperCase(),
          enableCac: false,
          carrierRegistration: false,
          dialPlanPrefixes: [{ dialPlanName: 'Plan', index: 1 }]
        },
        fields
      ),
      {
        inputs: {
          ...leastArgs,
          adopt: siteGuid,
          enableCac: false,
          carrierRegistration: false,
          dialPlanPrefixes: [{ dialPlanName: 'Plan', index: 1, active: true }]
        },
        failures: []
      }
    )
  })

  it('takes null and undefined for "not declared", everywhere', () => {
    const nothing = Object.fromEntries(argKeys.map((key, index) => [key, index % 2 === 0 ? null : undefined]))
    const scripts = { ...leastArgs.sbcScripts, customerVariables: null }
    assert.deepStrictEqual(
      checkInputs(nothing, { ...nothing, ...leastArgs, sbcScripts: scripts, made_up: null }, fields),
      {
        inputs: leastArgs,
        failures: []
      }
    )
    assert.deepStrictEqual(ofNew(nothing), [
      'customerGuid: is required',
      'siteName: is required',
      'sbcId: is required',
      ofNew({})[3]
    ])
  })

  it('any valid inputs, in the same form as they are given, new or old', () => {
    check(
      fc.property(sipConnectionArgs(), (args) => {
        const expected = { inputs: args, failures: [] }
        assert.deepStrictEqual(checkInputs({}, { ...args }, fields), expected)
        assert.deepStrictEqual(checkInputs({ ...args }, { ...args }, fields), expected)
      }),
      200
    )
  })
})

describe('Check: all faults at once', () => {
  const everythingWrong: Inputs = {
    customerGuid: 'x',
    siteName: '',
    sbcId: 0,
    sbcConfigurationType: 'x',
    configureSbc: 'x',
    enableCac: 1,
    cacProfile: '',
    carrierRegistration: 0,
    carrierUserName: ' ',
    carrierUserPassword: '€',
    carrierPasswordDpi: '',
    carrierMainLine: 'a@b',
    carrierHostName: 'a b',
    phones: ['x', 'y'],
    dialPlanPrefixes: [{ index: -1 }],
    sbcScripts: { onboardingScript: 'x', cleanupScript: 0 },
    m365Scripts: {},
    onlinePstnGateway: 'x',
    proxySet: '',
    adopt: 'x',
    allow: ['x'],
    sitename: 'x',
    zzzzz: 'x'
  }

  it('one line an input, each with its path first', () => {
    const uuid = 'expected a uuid such as 11111111-2222-3333-4444-555555555555'
    const phone = 'expected 3 to 15 digits, with or without a "+" in front'
    assert.deepStrictEqual(ofNew(everythingWrong), [
      `customerGuid: ${uuid}`,
      'siteName: is empty; expected the name of the connection, or leave it out',
      'sbcId: expected a whole number from 1',
      'sbcConfigurationType: expected one of SipTrunk, IpPbx, Byoc, Unknown',
      'configureSbc: expected true or false',
      'enableCac: expected true or false',
      'cacProfile: is empty; expected the name of a CAC profile such as "10 sessions", or leave it out',
      'carrierRegistration: expected true or false',
      'carrierUserName: has a blank at an end; remove it (the digest user name)',
      'carrierUserPassword: has a wide character at position 1; only characters up to U+00FF are allowed',
      'carrierPasswordDpi: is empty; expected the DPI password, or leave it out',
      'carrierMainLine: expected the user part alone, without scheme and "@" (the host goes to carrierHostName)',
      'carrierHostName: expected a host name such as sip.example.net, or an IPv4 address',
      `phones[0]: ${phone}; phones[1]: ${phone}`,
      'dialPlanPrefixes[0].dialPlanName: expected a text; dialPlanPrefixes[0].index: expected a whole number from 0',
      'sbcScripts.onboardingScript: expected a whole number from 1; sbcScripts.cleanupScript: expected a whole number from 1',
      'm365Scripts.configureM365Routing: expected true or false',
      'onlinePstnGateway: expected a fully qualified domain name such as sbc1.example.net',
      'proxySet: is empty; expected the name of a proxy set, or leave it out',
      'adopt: expected true, false or a site id (uuid)',
      'allow[0]: expected one of rename, sbcMove, clearPhones',
      'sitename: unknown input; did you mean siteName?',
      `zzzzz: unknown input; ${theInputs}`
    ])
  })

  it('what is wrong is given back as it is, for the engine to show', () => {
    assert.deepStrictEqual(checkInputs({}, everythingWrong, fields).inputs, everythingWrong)
  })

  it('the fault of the configuration comes first, and the others with it', () => {
    assert.deepStrictEqual(ofNew({ ...leastArgs, sbcId: 0 }, broken), [
      'Missing configuration x.',
      'sbcId: expected a whole number from 1'
    ])
    assert.deepStrictEqual(ofNew(leastArgs, broken), ['Missing configuration x.'])
  })

  it('faults of form and of meaning share the line of their input', () => {
    assert.deepStrictEqual(
      ofNew({
        ...leastArgs,
        enableCac: true,
        phones: ['123', '456', '123', '456'],
        dialPlanPrefixes: [
          { dialPlanName: 'A', index: 1 },
          { dialPlanName: 'A', index: 1, active: false },
          { dialPlanName: 'B', index: 1 },
          { dialPlanName: 'A', index: 2 }
        ],
        sbcScripts: {}
      }),
      [
        'enableCac: true needs cacProfile, e.g. "10 sessions"; declare it, or set enableCac to false',
        'sbcScripts: onboardingScript and cleanupScript are required for a new connection (script id, see Get Script Templates)',
        'dialPlanPrefixes[1]: has the same dialPlanName and index as [0]; give each prefix an index of its own',
        'phones[2]: is the same number as [0]; remove one; phones[3]: is the same number as [1]; remove one'
      ]
    )
  })
})

describe('Check: unknown inputs', () => {
  const rows: ReadonlyArray<readonly [name: string, nearest: ArgKey]> = [
    ['sitename', 'siteName'],
    ['siteNames', 'siteName'],
    ['SiteName', 'siteName'],
    ['sbcID', 'sbcId'],
    ['customerGUID', 'customerGuid'],
    ['carrierUserPasword', 'carrierUserPassword'],
    ['carrierUsername', 'carrierUserName'],
    ['enableCAC', 'enableCac'],
    ['CacProfile', 'cacProfile'],
    ['phone', 'phones'],
    ['dialPlanPrefix', 'dialPlanPrefixes'],
    ['m365Script', 'm365Scripts'],
    ['onlinePstnGateways', 'onlinePstnGateway'],
    ['adapt', 'adopt'],
    ['alow', 'allow'],
    // As far away as half of the name is long.
    ['adxp', 'adopt'],
    ['phes', 'phones'],
    ['adopttt', 'adopt']
  ]
  for (const [name, nearest] of rows) {
    it(`${name}: did you mean ${nearest}?`, () => {
      assert.deepStrictEqual(ofNew({ ...leastArgs, [name]: 'x' }), [`${name}: unknown input; did you mean ${nearest}?`])
    })
  }

  for (const name of ['adxxp', 'ado', 'zzzzz', '', 'x', 'toString', 'constructor', '😀', 'sbc']) {
    it(`${name || '(empty)'}: is near to none, so all are named`, () => {
      assert.deepStrictEqual(ofNew({ ...leastArgs, [name]: 'x' }), [`${name}: unknown input; ${theInputs}`])
    })
  }

  it('any other name is one failure that names one input or all', () => {
    check(
      fc.property(
        fc.string().filter((name) => !(argKeys as ReadonlyArray<string>).includes(name) && name !== '__proto__'),
        (name) => {
          const [failure = '', ...more] = ofNew({ ...leastArgs, [name]: 'x' })
          const said = failure.slice(`${name}: unknown input; `.length)
          return (
            more.length === 0 &&
            failure.startsWith(`${name}: unknown input; `) &&
            [theInputs, ...argKeys.map((key) => `did you mean ${key}?`)].includes(said)
          )
        }
      )
    )
  })
})

describe('Check: what a new connection needs', () => {
  const scriptsMissing =
    'sbcScripts: is required for a new connection: { onboardingScript, cleanupScript } (script ids, see Get Script Templates)'
  const scriptMissing = (names: string) =>
    `sbcScripts: ${names} required for a new connection (script id, see Get Script Templates)`
  const noScripts = without(leastArgs, 'sbcScripts')
  const adopting = { enableCac: false, carrierRegistration: false }

  const rows: ReadonlyArray<readonly [name: string, olds: Inputs, news: Inputs, failures: ReadonlyArray<string>]> = [
    [
      'nothing at all',
      {},
      {},
      ['customerGuid: is required', 'siteName: is required', 'sbcId: is required', scriptsMissing]
    ],
    ['no scripts', {}, noScripts, [scriptsMissing]],
    ['one script', {}, { ...noScripts, sbcScripts: { cleanupScript: 1 } }, [scriptMissing('onboardingScript is')]],
    [
      'the other script',
      {},
      { ...noScripts, sbcScripts: { onboardingScript: 1 } },
      [scriptMissing('cleanupScript is')]
    ],
    ['no scripts, explicitly not adopting', {}, { ...noScripts, adopt: false }, [scriptsMissing]],
    ['no scripts, adopting', {}, { ...noScripts, ...adopting, adopt: true }, []],
    ['no scripts, adopting a site', {}, { ...noScripts, ...adopting, adopt: siteGuid }, []],
    ['no scripts, an existing connection', noScripts, noScripts, []],
    [
      'no scripts at the second check of a replacement',
      {},
      { ...noScripts, customerGuid: otherCustomerGuid },
      [scriptsMissing]
    ],
    [
      'no scripts at the first check of a replacement',
      noScripts,
      { ...noScripts, customerGuid: otherCustomerGuid },
      [scriptsMissing]
    ],
    [
      'no scripts at a replacement that adopts what it may not find',
      noScripts,
      { ...noScripts, ...adopting, customerGuid: otherCustomerGuid, adopt: true },
      [scriptsMissing]
    ],
    [
      'no scripts at a replacement that adopts a site',
      noScripts,
      { ...noScripts, ...adopting, customerGuid: otherCustomerGuid, adopt: siteGuid },
      []
    ],
    [
      'no scripts at a replacement whose adopt is not known yet',
      noScripts,
      { ...noScripts, ...adopting, customerGuid: otherCustomerGuid, adopt: unknowns.string },
      []
    ],
    [
      'malformed scripts are told once',
      {},
      { ...noScripts, sbcScripts: 5 },
      ['sbcScripts: expected an object with onboardingScript, cleanupScript and customerVariables']
    ],
    [
      'the customer missing although it was there',
      leastArgs,
      without(leastArgs, 'customerGuid'),
      ['customerGuid: is required']
    ]
  ]
  for (const [name, olds, news, failures] of rows) {
    it(name, () => assert.deepStrictEqual(ofOld(olds, news), failures))
  }

  const scripts = [
    unknowns.object,
    { onboardingScript: unknowns.number, cleanupScript: unknowns.number },
    { onboardingScript: 1, cleanupScript: unknowns.string }
  ]
  for (const sbcScripts of scripts) {
    it(`scripts that are not known yet are there: ${JSON.stringify(sbcScripts)}`, () => {
      assert.deepStrictEqual(checkInputs({}, { ...noScripts, sbcScripts }, fields), {
        inputs: { ...noScripts, sbcScripts },
        failures: []
      })
    })
  }

  it('a customer that is not known yet may be the same one, so its scripts are not asked for', () => {
    assert.deepStrictEqual(ofOld(noScripts, { ...noScripts, customerGuid: unknowns.string }), [])
    assert.deepStrictEqual(ofNew({ ...noScripts, customerGuid: unknowns.string }), [scriptsMissing])
  })
})

describe('Check: inputs that need others', () => {
  const cac = 'enableCac: true needs cacProfile, e.g. "10 sessions"; declare it, or set enableCac to false'
  const registration = (missing: string, them: string) =>
    `carrierRegistration: true needs ${missing}; declare ${them}, or set carrierRegistration to false`
  const carrier = {
    carrierMainLine: 'main',
    carrierHostName: 'sip.example.net',
    carrierUserName: 'u',
    carrierUserPassword: 'made-up'
  }
  const adopt = (missing: string, them: string) =>
    `adopt: needs ${missing} to be declared, since the platform does not return ${them}: confirm the value in the portal and write it out`

  const rows: ReadonlyArray<readonly [name: string, more: Inputs, failures: ReadonlyArray<string>]> = [
    ['enableCac without a profile', { enableCac: true }, [cac]],
    ['enableCac with a null profile', { enableCac: true, cacProfile: null }, [cac]],
    ['enableCac with a profile', { enableCac: true, cacProfile: '10 sessions' }, []],
    ['enableCac with a profile that is not known yet', { enableCac: true, cacProfile: unknowns.string }, []],
    ['enableCac not known yet', { enableCac: unknowns.bool }, []],
    ['no CAC', { enableCac: false }, []],
    ['a profile alone', { cacProfile: '10 sessions' }, []],

    [
      'registration alone',
      { carrierRegistration: true },
      [registration('carrierMainLine, carrierHostName, carrierUserName, carrierUserPassword', 'them')]
    ],
    ...(['carrierMainLine', 'carrierHostName', 'carrierUserName', 'carrierUserPassword'] as const).flatMap(
      (key): ReadonlyArray<readonly [string, Inputs, ReadonlyArray<string>]> => [
        [
          `registration without ${key}`,
          { carrierRegistration: true, ...carrier, [key]: null },
          [registration(key, 'it')]
        ],
        [
          `registration with a ${key} that is not known yet`,
          { carrierRegistration: true, ...carrier, [key]: unknowns.string },
          []
        ]
      ]
    ),
    [
      'registration without two of them',
      { carrierRegistration: true, ...carrier, carrierHostName: null, carrierUserName: null },
      [registration('carrierHostName, carrierUserName', 'them')]
    ],
    ['registration with everything', { carrierRegistration: true, ...carrier }, []],
    ['registration not known yet', { carrierRegistration: unknowns.bool }, []],
    ['no registration', { carrierRegistration: false }, []],
    ['carrier fields alone', carrier, []],

    ['adopt alone', { adopt: true }, [adopt('enableCac and carrierRegistration', 'them')]],
    ['adopt of a site alone', { adopt: siteGuid }, [adopt('enableCac and carrierRegistration', 'them')]],
    ['adopt with enableCac', { adopt: true, enableCac: false }, [adopt('carrierRegistration', 'it')]],
    ['adopt with carrierRegistration', { adopt: true, carrierRegistration: false }, [adopt('enableCac', 'it')]],
    ['adopt with both', { adopt: true, enableCac: false, carrierRegistration: false }, []],
    [
      'adopt with both not known yet',
      { adopt: true, enableCac: unknowns.bool, carrierRegistration: unknowns.bool },
      []
    ],
    ['no adopt', { adopt: false }, []]
  ]
  for (const [name, more, failures] of rows) {
    it(name, () => {
      assert.deepStrictEqual(ofNew({ ...leastArgs, ...more }), failures)
      assert.deepStrictEqual(ofOld(leastArgs, { ...leastArgs, ...more }), failures)
    })
  }
})

describe('Check: no prefix and no number twice', () => {
  const prefix = { dialPlanName: 'A', index: 1 }
  const rows: ReadonlyArray<readonly [name: string, more: Inputs, failures: ReadonlyArray<string>]> = [
    ['the same index of two plans', { dialPlanPrefixes: [prefix, { ...prefix, dialPlanName: 'B' }] }, []],
    ['two indexes of one plan', { dialPlanPrefixes: [prefix, { ...prefix, index: 2 }] }, []],
    [
      'names and indexes that only look alike',
      {
        dialPlanPrefixes: [
          { dialPlanName: 'A1', index: 1 },
          { dialPlanName: 'A', index: 11 }
        ]
      },
      []
    ],
    [
      'names that are not known yet',
      {
        dialPlanPrefixes: [
          { ...prefix, dialPlanName: unknowns.string },
          { ...prefix, dialPlanName: unknowns.string }
        ]
      },
      []
    ],
    ['prefixes that are not known yet', { dialPlanPrefixes: [unknowns.object, unknowns.object] }, []],
    ['numbers that are not known yet', { phones: [unknowns.string, unknowns.string] }, []],
    [
      'the same plan and index',
      { dialPlanPrefixes: [prefix, { dialPlanName: 'B', index: 1 }, { ...prefix, active: false }] },
      ['dialPlanPrefixes[2]: has the same dialPlanName and index as [0]; give each prefix an index of its own']
    ],
    ['the same number', { phones: ['123', '+123', '123'] }, ['phones[2]: is the same number as [0]; remove one']]
  ]
  for (const [name, more, failures] of rows) {
    it(name, () => assert.deepStrictEqual(ofNew({ ...leastArgs, ...more }), failures))
  }
})

describe('Check: dangerous changes', () => {
  const rename =
    'siteName: differs from the name in state: the platform does not document whether the field renames a connection or selects another one. ' +
    'If that is meant, declare allow: ["rename"]'
  const move =
    'sbcId: differs from the SBC in state: the old SBC may keep its IP group and its carrier registration, so that calls go both ways. ' +
    'If that is meant, declare allow: ["sbcMove"]'
  const clear =
    'phones: would take all numbers from the connection: calls to them would fail. If that is meant, declare allow: ["clearPhones"]'
  const withPhones = { ...leastArgs, phones: ['123'] }
  const noPhones = { ...leastArgs, phones: [] }

  const rows: ReadonlyArray<
    readonly [name: string, olds: Inputs, news: Inputs, failures: ReadonlyArray<string>, word: string]
  > = [
    ['another name', leastArgs, { ...leastArgs, siteName: 'branch-08' }, [rename], 'rename'],
    ['a name in another case', leastArgs, { ...leastArgs, siteName: 'Branch-07' }, [rename], 'rename'],
    ['another SBC', leastArgs, { ...leastArgs, sbcId: 4 }, [move], 'sbcMove'],
    ['an empty list of numbers', withPhones, noPhones, [clear], 'clearPhones'],
    ['numbers that are no longer declared', withPhones, leastArgs, [clear], 'clearPhones'],
    ['numbers that are null', withPhones, { ...leastArgs, phones: null }, [clear], 'clearPhones']
  ]
  for (const [name, olds, news, failures, word] of rows) {
    const others = ['rename', 'sbcMove', 'clearPhones'].filter((each) => each !== word)
    it(`${name} needs its word in allow, and no other`, () => {
      assert.deepStrictEqual(
        {
          without: ofOld(olds, news),
          none: ofOld(olds, { ...news, allow: [] }),
          others: ofOld(olds, { ...news, allow: others }),
          word: ofOld(olds, { ...news, allow: [word] }),
          all: ofOld(olds, { ...news, allow: [...others, word] }),
          listNotKnownYet: ofOld(olds, { ...news, allow: unknowns.array }),
          wordOfState: ofOld({ ...olds, allow: [word] }, news)
        },
        {
          without: failures,
          none: failures,
          others: failures,
          word: [],
          all: [],
          listNotKnownYet: [],
          wordOfState: failures
        }
      )
    })
    if ('phones' in news && news.phones !== null) continue
    it(`${name} is no change of a new connection, nor of a replacement`, () => {
      const other = { ...news, customerGuid: otherCustomerGuid }
      assert.deepStrictEqual([ofNew(news), ofOld(olds, other), ofNew(other)], [[], [], []])
    })
    it(`${name} is not judged when the customer is not known yet`, () => {
      assert.deepStrictEqual(ofOld(olds, { ...news, customerGuid: unknowns.string }), [])
    })
  }

  const emptyList =
    'phones: an empty list takes all numbers from the connection: calls to them would fail. If that is meant, declare allow: ["clearPhones"]'
  const emptyLists: ReadonlyArray<readonly [name: string, olds: Inputs, more: Inputs]> = [
    ['of a new connection, which may be one that is taken over', {}, {}],
    ['of a connection whose numbers were not managed', leastArgs, {}],
    ['of a replacement', withPhones, { customerGuid: otherCustomerGuid }],
    ['when the customer is not known yet', withPhones, { customerGuid: unknowns.string }]
  ]
  for (const [name, olds, more] of emptyLists) {
    it(`an empty list of numbers ${name} needs its word too`, () => {
      const news = { ...noPhones, ...more }
      const allowing = (allow: unknown) => ofOld(olds, { ...news, allow })
      assert.deepStrictEqual(
        [
          ofOld(olds, news),
          allowing(['rename', 'sbcMove']),
          allowing(['clearPhones']),
          allowing(unknowns.array),
          allowing([unknowns.string])
        ],
        [[emptyList], [emptyList], [], [], []]
      )
    })
  }

  const harmless: ReadonlyArray<readonly [name: string, olds: Inputs, news: Inputs]> = [
    ['no change', withPhones, withPhones],
    ['other numbers', withPhones, { ...leastArgs, phones: ['456'] }],
    ['numbers that are not known yet', withPhones, { ...leastArgs, phones: unknowns.array }],
    ['one number that is not known yet', withPhones, { ...leastArgs, phones: [unknowns.string] }],
    ['a name that is not known yet', leastArgs, { ...leastArgs, siteName: unknowns.string }],
    ['an SBC that is not known yet', leastArgs, { ...leastArgs, sbcId: unknowns.number }],
    ['no numbers, as before', noPhones, noPhones],
    ['no numbers, and none declared', noPhones, leastArgs],
    ['the first numbers', leastArgs, withPhones]
  ]
  for (const [name, olds, news] of harmless) {
    it(`${name} needs no word`, () => assert.deepStrictEqual(ofOld(olds, news), []))
  }

  it('two of them come at once', () => {
    assert.deepStrictEqual(ofOld(withPhones, { ...leastArgs, siteName: 'branch-08', sbcId: 4 }), [rename, move, clear])
  })
})

describe('Check: adopt at a replacement', () => {
  const adopting = { ...leastArgs, enableCac: false, carrierRegistration: false, adopt: siteGuid }
  const other = { ...adopting, customerGuid: otherCustomerGuid }
  const failure =
    'adopt: names the connection of the old customer, which this replacement deletes; remove it, or name a connection of the new customer'

  const rows: ReadonlyArray<readonly [name: string, olds: Inputs, news: Inputs, failures: ReadonlyArray<string>]> = [
    ['the same connection', adopting, other, [failure]],
    ['the same connection in capitals', adopting, { ...other, adopt: siteGuid.toUpperCase() }, [failure]],
    ['another connection', { ...adopting, adopt: customerGuid }, other, []],
    ['no connection before', { ...adopting, adopt: true }, other, []],
    ['true', adopting, { ...other, adopt: true }, []],
    ['not known yet', adopting, { ...other, adopt: unknowns.string }, []],
    ['the same connection of the same customer', adopting, adopting, []],
    [
      'the same connection of a customer that is not known yet',
      adopting,
      { ...adopting, customerGuid: unknowns.string },
      []
    ],
    ['at the second check', {}, other, []]
  ]
  for (const [name, olds, news, failures] of rows) {
    it(name, () => assert.deepStrictEqual(ofOld(olds, news), failures))
  }
})

describe('Check: variables that are inputs', () => {
  const withVariables = (customerVariables: unknown): Inputs => ({
    ...leastArgs,
    sbcScripts: { ...leastArgs.sbcScripts, customerVariables }
  })
  const failure = (name: string, key: string) =>
    `sbcScripts.customerVariables.${name}: is the carrier field that the input ${key} declares; use that`

  const rows: ReadonlyArray<readonly [name: string, key: ArgKey]> = [
    ['CarrierUserPassword', 'carrierUserPassword'],
    ['carrieruserpassword', 'carrierUserPassword'],
    ['CarierMailLine', 'carrierMainLine'],
    ['CarrierUserName', 'carrierUserName'],
    ['CarrierHostName', 'carrierHostName'],
    ['Cac Profile', 'cacProfile'],
    ['OnlinePstnGateway', 'onlinePstnGateway'],
    ['ProxySet', 'proxySet']
  ]
  for (const [name, key] of rows) {
    it(`${name} is ${key}`, () => {
      assert.deepStrictEqual(ofNew(withVariables({ [name]: 'x', Carrier: 'Blue' })), [failure(name, key)])
      assert.deepStrictEqual(ofNew(withVariables({ [name]: unknowns.string })), [failure(name, key)])
    })
  }

  it('several of them share the line of the scripts', () => {
    assert.deepStrictEqual(ofNew(withVariables({ ProxySet: 'x', CacProfile: 'y' })), [
      `${failure('ProxySet', 'proxySet')}; ${failure('CacProfile', 'cacProfile')}`
    ])
  })

  it('others are not, and none that is not known yet', () => {
    const own = { Carrier: 'Blue', 'CustomVar.Variable1': 'x', MyProxySet: 'y' }
    assert.deepStrictEqual(
      [ofNew(withVariables(own)), ofNew(withVariables(unknowns.object)), ofNew(withVariables({}))],
      [[], [], []]
    )
  })
})

describe('Check: inputs that a body has no place for', () => {
  const only = (key: string) =>
    `${key}: can be changed only with the setting modifyBody: scriptParameters (AUDIOCODES_LIVE_MODIFY_BODY), since the other body has no place for it`
  const never = (key: string) =>
    `${key}: cannot be sent with the setting modifyBody: scriptParameters, whose body has no place for it; leave it out, or use modifyBody: fields`
  const withSet = { ...leastArgs, proxySet: 'Trunk-A' }

  const rows: ReadonlyArray<readonly [name: string, olds: Inputs, news: Inputs, failures: ReadonlyArray<string>]> = [
    ['a new connection', {}, withSet, []],
    ['no change', withSet, withSet, []],
    ['another proxy set', withSet, { ...leastArgs, proxySet: 'Trunk-B' }, [only('proxySet')]],
    ['a removed proxy set', withSet, leastArgs, [only('proxySet')]],
    ['a first proxy set', leastArgs, withSet, [only('proxySet')]],
    ['a proxy set that is not known yet', withSet, { ...leastArgs, proxySet: unknowns.string }, []],
    ['another customer', withSet, { ...leastArgs, proxySet: 'Trunk-B', customerGuid: otherCustomerGuid }, []],
    [
      'a customer that is not known yet',
      withSet,
      { ...leastArgs, proxySet: 'Trunk-B', customerGuid: unknowns.string },
      []
    ]
  ]
  for (const [name, olds, news, failures] of rows) {
    it(`proxySet, ${name}`, () => {
      assert.deepStrictEqual(ofOld(olds, news), failures)
      assert.deepStrictEqual(ofOld(olds, news, scriptParameters), [])
      assert.deepStrictEqual(ofOld(olds, news, broken), ['Missing configuration x.'])
    })
  }

  const noPlace = [
    'configureSbc',
    'enableCac',
    'carrierRegistration',
    'carrierPasswordDpi',
    'phones',
    'dialPlanPrefixes',
    'm365Scripts'
  ]
  for (const key of argKeys) {
    it(`${key} ${noPlace.includes(key) ? 'cannot' : 'can'} be sent with scriptParameters`, () => {
      const value = { enableCac: false, carrierRegistration: false }[key as string] ?? allArgs[key]
      const expected = noPlace.includes(key) ? [never(key)] : []
      assert.deepStrictEqual(ofNew({ ...leastArgs, [key]: value }, scriptParameters), expected)
      assert.deepStrictEqual(ofOld(leastArgs, { ...leastArgs, [key]: unknowns.string }, scriptParameters), expected)
      assert.deepStrictEqual(ofNew({ ...leastArgs, [key]: value }), [])
    })
  }

  it('with scriptParameters, adopt does not ask for what cannot be sent', () => {
    assert.deepStrictEqual(ofNew({ ...leastArgs, adopt: true }, scriptParameters), [])
  })
})

describe('Check: what is not known yet', () => {
  for (const [kind, sentinel] of Object.entries(unknowns)) {
    it(`${kind} passes in the place of every input, alone and all together`, () => {
      const all = Object.fromEntries(argKeys.map((key) => [key, sentinel]))
      assert.deepStrictEqual(checkInputs({}, all, fields), { inputs: all, failures: [] })
      assert.deepStrictEqual(checkInputs(allArgs, all, fields), { inputs: all, failures: [] })
      for (const key of argKeys) {
        const news = { ...allArgs, [key]: sentinel }
        assert.deepStrictEqual(checkInputs({}, news, fields), { inputs: news, failures: [] }, key)
        assert.deepStrictEqual(checkInputs(allArgs, news, fields), { inputs: news, failures: [] }, key)
      }
    })

    it(`${kind} passes within the inputs`, () => {
      const news = {
        ...allArgs,
        phones: [sentinel, '123', sentinel],
        dialPlanPrefixes: [sentinel, { dialPlanName: sentinel, index: sentinel, active: sentinel }, sentinel],
        sbcScripts: { onboardingScript: sentinel, cleanupScript: sentinel, customerVariables: { Carrier: sentinel } },
        m365Scripts: { configureM365Routing: sentinel, onboardingScript: sentinel, cleanupScript: sentinel },
        allow: [sentinel]
      }
      assert.deepStrictEqual(checkInputs({}, news, fields), { inputs: news, failures: [] })
      const bag = { ...news, sbcScripts: { ...allArgs.sbcScripts, customerVariables: sentinel } }
      assert.deepStrictEqual(checkInputs({}, bag, fields), { inputs: bag, failures: [] })
    })
  }

  it('a word of allow that is not known yet may be the one', () => {
    assert.deepStrictEqual(ofOld(leastArgs, { ...leastArgs, siteName: 'branch-08', allow: [unknowns.string] }), [])
  })
})

describe('Check: whatever comes', () => {
  /** Names of nested fields too, so that arbitrary JSON gets deep into the codecs. */
  const names = [
    ...argKeys,
    'onboardingScript',
    'cleanupScript',
    'customerVariables',
    'dialPlanName',
    'index',
    'active',
    'sitename'
  ]
  const settings = () => fc.constantFrom(fields, scriptParameters, broken)
  const json = () => fc.oneof(fc.jsonValue(), canaryJson(names))
  const asInputs = (value: unknown): Inputs =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Inputs) : {}

  /** Inputs of which each is left out, right, or any JSON. */
  const inputs = (): fc.Arbitrary<Inputs> =>
    fc.oneof(
      json().map(asInputs),
      fc.record(
        Object.fromEntries(
          argKeys.map((key) => [
            key,
            fc.oneof(fc.constant<unknown>(allArgs[key]), json(), fc.constantFrom(...Object.values(unknowns)))
          ])
        ),
        { requiredKeys: [] }
      )
    )
  const keysOf = (value: Inputs) => Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined)

  it('never throws, for any JSON as a whole and in the place of every input', () => {
    check(
      fc.property(inputs(), inputs(), settings(), (olds, news, given) => {
        const { failures } = checkInputs(olds, news, given)
        return failures.every((line) => typeof line === 'string' && line !== '')
      }),
      500
    )
    for (const key of argKeys) {
      check(
        fc.property(json(), json(), (before, value) => {
          checkInputs({ ...allArgs, [key]: before }, { ...allArgs, [key]: value }, fields)
          checkInputs({}, { ...leastArgs, [key]: value }, fields)
        }),
        50
      )
    }
  })

  it('has at most one line an input, each with its path first and without undefined', () => {
    check(
      fc.property(inputs(), inputs(), (olds, news) => {
        const { failures } = checkInputs(olds, news, fields)
        const allKeys = new Set([...keysOf(olds), ...keysOf(news), ...argKeys])
        const subjects = failures.map((line) =>
          [...allKeys].filter((key) => [':', '[', '.'].some((end) => line.startsWith(`${key}${end}`)))
        )
        return (
          subjects.every((keys) => keys.length > 0) &&
          new Set(failures).size === failures.length &&
          argKeys.every(
            (key) =>
              failures.filter((line) => [':', '[', '.'].some((end) => line.startsWith(`${key}${end}`))).length <= 1
          ) &&
          !failures.some((line) => /\bundefined\b|\[object/.test(line))
        )
      }),
      500
    )
  })

  it('puts no value into a failure', () => {
    check(
      fc.property(
        fc.record(Object.fromEntries([...argKeys, 'sitename'].map((key) => [key, canaryJson(names)])), {
          requiredKeys: []
        }),
        fc.record(Object.fromEntries(argKeys.map((key) => [key, canaryJson(names)])), { requiredKeys: [] }),
        settings(),
        (olds, news, given) => !checkInputs(olds, news, given).failures.some(singsOf)
      ),
      500
    )
  })

  it('checks what it has checked to the same', () => {
    check(
      fc.property(inputs(), inputs(), settings(), (olds, news, given) => {
        fc.pre(!Object.hasOwn(news, '__proto__'))
        const once = checkInputs(olds, news, given)
        assert.deepStrictEqual(checkInputs(olds, once.inputs, given), once)
      }),
      500
    )
  })

  it('does not touch what it is given', () => {
    check(
      fc.property(inputs(), inputs(), (olds, news) => {
        const before = JSON.stringify([olds, news])
        checkInputs(olds, news, fields)
        return JSON.stringify([olds, news]) === before
      })
    )
  })
})
