import * as assert from 'node:assert'
import { scrubber } from '../../../provider/Secrets'
import { errorTexts, type ExecutionMessage, scrubbed } from '../../../provider/Answers'
import { sbcProgrammed } from '../../../provider/sip-connection/Messages'

const information = (message: string): ExecutionMessage => ({ level: 'Information', message })
const error = (message: string): ExecutionMessage => ({ level: 'Error', message })

describe('Messages', () => {
  const scrub = scrubber(['hunter2'])

  it('the errors among them, in their order and without secrets', () => {
    assert.deepStrictEqual(
      errorTexts([information('a hunter2'), error('b hunter2'), information('Error'), error('')], scrub),
      ['b [secret]', '']
    )
    assert.deepStrictEqual(errorTexts([], scrub), [])
  })

  const rows: ReadonlyArray<
    readonly [messages: ReadonlyArray<ExecutionMessage>, state: string | undefined, expected: boolean]
  > = [
    [[], undefined, false],
    [[], '3', true],
    [[], 'Deployed', true],
    [[], 'deployed', true],
    [[], '0', false],
    [[], '33', false],
    [[], '', false],
    [[], 'NotDeployed', false],
    [[], 'Deploying', false],
    [[information('SBC is programmed.')], undefined, true],
    [[information('Checking.'), information('The SBC is programmed')], '1', true],
    [[information('SBC is not programmed yet.')], undefined, false],
    [[information('Starting SBC Programming.')], undefined, false],
    [[information('sbc is programmed')], undefined, true],
    [[information('SBC is programmedx')], undefined, false]
  ]
  for (const [messages, state, expected] of rows) {
    it(`${messages.map(({ message }) => message).join(' ') || 'nothing said'}, state ${state ?? 'absent'}: ${expected ? '' : 'not '}programmed`, () => {
      assert.strictEqual(sbcProgrammed(messages, state), expected)
    })
  }

  it('without the secrets that a script may have printed', () => {
    assert.deepStrictEqual(
      scrubbed([information('set password hunter2'), error('hunter2 refused'), information('done')], scrub),
      [information('set password [secret]'), error('[secret] refused'), information('done')]
    )
  })
})
