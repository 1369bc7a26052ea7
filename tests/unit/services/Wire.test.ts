import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { decode } from '../../../provider/Decode'
import { ServiceAnswer } from '../../../provider/services/Wire'
import { customerGuid } from './Args'

describe('Wire: what the calls of a service answer', () => {
  const job = 'wst_22222222-2222-4222-8222-222222222222'
  const none: ReadonlyArray<never> = []
  const rows: ReadonlyArray<readonly [answer: unknown, understood: object]> = [
    [customerGuid, { customerGuid, executionMessages: none }],
    [` ${customerGuid.toUpperCase()}\n`, { customerGuid, executionMessages: none }],
    ['tsk_5001', { taskId: 'tsk_5001', executionMessages: none }],
    [job, { taskId: job, executionMessages: none }],
    [1, { executionMessages: none }],
    [null, { executionMessages: none }],
    ['tsk_0', { executionMessages: none }],
    ['', { executionMessages: none }],
    [{}, { executionMessages: none }],
    [{ jobId: job }, { taskId: job, executionMessages: none }],
    [
      { JobID: job, UmpCustomerGuid: null },
      { taskId: job, executionMessages: none }
    ],
    [{ id: 'tsk_7' }, { taskId: 'tsk_7', executionMessages: none }],
    ...['umpCustomerGuid', 'CustomerGuid', 'customerId', 'id', 'guid'].map(
      (name) => [{ [name]: customerGuid }, { customerGuid, executionMessages: none }] as const
    ),
    // .NET writes the nil uuid where there is none.
    [{ umpCustomerGuid: '00000000-0000-0000-0000-000000000000' }, { executionMessages: none }],
    [
      { executionMessages: [{ Level: 'error', Message: 'No.' }] },
      { executionMessages: [{ level: 'Error', message: 'No.' }] }
    ]
  ]
  for (const [answer, understood] of rows) {
    it(JSON.stringify(answer), () => {
      assert.deepStrictEqual(decode(ServiceAnswer, answer), E.right(understood))
    })
  }

  it('fields of another type are faults, without the value', () => {
    assert.deepStrictEqual(
      decode(ServiceAnswer, { umpCustomerGuid: 42, jobId: {}, executionMessages: [{ level: 'Debug' }] }),
      E.left([
        'customerGuid: expected uuid',
        'taskId: expected string or number',
        'executionMessages[0].level: expected "Information" or "Error"',
        'executionMessages[0].message: expected string'
      ])
    )
  })
})
