import * as assert from 'node:assert'
import { portable, unpacked } from '../../provider/Packed'
import { asSecret, inClear } from '../../provider/SecretMarks'

describe('A state that is too large for an answer', () => {
  const properties = {
    siteGuid: 'id-1',
    phones: Array.from({ length: 300 }, (_, index) => `+4930${index}`),
    sbcScripts: { customerVariables: { apiToken: asSecret('t'.repeat(1000)) } },
    executionMessages: Array.from({ length: 100 }, () => ({ level: 'Information', message: 'Sbc is programmed' }))
  }

  it('has its large properties packed as a secret', () => {
    const size = JSON.stringify(properties).length
    assert.deepStrictEqual([portable(properties), portable(properties, size)], [properties, properties])
    const slim = portable(properties, size - 1)
    const { packed, ...readable } = slim
    assert.deepStrictEqual(readable, { siteGuid: 'id-1' })
    assert.notDeepStrictEqual(inClear(packed), packed)
    assert.ok(JSON.stringify(slim).length < size / 4)
    assert.deepStrictEqual(unpacked(slim), properties)
    // As the engine hands it over to a host that takes no secrets.
    assert.deepStrictEqual(unpacked(inClear(slim) as typeof slim), properties)
  })

  it('is left alone when it was not packed', () => {
    assert.deepStrictEqual(unpacked({ siteGuid: 'id-1' }), { siteGuid: 'id-1' })
  })
})
