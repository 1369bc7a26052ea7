import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { decode } from '../../../provider/Decode'
import { AnyAnswer, TaskAnswer, isTask, taskIds, taskState } from '../../../provider/Answers'
import { DeleteAnswer, ServiceAnswer, SiteAnswer, WriteAnswer } from '../../../provider/sip-connection/Wire'
import { check } from '../../support/property'
import { canaryJson, singsOf } from '../support'
import { sample } from './answers'

/** A value with every name of an object written by `rename`, at every depth. */
const renamed = (value: unknown, rename: (name: string) => string): unknown =>
  Array.isArray(value)
    ? value.map((item) => renamed(item, rename))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renamed(item, rename)]))
      : value

/** What is left of a decoded value when absent fields are left out. */
const present = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

const decoded = (codec: t.Decoder<unknown, unknown>, value: unknown): unknown => {
  const result = decode(codec, value)
  return E.isRight(result) ? present(result.right) : result.left
}

const siteGuid = '22222222-2222-4222-8222-cccccccccccc'
const message = (level: string, text = 'a') => ({ level, message: text })

describe('Wire: an answer of Get SIP Connections', () => {
  const { customerVariables } = sample.sbcInfo.sbcScripts
  const expected = {
    siteName: 'branch-07',
    tenantId: sample.tenantId,
    sbcDeploymentState: '3',
    onlinePstnGateway: sample.onlinePstnGateway,
    sbcInfo: {
      sbcConfigurationType: '0',
      cacProfile: '20 sessions',
      carrierHostName: 'sip.example.net',
      carrierId: 'Trunk-A',
      carrierUserName: 'u-100',
      flagConfigureSbc: true,
      sbcId: 3,
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables }
    },
    m365Info: { m365Scripts: { flagConfigureM365Routing: false } },
    pendingTasks: []
  }

  const spellings: ReadonlyArray<readonly [name: string, rename: (name: string) => string]> = [
    ['as documented', (name) => name],
    ['in PascalCase', (name) => name.charAt(0).toUpperCase() + name.slice(1)],
    ['in lower case', (name) => name.toLowerCase()],
    ['in upper case', (name) => name.toUpperCase()],
    ['with blanks, as in "Cac Profile"', (name) => name.replace(/[A-Z]/g, ' $&')],
    ['with underscores', (name) => name.replace(/[A-Z]/g, '_$&').toLowerCase()]
  ]
  for (const [name, rename] of spellings) {
    it(`the sample, its names ${name}`, () => {
      // The names within the bag are the user's, so they stay.
      const shown = renamed({ ...sample, sbcInfo: { ...sample.sbcInfo, sbcScripts: 0 } }, rename) as Record<
        string,
        Record<string, unknown>
      >
      const info = shown[rename('sbcInfo')]
      assert.ok(info)
      info[rename('sbcScripts')] = {
        ...(renamed({ onboardingScript: 12001, cleanupScript: 12002 }, rename) as object),
        [rename('customerVariables')]: customerVariables
      }
      assert.deepStrictEqual(decoded(SiteAnswer, shown), expected)
    })
  }

  for (const name of ['carrierMailLine', 'carierMailLine', 'CarierMainLine', 'CARRIERMAILLINE', 'Carrier Mail Line']) {
    it(`the main line as ${name}`, () => {
      assert.deepStrictEqual(decoded(SiteAnswer, { siteName: 'a', sbcInfo: { [name]: 'main' } }), {
        siteName: 'a',
        sbcInfo: { carrierMainLine: 'main' }
      })
      for (const both of [
        { carrierMainLine: null, [name]: 'main' },
        { [name]: 'main', carrierMainLine: null }
      ]) {
        assert.deepStrictEqual(decoded(SiteAnswer, { siteName: 'a', sbcInfo: both }), {
          siteName: 'a',
          sbcInfo: { carrierMainLine: 'main' }
        })
      }
    })
  }

  it('names that Add and Modify use', () => {
    assert.deepStrictEqual(
      decoded(SiteAnswer, {
        siteLocationName: 'a',
        sbcInfo: { 'Cac Profile': 'x', sbcScripts: { sbcOnboardingScript: 1, sbcCleanupScript: 2 } }
      }),
      { siteName: 'a', sbcInfo: { cacProfile: 'x', sbcScripts: { onboardingScript: 1, cleanupScript: 2 } } }
    )
    assert.deepStrictEqual(decoded(SiteAnswer, { sbcSiteName: 'a' }), { siteName: 'a' })
  })

  it('states and types as numbers and as words, variables of other types as texts', () => {
    assert.deepStrictEqual(
      decoded(SiteAnswer, {
        siteName: 'a',
        sbcDeploymentState: 'Deployed',
        m365DeploymentState: 0,
        sbcInfo: {
          sbcConfigurationType: 'SipTrunk',
          carrierId: 7,
          sbcScripts: { customerVariables: { a: 1, b: true, c: null, d: '' } }
        }
      }),
      {
        siteName: 'a',
        sbcDeploymentState: 'Deployed',
        m365DeploymentState: '0',
        sbcInfo: {
          sbcConfigurationType: 'SipTrunk',
          carrierId: '7',
          sbcScripts: { customerVariables: { a: '1', b: 'true', c: null, d: '' } }
        }
      }
    )
  })

  it('further fields are ignored at every depth', () => {
    const more = { extra: 1, another: { deep: [] } }
    assert.deepStrictEqual(
      decoded(SiteAnswer, {
        ...sample,
        ...more,
        sbcInfo: { ...sample.sbcInfo, ...more },
        m365Info: { ...sample.m365Info, ...more }
      }),
      expected
    )
  })

  const faults: ReadonlyArray<readonly [value: unknown, lines: ReadonlyArray<string>]> = [
    [5, ['expected an object (SiteAnswer)']],
    [null, ['expected an object (SiteAnswer)']],
    [[sample], ['expected an object (SiteAnswer)']],
    [{}, ['siteName: expected string']],
    [{ siteName: null }, ['siteName: expected string']],
    [{ ...sample, tenantId: 5 }, ['tenantId: expected string']],
    [{ ...sample, sbcDeploymentState: true }, ['sbcDeploymentState: expected string or number']],
    [{ ...sample, m365DeploymentState: {} }, ['m365DeploymentState: expected string or number']],
    [{ ...sample, onlinePstnGateway: [] }, ['onlinePstnGateway: expected string']],
    [{ ...sample, pendingTasks: 'tsk_1' }, ['pendingTasks: expected Array<unknown>']],
    [{ ...sample, sbcInfo: 'x' }, ['sbcInfo: expected an object (SbcInfo)']],
    [{ ...sample, SBCINFO: undefined, sbcInfo: { sbcId: '3' } }, ['sbcInfo.sbcId: expected integer']],
    [
      { ...sample, sbcInfo: { SbcId: 3.5, flagConfigureSbc: 'true' } },
      ['sbcInfo.flagConfigureSbc: expected boolean', 'sbcInfo.sbcId: expected integer']
    ],
    [
      { ...sample, sbcInfo: { cacProfile: 20, carrierMailLine: 1 } },
      ['sbcInfo.cacProfile: expected string', 'sbcInfo.carrierMainLine: expected string']
    ],
    [
      { ...sample, sbcInfo: { sbcScripts: { onboardingScript: 'x' } } },
      ['sbcInfo.sbcScripts.onboardingScript: expected integer']
    ],
    [
      { ...sample, sbcInfo: { sbcScripts: { customerVariables: { CarrierUserPassword: ['hunter2'] } } } },
      ['sbcInfo.sbcScripts.customerVariables.CarrierUserPassword: expected string']
    ],
    [
      { ...sample, m365Info: { m365Scripts: { flagConfigureM365Routing: 1 } } },
      ['m365Info.m365Scripts.flagConfigureM365Routing: expected boolean']
    ]
  ]
  for (const [value, lines] of faults) {
    it(lines.join('; '), () => assert.deepStrictEqual(decoded(SiteAnswer, value), lines))
  }
})

describe('Wire: an answer of Add and of Modify', () => {
  const rows: ReadonlyArray<readonly [value: unknown, expected: unknown]> = [
    [
      {
        customerGuid: 'C-1',
        siteGuid: siteGuid.toUpperCase(),
        executionMessages: [message('Information'), message('Error', 'b')]
      },
      { customerGuid: 'c-1', siteGuid, executionMessages: [message('Information'), message('Error', 'b')] }
    ],
    [
      { CustomerId: 'c', SiteGuid: 's', ExecutionMessages: [{ Level: 'error', Message: 'a' }] },
      { customerGuid: 'c', siteGuid: 's', executionMessages: [message('Error')] }
    ],
    [
      { umpCustomerGuid: 'c', executionMessages: [message('INFORMATION')] },
      { customerGuid: 'c', executionMessages: [message('Information')] }
    ],
    [{}, {}],
    [{ siteGuid: null, executionMessages: null, more: 1 }, {}],
    [{ executionMessages: [] }, { executionMessages: [] }],
    [{ executionMessages: [message('Warning')] }, ['executionMessages[0].level: expected "Information" or "Error"']],
    [
      { executionMessages: [message('Error'), { level: 2 }] },
      ['executionMessages[1].level: expected "Information" or "Error"', 'executionMessages[1].message: expected string']
    ],
    [{ executionMessages: 'x' }, ['executionMessages: expected Array<ExecutionMessage>']],
    [{ executionMessages: ['x'] }, ['executionMessages[0]: expected an object (ExecutionMessage)']],
    [{ siteGuid: 5 }, ['siteGuid: expected uuid']],
    ['1', ['expected an object (WriteAnswer)']],
    [1, ['expected an object (WriteAnswer)']]
  ]
  for (const [value, expected] of rows) {
    it(JSON.stringify(value), () => assert.deepStrictEqual(decoded(WriteAnswer, value), expected))
  }
})

describe('Wire: other answers', () => {
  const rows: ReadonlyArray<
    readonly [name: string, codec: t.Decoder<unknown, unknown>, value: unknown, expected: unknown]
  > = [
    [
      'a deletion',
      DeleteAnswer,
      { status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_5001', o365CleanupTask: 'tsk_0' },
      { status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_5001', o365CleanupTask: 'tsk_0' }
    ],
    [
      'a deletion in other names',
      DeleteAnswer,
      { Status: false, SbcCleanupTaskId: 7, M365CleanupTaskId: 8 },
      { status: false, sbcCleanupTaskId: '7', o365CleanupTask: '8' }
    ],
    ['a deletion without tasks', DeleteAnswer, { sbcCleanupTaskId: null }, {}],
    ['a deletion that is none', DeleteAnswer, 1, ['expected an object (DeleteAnswer)']],
    [
      'a deletion with wrong types',
      DeleteAnswer,
      { status: 'true', sbcCleanupTaskId: {} },
      ['status: expected boolean', 'sbcCleanupTaskId: expected string or number']
    ],
    [
      'a task',
      TaskAnswer,
      { id: 'tsk_1', status: 'CompletedSuccess', details: [null, 'a'], executionMessages: [], outputData: {} },
      { status: 'CompletedSuccess', details: [null, 'a'], executionMessages: [], outputData: {} }
    ],
    ['a task with a number for its status', TaskAnswer, { Status: 3 }, { status: '3' }],
    ['a task whose output is no object', TaskAnswer, { status: 'x', outputData: ['a'] }, { status: 'x' }],
    ['a task without a status', TaskAnswer, { id: 'tsk_1' }, ['status: expected string or number']],
    [
      'service details',
      ServiceAnswer,
      {
        Id: 'x',
        SiteLocation: [{ Id: 'ABC', Name: 'a', SbcId: 5, sbcDeploymentState: 'Deployed', sbcConfigurationType: 'Byoc' }]
      },
      { siteLocation: [{ id: 'abc', name: 'a', sbcId: 5, sbcDeploymentState: 'Deployed' }] }
    ],
    ['service details without connections', ServiceAnswer, { ShortName: 'x' }, {}],
    [
      'service details with null for a list, which is no empty one',
      ServiceAnswer,
      { SiteLocation: null },
      { siteLocation: null }
    ],
    [
      'service details with something else for a list',
      ServiceAnswer,
      { SiteLocation: {} },
      ['siteLocation: expected array of connections']
    ],
    ['service details with an empty list', ServiceAnswer, { siteLocations: [] }, { siteLocation: [] }],
    [
      'service details with a site without a name',
      ServiceAnswer,
      { SiteLocation: [{ id: 'a' }] },
      ['siteLocation[0].name: expected string']
    ],
    ['anything', AnyAnswer, { a: [1] }, { a: [1] }]
  ]
  for (const [name, codec, value, expected] of rows) {
    it(name, () => assert.deepStrictEqual(decoded(codec, value), expected))
  }
})

describe('Wire: tasks', () => {
  it('taskIds', () => {
    assert.deepStrictEqual(
      taskIds([
        'tsk_1',
        7,
        { id: 'tsk_2', status: 'x' },
        { taskId: 'tsk_3' },
        { taskid: 4 },
        { Id: 'tsk_5' },
        { name: 'x' },
        {},
        null,
        true,
        []
      ]),
      ['tsk_1', '7', 'tsk_2', 'tsk_3', '4', 'tsk_5', 'task', 'task', 'task', 'task', 'task']
    )
    assert.deepStrictEqual([taskIds([]), taskIds(undefined)], [[], []])
  })

  const tasks: ReadonlyArray<readonly [id: string | undefined, expected: boolean]> = [
    [undefined, false],
    ['', false],
    ['0', false],
    ['tsk_0', false],
    ['tsk_1', true],
    ['tsk_10', true],
    ['tsk_00', true],
    ['wup_0', true],
    ['wst_22222222-2222-4222-8222-cccccccccccc', true],
    ['7', true]
  ]
  for (const [id, expected] of tasks) {
    it(`isTask of ${id ?? 'nothing'}: ${expected}`, () => assert.strictEqual(isTask(id), expected))
  }

  const states: ReadonlyArray<readonly [status: string, expected: ReturnType<typeof taskState>]> = [
    ['CompletedSuccess', 'done'],
    ['completedsuccess', 'done'],
    ['Completed Success', 'done'],
    ['COMPLETED_SUCCESS', 'done'],
    ['Completed-Success', 'done'],
    ['Completed', 'failed'],
    ['CompletedWithErrors', 'failed'],
    ['CompletedSuccessfully', 'failed'],
    ['Completed Failed', 'failed'],
    ['Failed', 'failed'],
    ['failure', 'failed'],
    ['Error', 'failed'],
    ['Cancelled', 'failed'],
    ['Canceled', 'failed'],
    ['Aborted', 'failed'],
    ['In Progress', 'running'],
    ['InProgress', 'running'],
    ['Queued', 'running'],
    ['Running', 'running'],
    ['NotCompleted', 'running'],
    ['Success', 'running'],
    ['3', 'running'],
    ['', 'running']
  ]
  for (const [status, expected] of states) {
    it(`taskState of ${status || '(empty)'}: ${expected}`, () => assert.strictEqual(taskState(status), expected))
  }
})

describe('Wire: whatever comes', () => {
  type Codec = t.Decoder<unknown, unknown> & { readonly is: (value: unknown) => boolean }
  const codecs: ReadonlyArray<readonly [string, Codec]> = [
    ['SiteAnswer', SiteAnswer],
    ['WriteAnswer', WriteAnswer],
    ['DeleteAnswer', DeleteAnswer],
    ['TaskAnswer', TaskAnswer],
    ['ServiceAnswer', ServiceAnswer]
  ]
  const names = [
    ...Object.keys(sample),
    ...Object.keys(sample.sbcInfo),
    ...Object.keys(sample.sbcInfo.sbcScripts),
    ...Object.keys(sample.m365Info),
    'CarrierUserPassword',
    'customerGuid',
    'siteGuid',
    'executionMessages',
    'level',
    'message',
    'status',
    'sbcCleanupTaskId',
    'SiteLocation',
    'id',
    'name'
  ]
  const json = () =>
    fc.oneof(canaryJson(names), fc.dictionary(fc.constantFrom(...names), canaryJson(names)), fc.jsonValue())

  for (const [name, codec] of codecs) {
    it(`${name}: any JSON is a value or faults that give a path and a type, and no value`, () => {
      check(
        fc.property(json(), (value) => {
          const result = decode(codec, value)
          return (
            E.isRight(result) ||
            (result.left.length > 0 &&
              !result.left.some(singsOf) &&
              result.left.every((line) => /^(\S.*: )?expected \S/.test(line) && !/undefined/.test(line)))
          )
        }),
        500
      )
    })
  }

  for (const [name, codec] of codecs) {
    it(`${name}: what is decoded is of its type, and decoded again to the same`, () => {
      check(
        fc.property(json(), (value) => {
          const result = decode(codec, value)
          if (E.isLeft(result)) return true
          assert.deepStrictEqual(decode(codec, result.right), result)
          return codec.is(result.right)
        }),
        300
      )
    })
  }

  it('a value with a part of another type is not of the type', () => {
    const ofMessages = (...executionMessages: ReadonlyArray<unknown>) =>
      WriteAnswer.is({ customerGuid: undefined, siteGuid: undefined, executionMessages })
    assert.deepStrictEqual(
      [
        ofMessages(message('Error')),
        ofMessages(message('Information')),
        ofMessages(message('error')),
        ofMessages({ level: 'Error' })
      ],
      [true, true, false, false]
    )
    const ofVariable = (variable: unknown) => {
      const result = decode(SiteAnswer, sample)
      assert.ok(E.isRight(result) && result.right.sbcInfo?.sbcScripts !== undefined)
      const { sbcInfo } = result.right
      return SiteAnswer.is({
        ...result.right,
        sbcInfo: { ...sbcInfo, sbcScripts: { ...sbcInfo.sbcScripts, customerVariables: { a: variable } } }
      })
    }
    assert.deepStrictEqual(['a', null, 5, {}].map(ofVariable), [true, true, false, false])
    assert.ok(AnyAnswer.is({ a: [] }))
  })

  it('taskIds and taskState take anything', () => {
    check(
      fc.property(fc.array(fc.jsonValue()), fc.string(), (pending, status) => {
        const ids = taskIds(pending)
        return (
          ids.length === pending.length &&
          ids.every((id) => typeof id === 'string') &&
          ['done', 'failed', 'running'].includes(taskState(status))
        )
      })
    )
  })
})
