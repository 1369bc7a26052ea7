import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { hidden, isMasked, isSecretName, redactJson, redactText, scrubber } from '../../provider/Secrets'
import { check } from '../support/property'

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url')
/** System.Text.Json, which the platform's error shapes point to, escapes more than it must. */
const aspNetEscaped = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"|[&'+<>`\u007f-\uffff]/g, (sign) => {
      const code = sign.charCodeAt(sign.length - 1)
      return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
    })
const formEncoded = (text: string) => new URLSearchParams({ a: text }).toString().slice(2)

/** The forms that the scrubber promises to know. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON-escaped as ASP.NET does': aspNetEscaped,
  'URL-encoded': encodeURIComponent,
  'form-encoded': formEncoded,
  base64,
  'base64 without padding': (secret) => base64(secret).replace(/=+$/, ''),
  base64url
}

/** Signs that mean something to a regular expression, to JSON, to a URL or to base64. */
const awkward = 'p"w\\.*+?^${}()|[]-/=&%#@:;,<>~!\' ü€😀>>>???'

describe('Secrets: scrubber', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`replaces a secret in its form ${name}`, () => {
      const scrub = scrubber([awkward, 'hunter2!'])
      assert.deepStrictEqual(
        [scrub(`a ${form(awkward)} b`), scrub(`${form('hunter2!')}${form(awkward)}`)],
        [`a ${hidden} b`, `${hidden}${hidden}`]
      )
    })
  }

  it('replaces the longest secret first, however they are given', () => {
    for (const secrets of [
      ['hunter', 'hunter2', 'hunter2-long'],
      ['hunter2-long', 'hunter2', 'hunter']
    ]) {
      assert.strictEqual(scrubber(secrets)('hunter2-long hunter2 hunter hunt'), `${hidden} ${hidden} ${hidden} hunt`)
    }
  })

  it('replaces every occurrence, and does the same at the next call', () => {
    const scrub = scrubber(['hunter2'])
    const text = 'hunter2 hunter2xhunter2'
    assert.deepStrictEqual([scrub(text), scrub(text)], Array(2).fill(`${hidden} ${hidden}x${hidden}`))
  })

  const short: ReadonlyArray<readonly [secret: string, text: string, expected: string]> = [
    ['a', 'a cat and a hat', `${hidden} cat and ${hidden} hat`],
    ['123', 'status 123, task 51234, 123', `status ${hidden}, task 51234, ${hidden}`],
    ['abc', 'abc abcd xabc "abc" abc.', `${hidden} abcd xabc "${hidden}" ${hidden}.`],
    ['.*', 'a .* b', `a ${hidden} b`],
    ['(', 'f (x) ( y', `f (x) ${hidden} y`],
    ['abcd', 'xabcdx', `x${hidden}x`]
  ]
  for (const [secret, text, expected] of short) {
    it(`${JSON.stringify(secret)} in ${JSON.stringify(text)}`, () => {
      assert.strictEqual(scrubber([secret])(text), expected)
    })
  }

  it('leaves a text alone without secrets, and ignores empty ones', () => {
    assert.deepStrictEqual(
      [scrubber([])('a b'), scrubber([''])('a b'), scrubber(['', 'b'])('a b')],
      ['a b', 'a b', `a ${hidden}`]
    )
  })

  it('takes half of a surrogate pair for a text like any other', () => {
    assert.strictEqual(scrubber(['half\ud83d'])('a half\ud83d b'), `a ${hidden} b`)
  })

  /** A secret that is not short, and is not in the mark that stands in its place. */
  const secret = (): fc.Arbitrary<string> =>
    fc
      .oneof(
        fc.string({ minLength: 4, maxLength: 20 }),
        fc.string({ unit: 'binary', minLength: 4, maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(...awkward), minLength: 4, maxLength: 8 })
      )
      .filter((text) => text.length >= 4)
  const text = (): fc.Arbitrary<string> => fc.string({ maxLength: 10 })

  for (const [name, form] of Object.entries(forms)) {
    it(`leaves no secret in its form ${name}, whatever stands around it`, () => {
      check(
        fc.property(
          fc.uniqueArray(secret(), { minLength: 1, maxLength: 3 }),
          fc.infiniteStream(text()),
          (secrets, between) => {
            const written =
              secrets.map((each) => `${between.next().value ?? ''}${form(each)}`).join('') +
              (between.next().value ?? '')
            const left = scrubber(secrets)(written).split(hidden)
            return secrets.every((each) => left.every((piece) => !piece.includes(form(each))))
          }
        ),
        300
      )
    })
  }

  it('leaves a text without secrets as it is', () => {
    check(
      fc.property(secret(), fc.string(), (each, other) => {
        fc.pre(Object.values(forms).every((form) => !other.includes(form(each)) && form(each).length >= 4))
        return scrubber([each])(other) === other
      })
    )
  })
})

describe('Secrets: names', () => {
  const secretNames = [
    'password',
    'Password',
    'CarrierUserPassword',
    'carrierPasswordDPI',
    'passwd',
    'sip_passphrase',
    'SipPwd',
    'client_secret',
    'clientSecret',
    'ApplicationClientSecret',
    'access_token',
    'accessToken',
    'RefreshToken',
    'credentials',
    'ApiKey',
    'api_key',
    'api-key',
    'privateKey',
    'private_key',
    'client_assertion',
    'Authorization',
    'pin',
    'PIN',
    'voice-mail pin'
  ]
  const otherNames = [
    '',
    'Carrier',
    'CarrierUserName',
    'CarrierMainLine',
    'CarierMailLine',
    'CarrierHostName',
    'CacProfile',
    'ProxySet',
    'OnlinePstnGateway',
    'Region',
    'CustomVar.Variable1',
    'siteGuid',
    'message',
    'key',
    'dialPlanName',
    'shipping',
    'Pinned'
  ]
  for (const name of secretNames) it(`${name} is that of a secret`, () => assert.strictEqual(isSecretName(name), true))
  for (const name of otherNames) it(`${name || '(empty)'} is not`, () => assert.strictEqual(isSecretName(name), false))
})

describe('Secrets: redactJson', () => {
  const scrub = scrubber(['hunter2'])

  it('keeps the structure, and replaces what stands under a secret name and what is known', () => {
    assert.deepStrictEqual(
      redactJson(
        {
          siteName: 'branch',
          sbcId: 3,
          flag: false,
          nothing: null,
          list: ['a', 'is hunter2', { clientSecret: 'x', deep: [[{ message: 'hunter2!' }]] }],
          customerVariables: { CarrierUserPassword: 'other', CarierMailLine: 'main', 'is hunter2': 1 },
          pin: 1234,
          accessToken: null
        },
        scrub
      ),
      {
        siteName: 'branch',
        sbcId: 3,
        flag: false,
        nothing: null,
        list: ['a', `is ${hidden}`, { clientSecret: hidden, deep: [[{ message: `${hidden}!` }]] }],
        customerVariables: { CarrierUserPassword: hidden, CarierMailLine: 'main', [`is ${hidden}`]: 1 },
        pin: hidden,
        accessToken: null
      }
    )
  })

  it('takes a bare text, number, flag and null', () => {
    assert.deepStrictEqual(
      ['hunter2', 'a', 5, true, null].map((value) => redactJson(value, scrub)),
      [hidden, 'a', 5, true, null]
    )
  })

  it('replaces every value within a list or an object under a secret name', () => {
    assert.deepStrictEqual(
      redactJson({ passwords: ['one', 2], credentials: { user: 'u', value: ['x', null] } }, scrub),
      {
        passwords: [hidden, hidden],
        credentials: { user: hidden, value: [hidden, null] }
      }
    )
  })

  it('leaves JSON without secrets as it is, and does not touch what it is given', () => {
    check(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!/pass|secret|token|credential|key|dpi|assertion|authorization|pin|pwd|hunter2/i.test(text))
        assert.deepStrictEqual(redactJson(value, scrub), value)
        assert.strictEqual(JSON.stringify(value), text)
      })
    )
  })

  it('leaves no secret in any text or name, at any depth', () => {
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>('hunter2', 'a hunter2 b', 5, null),
        fc.string(),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('hunter2', 'password', 'name')), tie('value'))
      )
    })).value
    check(
      fc.property(json, (value) => {
        const result = JSON.stringify(redactJson(value, scrub))
        return !result.includes('hunter2') && !/"password":("(?!\[secret\])|\d)/.test(result)
      })
    )
  })
})

describe('Secrets: redactText', () => {
  const scrub = scrubber(['hunter2'])
  const rows: ReadonlyArray<readonly [text: string, expected: unknown]> = [
    ['{"password":"x","a":["hunter2",1]}', { password: hidden, a: [hidden, 1] }],
    ['"hunter2"', hidden],
    ['1', 1],
    ['', ''],
    ['<html>hunter2</html>', `<html>${hidden}</html>`],
    ['{"a":"hunter2"', `{"a":"${hidden}"`]
  ]
  for (const [text, expected] of rows) {
    it(text || '(empty)', () => assert.deepStrictEqual(redactText(text, scrub), expected))
  }
})

describe('Secrets: isMasked', () => {
  const rows: ReadonlyArray<readonly [text: string, expected: boolean]> = [
    ['***', true],
    ['********', true],
    ['•••••', true],
    ['●●●', true],
    ['', false],
    ['**', false],
    ['***a', false],
    ['a***', false],
    ['* * *', false],
    ['...', false],
    ['***\n', false]
  ]
  for (const [text, expected] of rows) {
    it(`${JSON.stringify(text)}: ${expected}`, () => assert.strictEqual(isMasked(text), expected))
  }
})

describe('Secrets: time', () => {
  it('does not grow with the power of the length when a long run of encoded signs ends otherwise', () => {
    const signs = 40
    for (const encoded of ['%21', '&#33;', '\\u0021']) {
      const text = `${encoded.repeat(signs)}b`
      assert.strictEqual(scrubber([`${'!'.repeat(signs)}a`])(text), text)
    }
  })
})
