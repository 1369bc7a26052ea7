import type { DialPlanArgs } from '../../../provider/dial-plan/Args'
import { type DialPlanState, managedKeysOf } from '../../../provider/dial-plan/State'
import { customerGuid, siteGuid } from '../support'

/** Every input, in canonical form. A new input makes this incomplete, which does not compile. */
export const allArgs: Required<DialPlanArgs> = {
  customerGuid,
  siteGuid,
  dialPlanName: 'CustDialPlan',
  rules: [
    { prefix: '+4930', tag: 'sbc1.example.net' },
    { prefix: '+4940', tag: 'sbc2.example.net', name: 'North' }
  ],
  adopt: false
}

/** The state after a write of these inputs. */
export const stateOf = (args: DialPlanArgs, more: Partial<DialPlanState> = {}): DialPlanState => ({
  ...args,
  changedOutside: [],
  executionMessages: [],
  lastOperation: {
    kind: 'create',
    outcome: 'ok',
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 1200,
    correlationId: 'c-1',
    serverIds: [],
    taskIds: []
  },
  platform: 'https://live.example.net/tenantui',
  managedKeys: managedKeysOf(args),
  schemaVersion: 1,
  ...more
})
