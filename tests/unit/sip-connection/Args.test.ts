import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { decode } from '../../../provider/Decode'
import { secretsAt } from '../../../provider/SecretMarks'
import { isGuid } from '../../../provider/Codecs'
import {
  type ArgKey,
  argCodecs,
  argKeys,
  optionKeys,
  requiredKeys,
  secretKeys,
  secretPlaces
} from '../../../provider/sip-connection/Args'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import { allArgs, canaryJson, customerGuid, singsOf, sipConnectionArgs, siteGuid } from '../support'

/** A value by the codec of its input. */
const judged = (key: ArgKey, value: unknown) => decode<unknown>(argCodecs[key], value)

const accept = (value: unknown, canonical: unknown = value) => ({ value, expected: E.right(canonical) })
const reject = (value: unknown, ...lines: ReadonlyArray<string>) => ({ value, expected: E.left(lines) })

const uuidFault = 'expected a uuid such as 11111111-2222-3333-4444-555555555555'
const wholeFrom = (min: number) => `expected a whole number from ${min}`
const flagFault = 'expected true or false'

/** The rules that every declared text has to obey. */
const textRows = (what: string, max: number) => [
  accept('x'),
  accept('x'.repeat(max)),
  accept('two words'),
  accept('a\u00a0b'),
  reject('a\u009fb', `has a control character; remove it (${what})`),
  reject('', `is empty; expected ${what}, or leave it out`),
  reject('x'.repeat(max + 1), `has ${max + 1} characters; at most ${max} are allowed (${what})`),
  reject(' x', `has a blank at an end; remove it (${what})`),
  reject('x\t', `has a blank at an end; remove it (${what})`),
  reject('x\u00a0', `has a blank at an end; remove it (${what})`),
  reject('a\nb', `has a control character; remove it (${what})`),
  reject('a\u0000b', `has a control character; remove it (${what})`),
  reject('a\u007fb', `has a control character; remove it (${what})`),
  reject('a\u0085b', `has a control character; remove it (${what})`),
  ...[5, true, ['x'], { a: 'x' }].map((value) => reject(value, 'expected a text'))
]

const flagRows = [accept(true), accept(false), ...['true', 1, 0, [], {}].map((value) => reject(value, flagFault))]

const wholeRows = (min: number, path = '') => {
  const fault = `${path}${wholeFrom(min)}`
  return {
    good: [min, min + 1, 2 ** 31],
    bad: [min - 1, min + 0.5, String(min), '', true, [], {}, Number.NaN, Number.POSITIVE_INFINITY],
    fault
  }
}

const whole = (min: number) => {
  const { good, bad, fault } = wholeRows(min)
  return [...good.map((value) => accept(value)), ...bad.map((value) => reject(value, fault))]
}

/** Not one of the accepted texts with a blank in it. */
const isPlain = (value: unknown): boolean => value !== 'two words' && value !== 'a\u00a0b'

/** Whole numbers at a place within an object. */
const wholeAt = (path: string, min: number, around: (value: unknown) => unknown) => {
  const { good, bad, fault } = wholeRows(min, `${path}: `)
  return [...good.map((value) => accept(around(value))), ...bad.map((value) => reject(around(value), fault))]
}

const userPart = 'expected the user part alone, without scheme and "@" (the host goes to carrierHostName)'
const hostFault = 'expected a host name such as sip.example.net, or an IPv4 address'
const portFault = 'has a port; expected the host name or IPv4 address alone'
const fqdnFault = 'expected a fully qualified domain name such as sbc1.example.net'
const phoneFault = 'expected 3 to 15 digits, with or without a "+" in front'
const wide = (position: number) =>
  `has a wide character at position ${position}; only characters up to U+00FF are allowed`
const prefixes = (...more: ReadonlyArray<object>) => [{ dialPlanName: 'Plan', index: 0, active: true }, ...more]
const prefixFault = 'an object with dialPlanName, index and active'
const scriptsFault = 'an object with onboardingScript, cleanupScript and customerVariables'
const m365Fault = 'an object with configureM365Routing, onboardingScript and cleanupScript'
const stray = (...fields: ReadonlyArray<string>) => `is not a field of it; the fields are ${fields.join(', ')}`
const label63 = 'a'.repeat(63)
/** A host name of that many characters. */
const long = (length: number): string => `${label63}.${label63}.${label63}.${'a'.repeat(length - 192)}`

/** Every rule of the contract's table for a single input. A new input makes this incomplete, which does not compile. */
const rows: Readonly<
  Record<
    ArgKey,
    ReadonlyArray<{ readonly value: unknown; readonly expected: E.Either<ReadonlyArray<string>, unknown> }>
  >
> = {
  customerGuid: [
    accept(customerGuid),
    accept(customerGuid.toUpperCase(), customerGuid),
    ...['', 'x', `{${customerGuid}}`, customerGuid.replace(/-/g, ''), ` ${customerGuid}`, `${customerGuid}\n`].map(
      (value) => reject(value, uuidFault)
    ),
    ...[5, true, [], {}].map((value) => reject(value, uuidFault))
  ],
  siteName: textRows('the name of the connection', 128),
  sbcId: whole(1),
  sbcConfigurationType: [
    ...['SipTrunk', 'IpPbx', 'Byoc', 'Unknown'].map((value) => accept(value)),
    ...['siptrunk', '', 'toString', 1, 0, true, {}].map((value) =>
      reject(value, 'expected one of SipTrunk, IpPbx, Byoc, Unknown')
    )
  ],
  configureSbc: flagRows,
  enableCac: flagRows,
  cacProfile: [accept('10 sessions'), ...textRows('the name of a CAC profile such as "10 sessions"', 128)],
  carrierRegistration: flagRows,
  carrierUserName: [accept('😀'.repeat(60)), ...textRows('the digest user name', 60)],
  carrierUserPassword: [
    accept('\u00ff\u00a1"\\<&'),
    reject('a€', wide(2)),
    reject('日本', wide(1)),
    reject('ab😀', wide(3)),
    ...textRows('the digest password', 50)
  ],
  carrierPasswordDpi: [accept('€'), ...textRows('the DPI password', 1024)],
  carrierMainLine: [
    accept('main'),
    accept('+4930123456'),
    reject('main@sip.example.net', userPart),
    reject('sip:main', userPart),
    reject('SIPS:main', userPart),
    reject('tel:+4930123456', userPart),
    reject('ma in', 'has a blank; expected the user part of the AOR'),
    ...textRows('the user part of the AOR', 255).filter(({ value }) => isPlain(value))
  ],
  carrierHostName: [
    ...['sip.example.net', 'SIP.Example.NET', 'localhost', 'a_b.example', '10.0.0.1', '255.255.255.255'].map((value) =>
      accept(value)
    ),
    accept(`${label63}.net`),
    reject('sip.example.net:5060', portFault),
    reject('10.0.0.1:5060', portFault),
    ...[
      'sip..example',
      '-sip.example',
      'sip-.example',
      '.example',
      'sip:example',
      'a@b',
      'two words',
      'http://a',
      '::1'
    ].map((value) => reject(value, value === '::1' ? portFault : hostFault)),
    ...['256.0.0.1', '10.0.0', '10.0.0.0.1', '1'].map((value) => reject(value, hostFault)),
    reject(`a${label63}.net`, hostFault),
    ...textRows('a host name or IPv4 address', 253).filter(({ value }) => isPlain(value) && value !== 'x'.repeat(253))
  ],
  phones: [
    accept([]),
    accept(['123', '+123', '123456789012345', '+123456789012345']),
    reject('123,456', 'expected a list of numbers'),
    reject({}, 'expected a list of numbers'),
    ...['', '12', '+12', '1234567890123456', '++123', '123 ', '12-34', '٣٤٥٦'].map((value) =>
      reject(['123', value], `[1]: ${phoneFault}`)
    ),
    ...[123, null, true, {}].map((value) =>
      reject([value], '[0]: expected a number of 3 to 15 digits, with or without a "+"')
    ),
    reject(['x', '123', 'y'], `[0]: ${phoneFault}`, `[2]: ${phoneFault}`)
  ],
  dialPlanPrefixes: [
    accept([]),
    accept(prefixes({ dialPlanName: 'Plan', index: 1, active: false })),
    accept([{ dialPlanName: 'Plan', index: 2 }], [{ dialPlanName: 'Plan', index: 2, active: true }]),
    accept([{ dialPlanName: 'Plan', index: 2, active: null }], [{ dialPlanName: 'Plan', index: 2, active: true }]),
    reject({}, 'expected a list of dial-plan prefixes'),
    reject('x', 'expected a list of dial-plan prefixes'),
    reject([5], `[0]: expected ${prefixFault}`),
    reject([[]], `[0]: expected ${prefixFault}`),
    reject([{}], '[0].dialPlanName: expected a text', `[0].index: ${wholeFrom(0)}`),
    reject(
      prefixes({ dialPlanName: '', index: 1 }),
      '[1].dialPlanName: is empty; expected the name of a dial plan, or leave it out'
    ),
    accept([{ dialPlanName: 'x'.repeat(128), index: 0, active: true }]),
    reject(
      [{ dialPlanName: 'x'.repeat(129), index: 0 }],
      '[0].dialPlanName: has 129 characters; at most 128 are allowed (the name of a dial plan)'
    ),
    reject([{ dialPlanName: 'Plan', index: 0, active: 'true' }], `[0].active: ${flagFault}`),
    reject([{ dialPlanName: 'Plan', index: 0, activ: true }], `[0].activ: ${stray('dialPlanName', 'index', 'active')}`),
    ...wholeAt('[0].index', 0, (index) => [{ dialPlanName: 'Plan', index, active: true }])
  ],
  sbcScripts: [
    accept({}),
    accept({ onboardingScript: 1, cleanupScript: 2, customerVariables: {} }),
    accept({ customerVariables: { Carrier: 'Blue', Empty: '' } }),
    accept(
      { onboardingScript: null, cleanupScript: 2, customerVariables: { Carrier: null, Region: 'EU' } },
      { cleanupScript: 2, customerVariables: { Region: 'EU' } }
    ),
    ...[5, 'x', [], true].map((value) => reject(value, `expected ${scriptsFault}`)),
    ...[5, 'x', []].map((value) =>
      reject({ customerVariables: value }, 'customerVariables: expected an object of texts')
    ),
    reject(
      { customerVariables: { Carrier: 5, Region: 'EU', Deep: {} } },
      'customerVariables.Carrier: expected a text',
      'customerVariables.Deep: expected a text'
    ),
    reject(
      { onboardingScrpt: 1, cleanupScript: 'x' },
      `onboardingScrpt: ${stray('onboardingScript', 'cleanupScript', 'customerVariables')}`,
      `cleanupScript: ${wholeFrom(1)}`
    ),
    reject(
      { onboardingScript: 0, cleanupScript: 'x' },
      `onboardingScript: ${wholeFrom(1)}`,
      `cleanupScript: ${wholeFrom(1)}`
    ),
    ...wholeAt('onboardingScript', 1, (onboardingScript) => ({ onboardingScript })),
    ...wholeAt('cleanupScript', 1, (cleanupScript) => ({ cleanupScript }))
  ],
  m365Scripts: [
    accept({ configureM365Routing: false }),
    accept({ configureM365Routing: true, onboardingScript: 1, cleanupScript: 2 }),
    accept({ configureM365Routing: true, onboardingScript: null }, { configureM365Routing: true }),
    reject({}, `configureM365Routing: ${flagFault}`),
    reject({ onboardingScript: 1 }, `configureM365Routing: ${flagFault}`),
    reject({ configureM365Routing: null }, `configureM365Routing: ${flagFault}`),
    reject({ configureM365Routing: 'true' }, `configureM365Routing: ${flagFault}`),
    reject(
      { configureM365Routing: true, customerVariables: {} },
      `customerVariables: ${stray('configureM365Routing', 'onboardingScript', 'cleanupScript')}`
    ),
    ...[5, 'x', [], true].map((value) => reject(value, `expected ${m365Fault}`)),
    ...wholeAt('onboardingScript', 1, (onboardingScript) => ({ configureM365Routing: true, onboardingScript })),
    ...wholeAt('cleanupScript', 1, (cleanupScript) => ({ configureM365Routing: true, cleanupScript }))
  ],
  onlinePstnGateway: [
    accept('sbc1.example.net'),
    accept('SBC1.example.net.'),
    ...[
      'sbc1',
      'sbc1..net',
      '-sbc.net',
      'sbc1.example.net:5061',
      'https://sbc1.example.net',
      'a b.net',
      '*.net',
      '10.0.0.1'
    ].map((value) => reject(value, fqdnFault)),
    accept(`${long(253)}.`),
    reject(`${long(254)}.`, 'has 255 characters; at most 254 are allowed (a fully qualified domain name)'),
    ...[5, true, []].map((value) => reject(value, 'expected a text')),
    reject('', 'is empty; expected a fully qualified domain name, or leave it out'),
    reject(' sbc1.example.net', 'has a blank at an end; remove it (a fully qualified domain name)')
  ],
  proxySet: textRows('the name of a proxy set', 128),
  adopt: [
    accept(true),
    accept(false),
    accept(siteGuid),
    accept(siteGuid.toUpperCase(), siteGuid),
    ...['true', 'branch-07', '', 5, [], {}].map((value) => reject(value, 'expected true, false or a site id (uuid)'))
  ],
  allow: [
    accept([]),
    accept(['rename', 'sbcMove', 'clearPhones']),
    reject('rename', 'expected a list of dangerous changes'),
    reject({}, 'expected a list of dangerous changes'),
    ...['Rename', 'delete', '', 5, null].map((value) =>
      reject(['rename', value], '[1]: expected one of rename, sbcMove, clearPhones')
    )
  ]
}

const named = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

describe('Args: every input by itself', () => {
  for (const key of argKeys) {
    for (const { value, expected } of rows[key]) {
      it(`${key}: ${named(value)}`, () => assert.deepStrictEqual(judged(key, value), expected))
    }
  }

  it('what is accepted is of the type of its codec, and what is rejected is not', () => {
    /** Their types say nothing of further fields. */
    const objects: ReadonlyArray<ArgKey> = ['dialPlanPrefixes', 'sbcScripts', 'm365Scripts']
    for (const key of argKeys) {
      for (const { value, expected } of rows[key]) {
        if (E.isRight(expected)) assert.ok(argCodecs[key].is(expected.right), `${key}: ${named(value)}`)
        else if (!objects.includes(key)) assert.ok(!argCodecs[key].is(value), `${key}: ${named(value)}`)
      }
    }
  })

  it('all inputs of a connection are in canonical form already', () => {
    for (const key of argKeys) assert.deepStrictEqual(judged(key, allArgs[key]), E.right(allArgs[key]))
  })

  it('what a codec accepts is of its type, and accepted again as it is', () => {
    check(
      fc.property(sipConnectionArgs(), (args) =>
        argKeys.every((key) => {
          const value = args[key]
          if (value === undefined) return true
          assert.deepStrictEqual(judged(key, value), E.right(value))
          return argCodecs[key].is(value)
        })
      )
    )
  })

  it('no fault holds a value, and nothing throws', () => {
    const names = [
      ...argKeys,
      'onboardingScript',
      'cleanupScript',
      'customerVariables',
      'index',
      'dialPlanName',
      'active'
    ]
    check(
      fc.property(fc.constantFrom(...argKeys), canaryJson(names), (key, value) => {
        const result = judged(key, value)
        return E.isRight(result) || (result.left.length > 0 && !result.left.some(singsOf))
      }),
      1000
    )
  })
})

describe('Args: what is not known yet', () => {
  const places: ReadonlyArray<readonly [key: ArgKey, around: (unknown: string) => unknown]> = [
    ...argKeys.map((key) => [key, (unknown: string): unknown => unknown] as const),
    ['phones', (unknown) => ['123', unknown]],
    ['dialPlanPrefixes', (unknown) => [...prefixes(), unknown]],
    ['dialPlanPrefixes', (unknown) => [{ dialPlanName: unknown, index: unknown, active: unknown }]],
    ['sbcScripts', (unknown) => ({ onboardingScript: unknown, cleanupScript: unknown, customerVariables: unknown })],
    ['sbcScripts', (unknown) => ({ customerVariables: { Carrier: unknown } })],
    [
      'm365Scripts',
      (unknown) => ({ configureM365Routing: unknown, onboardingScript: unknown, cleanupScript: unknown })
    ],
    ['allow', (unknown) => ['rename', unknown]]
  ]
  for (const [kind, sentinel] of Object.entries(unknowns)) {
    it(`${kind} passes everywhere, also within lists and objects`, () => {
      for (const [key, around] of places) {
        const value = around(sentinel)
        assert.deepStrictEqual(judged(key, value), E.right(value), key)
      }
    })
  }

  it('beside it a known value is still judged', () => {
    assert.deepStrictEqual(judged('phones', [unknowns.string, 'x']), E.left([`[1]: ${phoneFault}`]))
  })
})

describe('Args: names', () => {
  it('the inputs, in the order of the contract', () => {
    assert.deepStrictEqual(argKeys, Object.keys(allArgs))
    assert.deepStrictEqual(requiredKeys, ['customerGuid', 'siteName', 'sbcId'])
    assert.deepStrictEqual(optionKeys, ['adopt', 'allow'])
    assert.deepStrictEqual(secretKeys, ['carrierUserPassword', 'carrierPasswordDpi'])
  })

  const guids: ReadonlyArray<readonly [value: unknown, expected: boolean]> = [
    [customerGuid, true],
    [customerGuid.toUpperCase(), true],
    [`${customerGuid}0`, false],
    [`0${customerGuid}`, false],
    [customerGuid.replace('a', 'g'), false],
    ['', false],
    [5, false],
    [undefined, false],
    [[customerGuid], false]
  ]
  for (const [value, expected] of guids) {
    it(`isGuid of ${JSON.stringify(value)}: ${expected}`, () => assert.strictEqual(isGuid(value), expected))
  }

  it('the secrets are the secret inputs and the variables with the name of a secret', () => {
    const args = {
      ...allArgs,
      sbcScripts: { customerVariables: { SipPassword: 'p', ApiKey: 'k', Carrier: 'Blue', EmptySecret: '' } }
    }
    assert.deepStrictEqual(secretsAt(args, secretPlaces), ['made-up-password', 'made-up-dpi', 'p', 'k'])
    assert.deepStrictEqual(secretsAt({}, secretPlaces), [])
    assert.deepStrictEqual(secretsAt({ carrierUserPassword: '', sbcScripts: {} }, secretPlaces), [])
  })
})
