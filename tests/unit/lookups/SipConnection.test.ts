import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { visible } from '../../../provider/lookups/SipConnection'
import { scrubber } from '../../../provider/Secrets'
import { SiteAnswer } from '../../../provider/sip-connection/Wire'
import { check } from '../../support/property'

const siteGuid = '22222222-2222-4222-8222-222222222222'
const password = 'Zq7-canary-password'

const answerWith = (customerVariables: Readonly<Record<string, unknown>>): SiteAnswer => {
  const answer = SiteAnswer.decode({ siteName: 'branch-07', sbcInfo: { sbcScripts: { customerVariables } } })
  if (E.isLeft(answer)) throw new Error('the answer must decode')
  return answer.right
}

describe('A connection that is looked up', () => {
  it('shows the password nowhere, under whatever name the platform repeats it', async () => {
    const names = fc.oneof(
      fc.constantFrom(
        'CarrierUserPassword',
        'carieruserpassword',
        'Hint',
        'CacProfile',
        'CustomVar.Variable1',
        'CarierMailLine'
      ),
      fc.string({ minLength: 1, maxLength: 12 })
    )
    const values = fc.oneof(
      fc.constantFrom(password, `x ${password}`, encodeURIComponent(password), '****'),
      fc.string()
    )
    check(
      fc.property(fc.dictionary(names, values, { noNullPrototype: true }), (variables) => {
        const found = visible(siteGuid, answerWith(variables), scrubber([password]))
        const own = found.sbcScripts?.customerVariables ?? {}
        return (
          !JSON.stringify(own).includes(password) &&
          Object.entries(own).every(([name, value]) => variables[name] === value)
        )
      })
    )
    return Promise.resolve()
  })

  it('shows the variables that are the script’s own', () => {
    const found = visible(
      siteGuid,
      answerWith({ Region: 'EMEA', ProxySet: 'Trunk-A', ApiKey: 'k', Empty: '' }),
      scrubber([])
    )
    assert.deepStrictEqual(found.sbcScripts?.customerVariables, { Region: 'EMEA', Empty: '' })
  })
})
