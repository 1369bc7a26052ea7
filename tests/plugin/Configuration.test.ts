import * as assert from 'node:assert'
import { failuresOf, instanceOf, read, secretKeys } from '../../provider/plugin/Configuration'
import { unknowns } from '../support/unknowns'

const enough = { baseUrl: 'https://live.example.net/tenantui', accessToken: 'token' }

describe('the configuration of a provider instance', () => {
  it('may have its own types, and JSON in texts', () => {
    assert.deepStrictEqual(
      read({
        ...enough,
        maxRetries: 3,
        requestTimeout: '2.5',
        readOnly: false,
        movedFrom: '["https://a.example","https://b.example"]',
        version: '0.1.0',
        scope: null
      }),
      {
        stack: {
          ...enough,
          maxRetries: '3',
          requestTimeout: '2.5',
          readOnly: 'false',
          movedFrom: 'https://a.example,https://b.example'
        },
        failures: [],
        isComplete: true
      }
    )
    assert.deepStrictEqual(read({ movedFrom: ['https://a.example'] }).stack, { movedFrom: 'https://a.example' })
    assert.deepStrictEqual(read({ movedFrom: 'https://a.example' }).stack, { movedFrom: 'https://a.example' })
  })

  const wrong: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      'a misspelt key, and what is missing then',
      { baseURl: 'x', maxRetry: 3 },
      [
        'baseURl: unknown; did you mean baseUrl?',
        'maxRetry: unknown; did you mean maxRetries?',
        'Missing configuration baseUrl of the provider instance "eu": the address of the platform; give it to new live.Provider("eu", { baseUrl: … }).'
      ]
    ],
    [
      'values of the wrong type, all at once',
      { baseUrl: ['x'], maxRetries: {}, readOnly: [], preflight: {}, movedFrom: [1], accessToken: {} },
      [
        'baseUrl: expected a text',
        'maxRetries: expected a number of tries',
        'readOnly: expected true or false',
        'preflight: expected one of off, warn, fail',
        'movedFrom: expected a list of URLs, or a text with commas between them',
        'accessToken: expected a text'
      ]
    ],
    [
      'a value that cannot be',
      { ...enough, maxRetries: 'many' },
      [
        'Invalid configuration maxRetries of the provider instance "eu": expected a whole number of tries from 0 to 100.'
      ]
    ],
    [
      'a contradiction',
      { ...enough, clientId: 'c' },
      [
        'Contradictory configuration: accessToken of the provider instance "eu" excludes clientId of the provider instance "eu"; remove one of them.'
      ]
    ]
  ]
  for (const [what, properties, expected] of wrong) {
    it(`is refused with ${what}`, () => {
      assert.deepStrictEqual(
        failuresOf(properties, { AUDIOCODES_LIVE_BASE_URL: 'https://env.example' }, 'eu'),
        expected
      )
    })
  }

  it('is completed from the environment, but not that of an explicit instance', () => {
    const environment = { AUDIOCODES_LIVE_BASE_URL: 'https://env.example', AUDIOCODES_LIVE_ACCESS_TOKEN: 'token' }
    assert.deepStrictEqual(failuresOf({}, environment, undefined), [])
    assert.deepStrictEqual(failuresOf({}, environment, 'eu'), [
      'Missing configuration baseUrl of the provider instance "eu": the address of the platform; give it to new live.Provider("eu", { baseUrl: … }).'
    ])
  })

  it('is not judged for what is missing as long as something is not known', () => {
    assert.deepStrictEqual(failuresOf({ baseUrl: unknowns.string }, {}, 'eu'), [])
    assert.deepStrictEqual(failuresOf({ baseUrl: unknowns.string, retries: 1 }, {}, 'eu').length, 1)
  })

  it('has secrets', () => {
    assert.deepStrictEqual(secretKeys, ['accessToken', 'clientSecret'])
  })

  it('belongs to an instance with a name, or to the one of the engine', () => {
    assert.deepStrictEqual(
      ['default', 'default_0_1_0', 'eu', 'defaults', ''].map((name) => instanceOf(name)),
      [undefined, undefined, 'eu', 'defaults', undefined]
    )
  })
})
