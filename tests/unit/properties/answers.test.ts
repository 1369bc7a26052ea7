import * as assert from 'node:assert'
import { identity } from 'fp-ts/function'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import type * as t from 'io-ts'
import * as Auth from '../../../provider/Auth'
import { decode } from '../../../provider/Decode'
import * as Problems from '../../../provider/Problems'
import { TaskAnswer } from '../../../provider/Answers'
import { DeleteAnswer, ServiceAnswer, SiteAnswer, WriteAnswer } from '../../../provider/sip-connection/Wire'
import { check } from '../../support/property'
import { sample } from '../sip-connection/answers'
import { canary, canaryJson, customerGuid, singsOf, siteGuid } from '../support'
import { mutated } from './support'

const messages = [
  { level: 'Information', message: 'Starting SBC Programming.' },
  { level: 'Error', message: 'Failed.' }
]

/** A valid answer of every call, with every field that is read. The names are those of the faults. */
const valid: Readonly<Record<string, readonly [codec: t.Decoder<unknown, unknown>, answer: unknown]>> = {
  'Get SIP Connections': [SiteAnswer, { ...sample, m365DeploymentState: 2, pendingTasks: ['tsk_1', { id: 'tsk_2' }] }],
  'Add and Modify': [WriteAnswer, { customerGuid, siteGuid, executionMessages: messages }],
  Delete: [DeleteAnswer, { status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_1', o365CleanupTask: 'tsk_0' }],
  'Get Task': [TaskAnswer, { status: 'CompletedSuccess', details: ['one', null], executionMessages: messages }],
  'service details': [
    ServiceAnswer,
    {
      siteLocation: [
        { id: siteGuid, name: 'branch-07', sbcId: 3, sbcDeploymentState: 'Deployed' },
        { id: customerGuid, name: 'other', sbcId: null }
      ]
    }
  ]
}

const names = ['siteName', 'sbcInfo', 'sbcScripts', 'customerVariables', 'level', 'message', 'id', 'name', 'status']

/** What may come in the place of a node: any JSON whose values are known again, or nothing at all. */
const anything = (): fc.Arbitrary<unknown> => fc.oneof(canaryJson(names), fc.constant(undefined))

describe('Answers with one part exchanged', () => {
  for (const [call, [codec, answer]] of Object.entries(valid)) {
    it(`${call}: the valid answer is taken`, () => assert.ok(E.isRight(decode(codec, answer))))

    it(`${call}: taken, or refused with the path of the part and no value`, () => {
      let refused = 0
      check(
        fc.property(mutated(answer, anything()), ({ value, path }) => {
          const result = decode(codec, value)
          if (E.isRight(result)) return
          refused += 1
          assert.ok(result.left.length > 0)
          for (const line of result.left) {
            const [, at = ''] = /^(?:(.*): )?expected \S/s.exec(line) ?? assert.fail(line)
            assert.ok(at.startsWith(path), `the fault at ${at} is not within ${path}`)
            assert.ok(!singsOf(line), line)
          }
        }),
        400
      )
      assert.ok(refused > 20, `only ${refused} of 400 answers were refused`)
    })
  }
})

describe('Answers of the token endpoint', () => {
  /** What a token source makes of an answer: the token, or the words of the refusal. */
  const tokenOf = (status: number, body: string, secret: string) =>
    Auth.tokenSource(
      {
        _tag: 'Client',
        tokenUrl: 'https://login.example.net/token',
        clientId: 'client',
        scope: 'api://x/.default',
        proof: { _tag: 'Secret', clientSecret: secret }
      },
      { fetch: () => TE.right({ status, headers: {}, body }), now: () => 0, readFile: () => TE.left('no'), timeout: 1 }
    ).token()

  const answer = { access_token: 'made-up', expires_in: 3599, token_type: 'Bearer' }
  const fields = ['access_token', 'expires_in', 'error', 'error_description', 'message', 'title', 'errors']

  it('with one part exchanged: a token, or words without a value', async () => {
    let refused = 0
    await check(
      fc.asyncProperty(mutated(answer, fc.oneof(canaryJson(fields), fc.constant(undefined))), async ({ value }) => {
        const result = await tokenOf(200, JSON.stringify(value ?? ''), 'made-up-secret')
        if (E.isRight(result)) return
        refused += 1
        assert.ok(result.left.error.words.length > 0)
        assert.ok(!result.left.error.words.some(singsOf), result.left.error.words.join('; '))
      }),
      300
    )
    assert.ok(refused > 20, `only ${refused} of 300 answers were refused`)
  })

  it('any JSON and any text: a token or words, and never the secret that was sent', async () => {
    const secret = 'Zq7Canary"ü\\+/ <'
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      canaryJson(fields).map((value) =>
        JSON.stringify(value).replaceAll('Zq7Canary', JSON.stringify(secret).slice(1, -1))
      ),
      fc.string().map((text) => `${text}${secret}${text}`),
      fc.string().map((text) => JSON.stringify({ error: secret, error_description: `${text}${secret}` }).slice(0, -1))
    )
    await check(
      fc.asyncProperty(body, fc.constantFrom(200, 302, 400, 401, 429, 500), async (text, status) => {
        const result = await tokenOf(status, text, secret)
        return E.isRight(result) || !result.left.error.words.some((word) => word.includes(secret))
      }),
      300
    )
  })
})

describe('Error bodies', () => {
  const fields = ['executionMessages', 'message', 'errors', 'title', 'detail', 'error', 'errorCode', 'traceId', 'msg']

  it('of any kind are words, of which none is empty and none is longer than what was sent', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      canaryJson(fields).map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' })
    )
    check(
      fc.property(body, (text) => {
        const words = Problems.words(text, identity)
        return (
          words.every((word) => typeof word === 'string' && word.trim() !== '') &&
          words.join('').length <= 2 * text.length + 20 * words.length &&
          Problems.traceIds(text).every((id) => typeof id === 'string')
        )
      }),
      500
    )
  })

  it('that are not JSON show no value behind a secret’s name, wherever they are cut', () => {
    check(
      fc.property(
        fc.constantFrom('CarrierUserPassword', 'carrierPasswordDPI', 'client_secret', 'CustomVar.Variable1'),
        canary().filter((text) => text.trim() !== ''),
        fc.nat({ max: 40 }),
        (name, value, cut) => {
          const json = JSON.stringify({ siteName: 'branch', [name]: value, more: { deep: [1] } })
          // Cut somewhere in the value or behind it.
          const end =
            json.indexOf(JSON.stringify(value)) + 1 + (cut % (json.length - json.indexOf(JSON.stringify(value)) - 1))
          assert.ok(!singsOf(Problems.words(json.slice(0, end), identity).join('')), json.slice(0, end))
        }
      ),
      300
    )
  })
})
