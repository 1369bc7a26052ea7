import * as assert from 'node:assert'
import { canaries } from './support/Canaries'
import { forms } from './support/Forms'
import { searchFor } from './support/Search'

const search = searchFor(canaries)

/** The names of the secrets in what was found. */
const names = (found: readonly string[]): readonly string[] => [
  ...new Set(found.map((line) => line.replace(/,.*/, '')))
]

/** Ways in which a log breaks a text into lines. */
const breaks: Readonly<Record<string, (text: string) => string>> = {
  'a line break': (text) => text.replace(/.{9}/gs, '$&\n'),
  'a line break and an indentation': (text) => text.replace(/.{9}/gs, '$&\r\n        '),
  'the marks of a diff': (text) => text.replace(/.{9}/gs, '$&\n  + '),
  'the level of a message': (text) => text.replace(/.{9}/gs, '$&\n    error: '),
  'the time of a log': (text) => text.replace(/.{9}/gs, '$&\n2030-01-02T03:04:05.678Z '),
  'the time of the engine': (text) => text.replace(/.{9}/gs, '$&\nI0102 03:04:05.678901   12345 log.go:75] '),
  'an escaped line break': (text) => text.replace(/.{9}/gs, '$&\\n    ')
}

describe('The search for secrets', () => {
  for (const [name, write] of Object.entries(forms)) {
    it(`finds each secret in the form ${name}`, () => {
      for (const [secret, value] of Object.entries(canaries)) {
        const found = search(`before ${write(value)} after`)
        assert.ok(found.includes(`${secret}, ${name}`), `${secret}: ${found.join('; ')}`)
        assert.deepStrictEqual(names(found), [secret])
      }
    })
  }

  for (const [name, write] of Object.entries(breaks)) {
    it(`finds each secret that is broken into lines by ${name}`, () => {
      for (const [secret, value] of Object.entries(canaries)) {
        assert.deepStrictEqual(names(search(`before ${write(value)} after`)), [secret], JSON.stringify(write(value)))
      }
    })
  }

  it('finds a secret of which a part is missing', () => {
    for (const [secret, value] of Object.entries(canaries)) {
      assert.deepStrictEqual(names(search(`before ${value.slice(0, 12)}`)), [secret])
      assert.deepStrictEqual(names(search(`${value.slice(-12)} after`)), [secret])
    }
  })

  it('finds nothing in a text without secrets', () => {
    assert.deepStrictEqual(search('before [secret] after\n  + "password": "[secret]"\nPw-Kx7'), [])
    assert.deepStrictEqual(search(''), [])
  })
})
