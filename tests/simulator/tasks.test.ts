import * as assert from 'node:assert'
import { customerGuids, HEADQUARTERS_GUID, pastTaskIds } from '../../simulator'
import type { Switches } from '../../simulator'
import { at, session } from './support'

const unset = '0001-01-01T00:00:00'
const past = { createTime: unset, completeTime: unset, cancellationRequested: false }

describe('simulator: tasks', () => {
  it('a service made from a lead', () => {
    const id = pastTaskIds.conversion
    assert.deepStrictEqual(session().send('GET', `v2/task/${id}`), {
      status: 200,
      body: {
        id,
        status: 'CompletedSuccess',
        details: ['Converted'],
        executionMessages: [],
        outputData: { umpCustomerGuid: customerGuids.initech },
        ...past
      }
    })
  })

  it('an upload of numbers, with dates as they are written in America', () => {
    const id = pastTaskIds.upload
    assert.deepStrictEqual(session().send('GET', `v2/task/${id}`), {
      status: 200,
      body: {
        id,
        status: 'CompletedSuccess',
        details: [null],
        executionMessages: [{ level: 'Information', message: 'Numbers uploaded.' }],
        outputData: {
          CreateTime: '4/4/2024 12:21:56 PM',
          CompleteTime: '4/4/2024 12:24:01 PM',
          OcUploadNumberResult: 'Completed',
          NumbersUploaded: 4,
          WorkflowVersion: 3
        },
        ...past
      }
    })
  })

  it('an upload that failed: 200 with the error inside', () => {
    const id = pastTaskIds.failedUpload
    assert.deepStrictEqual(session().send('GET', `v2/task/${id}`), {
      status: 200,
      body: {
        id,
        status: 'Failed',
        details: [null],
        executionMessages: [
          { level: 'Error', message: 'The country is not among those that the customer consented to.' }
        ],
        outputData: {},
        ...past
      }
    })
  })

  it('taskWords: with a blank, as in the prose', () => {
    const s = session({ taskWords: 'spaced', deleteTaskMs: 100 })
    const status = (id: unknown) => at(s.send('GET', `v2/task/${String(id)}`).body, 'status')
    const running = at(s.send('DELETE', `v2/sitelocation/${HEADQUARTERS_GUID}`).body, 'sbcCleanupTaskId')
    assert.deepStrictEqual(
      [status(running), status(pastTaskIds.upload), status(pastTaskIds.failedUpload)],
      ['In Progress', 'Completed Success', 'Failed']
    )
  })

  const paths: readonly [Switches['taskPath'], number, number][] = [
    ['single', 200, 404],
    ['repeated', 404, 200],
    ['both', 200, 200]
  ]
  for (const [taskPath, single, repeated] of paths) {
    it(`taskPath: ${taskPath}`, () => {
      const s = session({ taskPath })
      const status = (base: string) => {
        const url = `${base}/api/v2/task/${pastTaskIds.upload}`
        return s.send('GET', '', undefined, { url }).status
      }
      assert.deepStrictEqual([status('/tenantui'), status('/tenantui/tenantui'), status('')], [single, repeated, 404])
    })
  }
})
