import * as assert from 'node:assert'
import { type Cell, byMethod, livesOf, requestsApart, requestsInWords } from '../../bench/fleet/Cell'
import { chainsOf } from '../../bench/fleet/Chains'
import { roleOf, usageOf } from '../../bench/fleet/Roles'
import { type Operation, operations } from '../../bench/fleet/Way'
import { median, quartiles } from '../../bench/Statistics'

const cell = (operation: Operation, seconds: number, megabytes = 0, count = 10): Cell => ({
  way: 'fleet',
  count,
  latency: 0,
  operation,
  seconds,
  usage: usageOf([{ role: 'provider', megabytes, processor: 0 }]),
  stateBytes: 2000,
  compactBytes: 1000,
  requests: {}
})

describe('the statistics of the benchmarks', () => {
  it('has medians and quartiles', () => {
    assert.deepStrictEqual([median([3, 1, 2]), median([4, 1, 2, 3]), median([])], [2, 2.5, NaN])
    assert.deepStrictEqual(quartiles([5, 1, 4, 2, 3]), [1.5, 4.5])
    assert.deepStrictEqual(quartiles([2, 1]), [1, 2])
  })
})

describe('the cells of the comparison', () => {
  it('counts requests, and how far two counts are apart', () => {
    const requests = byMethod([{ method: 'PATCH' }, { method: 'GET' }, { method: 'GET' }])
    assert.deepStrictEqual(Object.entries(requests), [
      ['GET', 2],
      ['PATCH', 1]
    ])
    assert.deepStrictEqual(
      [requestsInWords({ GET: 1001, POST: 1 }), requestsInWords({})],
      ['1,001 GET, 1 POST', 'none']
    )
    assert.deepStrictEqual(
      [requestsApart(requests, requests), requestsApart(requests, { GET: 1, POST: 3 }), requestsApart({}, requests)],
      [0, 5, 3]
    )
  })

  it('are put together into whole lives, with medians of what was measured more than once', () => {
    const once = operations.map((operation) => cell(operation, 1, 100))
    const unfinished = cell('create', 7, 0, 100)
    const [life, ...others] = livesOf([...once, unfinished, cell('create', 2, 140)])
    assert.deepStrictEqual(others, [])
    assert.deepStrictEqual(life, {
      ...{ way: 'fleet', count: 10, latency: 0 },
      cells: {
        ...Object.fromEntries(operations.map((operation) => [operation, cell(operation, 1, 100)])),
        create: cell('create', 1.5, 120)
      }
    })
  })
})

describe('the processes of a run', () => {
  it('are told apart by their command lines', () => {
    const commands = [
      '/repo/.engine/bin/pulumi --non-interactive up',
      '/repo/.engine/terraform/bin/terraform apply',
      '/usr/bin/node /repo/node_modules/@pulumi/pulumi/cmd/dynamic-provider/ 127.0.0.1:1',
      '/repo/.engine/terraform/bin/terraform-provider-restapi',
      'node /repo/bin/pulumi-resource-audiocodes-live 127.0.0.1:1',
      '/repo/.engine/bin/pulumi-language-nodejs 127.0.0.1:1',
      '/usr/bin/node /repo/node_modules/@pulumi/pulumi/cmd/run --project harness',
      '/bin/sh /repo/.engine/bin/pulumi-resource-pulumi-nodejs 127.0.0.1:1'
    ]
    assert.deepStrictEqual(commands.map(roleOf), [
      ...['engine', 'engine', 'provider', 'provider', 'provider', 'program', 'program'],
      undefined
    ])
  })

  it('count with the most that one of a role took', () => {
    const none = { megabytes: 0, processor: 0 }
    assert.deepStrictEqual(
      usageOf([
        { role: 'engine', megabytes: 100, processor: 2 },
        { role: 'provider', megabytes: 50, processor: 1 },
        { role: 'engine', megabytes: 80, processor: 3 }
      ]),
      { engine: { megabytes: 100, processor: 3 }, provider: { megabytes: 50, processor: 1 }, program: none }
    )
  })
})

describe('the requests of a fleet', () => {
  const site = (n: number): string => `/api/v2/sitelocation/00000000-0000-4000-8000-00000000000${n}`
  const sent = (method: string, path: string, body = '', query = '') => ({ method, path, body, query })
  const made = [
    sent('GET', '/api/v3/customer/c', '', 'allDetails=true'),
    sent('POST', '/sitelocation/', 'one'),
    sent('POST', '/sitelocation/', 'two'),
    sent('GET', site(1)),
    sent('GET', site(2))
  ]

  it('become chains that somebody else can send', () => {
    const read = { method: 'GET', path: '/api/v2/sitelocation/{site}', body: '' }
    const post = (body: string) => ({ method: 'POST', path: '/sitelocation/', body })
    assert.deepStrictEqual(chainsOf(made), {
      before: [{ method: 'GET', path: '/api/v3/customer/c?allDetails=true', body: '' }],
      each: [
        [post('one'), read],
        [post('two'), read]
      ]
    })
  })

  it('cannot when connections are read unequally', () => {
    assert.throws(() => chainsOf(made.slice(0, 4)), /2 connections were read 1 times/)
  })
})
