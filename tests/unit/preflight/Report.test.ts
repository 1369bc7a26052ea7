import * as assert from 'node:assert'
import { configError, deadline, type Exchange, mismatch, type ProviderError, refused } from '../../../provider/Errors'
import { type Failed, ofConnection, ofFailure, ofNotices, ofTroubles } from '../../../provider/preflight/Report'
import { type Trouble, type Weight, isOfPlatform, troubleOf } from '../../../provider/preflight/Trouble'

const exchange: Exchange = {
  method: 'GET',
  url: 'https://live.example.net/tenantui/api/v2/scripttemplates',
  correlationId: 'c-1',
  serverIds: []
}
const status = (code: number): Exchange => ({ ...exchange, status: code })
const now = Date.UTC(2030, 0, 1)

const weights: ReadonlyArray<readonly [string, ProviderError, Weight]> = [
  ['a missing configuration', configError('Missing.'), 'platform'],
  ['no connection', { _tag: 'Unreachable', exchange, cause: 'connection refused' }, 'platform'],
  ['no answer in time', { _tag: 'Lost', exchange, cause: 'no complete answer within 60 s', words: [] }, 'platform'],
  ['no time left', deadline('GET x', 60, 'nothing'), 'platform'],
  ['a refused token', { _tag: 'Unauthorised', exchange: status(401), words: [] }, 'platform'],
  ['403', { _tag: 'Rejected', exchange: status(403), words: ['not you'] }, 'refused'],
  ['500', { _tag: 'Lost', exchange: status(500), cause: 'status 500', words: [] }, 'refused'],
  ['404', { _tag: 'NotFound', exchange: status(404), words: [] }, 'missing'],
  [
    'an answer of another shape',
    { _tag: 'Contract', exchange: status(200), faults: ['[0].id: expected integer'] },
    'missing'
  ],
  ['a list without an end', mismatch('has no end'), 'missing'],
  ['a customer that is not there', refused('the platform knows no customer'), 'missing']
]

describe('Preflight: a read that fails', () => {
  for (const [what, error, weight] of weights) {
    it(`with ${what} is of the weight ${weight}`, () => {
      assert.strictEqual(troubleOf('getScriptTemplates()', undefined, false, error, now).weight, weight)
      assert.strictEqual(isOfPlatform(error), weight === 'platform')
      assert.strictEqual(
        troubleOf('getSbcDevices()', undefined, true, error, now).weight,
        weight === 'platform' ? 'platform' : 'slight'
      )
    })
  }

  it('is told in the words of the lookup, once for all customers', () => {
    const rejected: ProviderError = { _tag: 'Rejected', exchange: status(403), words: ['not you'] }
    const trouble = troubleOf('getService(customerGuid: "x")', 'eu', false, rejected, now)
    assert.deepStrictEqual(trouble, {
      key: 'eu getService',
      weight: 'refused',
      lines: [
        'Lookup getService(customerGuid: "x") of the provider instance "eu" failed: the platform rejected GET with status 403',
        '    Platform: not you',
        '    Next: let the app registration have the right that this call needs, and run again.',
        '    status 403, correlation id c-1, 2030-01-01T00:00:00.000Z'
      ]
    })
    assert.strictEqual(troubleOf('getService(customerGuid: "y")', 'eu', false, rejected, now).key, trouble.key)
  })
})

describe('Preflight: what is said', () => {
  const trouble = (weight: Weight): Trouble => ({ key: weight, weight, lines: [weight, '    more'] })
  const [platform, rejected, missing, slight] = (['platform', 'refused', 'missing', 'slight'] as const).map(
    trouble
  ) as [Trouble, Trouble, Trouble, Trouble]
  const down =
    'Preflight: the platform could not be asked, so not everything is compared with it (the setting audiocodes-live:preflight says what that means):'
  const partly = 'Preflight: not everything is compared with the platform:'

  it('of a connection is one text with all findings', () => {
    const text = 'Preflight: what is declared does not fit the platform:\n    one\n    two'
    assert.deepStrictEqual(ofConnection('warn', ['one', 'two']), [{ severity: 'warn', text }])
    assert.deepStrictEqual(ofConnection('fail', ['one', 'two']), [{ severity: 'error', text }])
    assert.deepStrictEqual(ofConnection('fail', []), [])
    assert.deepStrictEqual(ofConnection('off', ['one']), [])
  })

  it('with warn is one warning for all reads that failed', () => {
    assert.deepStrictEqual(ofTroubles('warn', [rejected, missing]), [
      { severity: 'warn', text: `${partly}\n    refused\n        more\n    missing\n        more` }
    ])
    assert.deepStrictEqual(ofTroubles('off', [platform, rejected]), [])
  })

  it('of a platform that cannot be asked is that alone', () => {
    const text = `${down}\n    platform\n        more`
    assert.deepStrictEqual(ofTroubles('warn', [rejected, platform, missing]), [{ severity: 'warn', text }])
    assert.deepStrictEqual(ofTroubles('fail', [rejected, platform]), [{ severity: 'error', text }])
  })

  it('with fail is an error, but a warning for what this platform does not have', () => {
    assert.deepStrictEqual(ofTroubles('fail', [missing, rejected]), [
      { severity: 'error', text: `${partly}\n    refused\n        more` },
      { severity: 'warn', text: `${partly}\n    missing\n        more` }
    ])
  })

  it('of reads from which only a notice could have come is a notice', () => {
    const said = [{ severity: 'info', text: `${partly}\n    slight\n        more` }]
    assert.deepStrictEqual(ofTroubles('warn', [slight]), said)
    assert.deepStrictEqual(ofTroubles('fail', [slight]), said)
  })

  it('of notices is one text, each with the connections that it is about', () => {
    const many = Array.from({ length: 7 }, (_, at) => `branch-${at}`)
    assert.deepStrictEqual(
      ofNotices(
        new Map([
          ['SBC 4 is new', many],
          ['SBC 5 is new', ['hq']]
        ])
      ),
      [
        {
          severity: 'info',
          text: 'Preflight: please compare:\n    SBC 4 is new (branch-0, branch-1, branch-2, branch-3, branch-4 and 2 more)\n    SBC 5 is new (hq)'
        }
      ]
    )
    assert.deepStrictEqual(ofNotices(new Map()), [])
  })

  it('at the end of a run that fails counts the connections', () => {
    const rest = 'and audiocodes-live:preflight is fail'
    const connection = (name: string) => ({ name, noun: 'SIP connection' as const })
    const plan = { name: 'c', noun: 'dial plan' as const }
    assert.deepStrictEqual(ofFailure([connection('b'), connection('a')]), {
      severity: 'error',
      text: `Preflight: 2 SIP connections do not fit the platform (a, b), ${rest}`
    })
    const text = (failed: ReadonlyArray<Failed>): string => ofFailure(failed).text
    assert.strictEqual(text([connection('a')]), `Preflight: a SIP connection does not fit the platform (a), ${rest}`)
    assert.strictEqual(text([plan]), `Preflight: a dial plan does not fit the platform (c), ${rest}`)
    assert.strictEqual(text([plan, connection('a')]), `Preflight: 2 resources do not fit the platform (a, c), ${rest}`)
  })
})
