import * as assert from 'node:assert'
import * as fc from 'fast-check'
import type { ProviderError } from '../../../provider/Errors'
import { check } from '../../support/property'
import { end, kinds, knownTo, mark, replies } from './Core'

/** Every error that the life of a connection can end with; a new one makes this incomplete, which does not compile. */
const tags: Readonly<Record<Exclude<ProviderError['_tag'], 'Partly'>, true>> = {
  Config: true,
  Refused: true,
  Rejected: true,
  Unauthorised: true,
  NotFound: true,
  Conflict: true,
  Unreachable: true,
  Lost: true,
  Contract: true,
  Failed: true,
  Deadline: true,
  Mismatch: true
}
const known = ['ok', ...Object.keys(tags)]

describe('The core over a platform that answers anything', () => {
  for (const kind of kinds) {
    it(`${kind}: ends with a value or a known error, and shows no secret`, async () => {
      const seen = new Set<string>()
      await check(
        fc.asyncProperty(replies(knownTo(kind)), async (script) => {
          const { tag, shown } = await end(kind, script)
          seen.add(tag)
          assert.ok(known.includes(tag), tag)
          const leaks = Object.entries(shown).filter(([, text]) => text.toLowerCase().includes(mark.toLowerCase()))
          assert.deepStrictEqual(leaks, [])
        }),
        250
      )
      // Otherwise the answers would be of one kind, and the property would say little.
      assert.ok(seen.has('ok') && seen.size >= 4, [...seen].join(', '))
    })
  }
})
