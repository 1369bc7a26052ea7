import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { growingScrubber, hidden, redactJson, redactPairs, redactText, scrubber } from '../../../provider/Secrets'
import { forms } from '../../secrets/support/Forms'
import { check } from '../../support/property'

/** Secrets of the signs that encodings change. */
const secret = (): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'abcXYZ019"\\+/%<>&\'= üßé:;?#'), minLength: 8, maxLength: 24 })
    .filter((text) => text.trim() === text && /[a-zA-Z0-9]{2}/.test(text))

describe('A scrubber', () => {
  for (const [name, write] of Object.entries(forms)) {
    it(`replaces any secret in the form ${name}, as a whole`, () => {
      check(
        fc.property(secret(), (text) => {
          const scrubbed = scrubber([text])(`(( ${write(text)} ))`)
          assert.ok(scrubbed.includes(hidden), scrubbed)
          // Of base64, the signs at both ends hold bits of the neighbours as well.
          assert.match(scrubbed, /^\(\( .{0,2}\[secret\].{0,2} \)\)$/)
        }),
        150
      )
    })
  }

  it('replaces a secret of several lines line by line', () => {
    const key = '-----BEGIN KEY-----\nabcdefgh12345678\nshort\n-----END KEY-----'
    assert.strictEqual(
      scrubber([key])(`first ${key} then abcdefgh12345678, short, -----END KEY-----`),
      `first ${hidden} then ${hidden}, short, ${hidden}`
    )
  })

  it('ends soon, whatever backslashes and quotes meet each other', () => {
    for (const sign of ['\\', '"', '\\"', '\\u', '%', '&amp;', ' +', '\n']) {
      const text = sign.repeat(5000)
      assert.ok(scrubber([`${sign.repeat(20)}!`])(text).length > 0)
      assert.ok(scrubber([`${sign.repeat(20)}!`])(JSON.stringify(text)).length > 0)
    }
  })

  it('grows with the secrets that become known', () => {
    const known = ['first-one']
    const scrub = growingScrubber(() => [...known])
    assert.strictEqual(scrub('first-one second-one'), `${hidden} second-one`)
    known.push('second-one')
    assert.strictEqual(scrub('first-one second-one'), `${hidden} ${hidden}`)
    known.shift()
    assert.strictEqual(scrub('first-one second-one'), `first-one ${hidden}`)
  })
})

describe('A body that is no JSON', () => {
  const rows: readonly (readonly [text: string, expected: string])[] = [
    ['{"user":"u","password":"abc', '{"user":"u","password":[secret]'],
    ['{"password":"ab\\"c","user":"u"', '{"password":[secret],"user":"u"'],
    ['{"password":"ab\\', '{"password":[secret]'],
    ['{"password": 12345, "user": "u"', '{"password": [secret], "user": "u"'],
    ['"{\\"password\\":\\"ab c\\",\\"user\\":\\"u\\"', '"{\\"password\\":[secret],\\"user\\":\\"u\\"'],
    ['grant_type=x&client_secret=abc&scope=y', 'grant_type=x&client_secret=[secret]&scope=y'],
    ['<a password="a b" user="u">', '<a password=[secret] user="u">'],
    ['<Password>a b</Password><User>u</User>', '<Password>[secret]</Password><User>u</User>'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [secret]'],
    ['{"CustomVar.Variable3":"abc', '{"CustomVar.Variable3":[secret]'],
    ['The password: must have 8 characters', 'The password: must have 8 characters'],
    ['{"message":"no password given', '{"message":"no password given']
  ]
  for (const [text, expected] of rows) it(text, () => assert.strictEqual(redactPairs(text), expected))

  it('has its known secrets replaced too, in the wire log', () => {
    assert.strictEqual(
      redactText('{"a":"hunter2","token":"x', scrubber(['hunter2'])),
      `{"a":"${hidden}","token":${hidden}`
    )
  })
})

describe('Variables that are shown by their position', () => {
  it('are replaced in the wire log: no name tells which of them are secret', () => {
    const scrub = scrubber([])
    assert.deepStrictEqual(
      redactJson(
        { customerVariables: { 'CustomVar.Variable1': 'a', 'customvar.variable12': 'b', CustomVar: 'c' } },
        scrub
      ),
      { customerVariables: { 'CustomVar.Variable1': hidden, 'customvar.variable12': hidden, CustomVar: 'c' } }
    )
  })
})
