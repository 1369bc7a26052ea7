import * as assert from 'node:assert'
import * as t from 'io-ts'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import { nthId, testEnv, testClock } from '../support/TestEnv'
import { answers, ok } from './support/Scripted'

const at = (seconds: number): string => new Date(Date.UTC(2030, 0, 1, 0, 0, seconds)).toISOString()

describe('http: the wire log', () => {
  it('has one line a try, with both bodies, and [secret] in the place of every secret', async () => {
    answers([
      ['PATCH', { status: 429, headers: { 'retry-after': '2' }, body: 'hunter2 is busy' }],
      [
        'PATCH',
        ok({
          siteGuid: '1',
          sbcScripts: { customerVariables: { CarrierUserPassword: 'other', Note: 'was hunter2', Region: 'EMEA' } },
          executionMessages: [{ level: 'Information', message: 'token test-access-token, password aHVudGVyMg==' }]
        })
      ]
    ])
    const { env, trace } = testEnv({}, { random: () => 0 })
    const patch = Http.send({
      method: 'PATCH',
      path: '/api/v2/thing/hunter2',
      query: { sbcSiteGuid: '1' },
      body: {
        sbcSiteName: 'branch-07',
        CarrierUserPassword: 'hunter2',
        carrierPasswordDPI: null,
        sbcScripts: { customerVariables: { apiKey: 'k', Greeting: 'say "hunter2"', Region: 'EMEA' } },
        phones: ['+49301234', 'hunter2']
      },
      answer: t.UnknownRecord
    })
    await operation('update', ['hunter2'])(patch)(env)()
    const request = {
      sbcSiteName: 'branch-07',
      CarrierUserPassword: '[secret]',
      carrierPasswordDPI: null,
      sbcScripts: { customerVariables: { apiKey: '[secret]', Greeting: 'say "[secret]"', Region: 'EMEA' } },
      phones: ['+49301234', '[secret]']
    }
    const common = {
      correlationId: nthId(1),
      method: 'PATCH',
      path: '/api/v2/thing/[secret]',
      query: { sbcSiteGuid: '1' },
      ms: 0,
      request
    }
    assert.deepStrictEqual(trace, [
      { ...common, time: at(0), attempt: 1, status: 429, response: '[secret] is busy' },
      {
        ...common,
        time: at(2),
        attempt: 2,
        status: 200,
        response: {
          siteGuid: '1',
          sbcScripts: { customerVariables: { CarrierUserPassword: '[secret]', Note: 'was [secret]', Region: 'EMEA' } },
          executionMessages: [{ level: 'Information', message: 'token [secret], password [secret]' }]
        }
      }
    ])
  })

  it('has a line for a try without an answer, and the time that it took', async () => {
    const clock = testClock()
    const { env, trace } = testEnv(
      { maxRetries: 0 },
      {
        clock,
        fetch: () => async () => {
          clock.advance(1500)
          return Promise.resolve({
            _tag: 'Left',
            left: { _tag: 'TransportFault', sent: true, passing: true, cause: 'the connection was reset' }
          })
        }
      }
    )
    await operation('read', [])(Http.send({ method: 'GET', path: '/api/v2/thing', answer: t.unknown }))(env)()
    assert.deepStrictEqual(trace, [
      {
        time: at(0),
        correlationId: nthId(1),
        method: 'GET',
        path: '/api/v2/thing',
        attempt: 1,
        ms: 1500,
        fault: 'the connection was reset'
      }
    ])
  })

  it('has a line for a request that got no token', async () => {
    answers(
      [['POST', { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: wrong' } }]],
      'https://login.example.net'
    )
    const { env, trace } = testEnv({
      credentials: {
        _tag: 'Client',
        tokenUrl: 'https://login.example.net/t/oauth2/v2.0/token',
        clientId: 'client',
        scope: 'scope',
        proof: { _tag: 'Secret', clientSecret: 'client-secret' }
      }
    })
    await operation('read', [])(Http.send({ method: 'GET', path: '/api/v2/thing', answer: t.unknown }))(env)()
    assert.deepStrictEqual(trace, [
      {
        time: at(0),
        correlationId: nthId(1),
        method: 'GET',
        path: '/api/v2/thing',
        attempt: 1,
        ms: 0,
        fault: 'no token'
      }
    ])
  })
})
