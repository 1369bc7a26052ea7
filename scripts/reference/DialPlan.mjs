// What only a dial plan knows of its inputs: how rules become a change set, and are read back.

import * as O from 'fp-ts/lib/Option.js'
import { sitesOf } from '../../dist/provider/Customers.js'
import { planned } from '../../dist/provider/dial-plan/ChangeSet.js'
import * as DialPlan from '../../dist/provider/dial-plan/DialPlan.js'
import { getPlan, patchPlan } from '../../dist/provider/dial-plan/Requests.js'
import { addressOf, idOf } from '../../dist/provider/dial-plan/State.js'
import { getTask } from '../../dist/provider/Tasks.js'
import { answered, requestLines, resultOf, sentBy } from './Requests.mjs'
import { readFrom } from './Wire.mjs'

/** @typedef {import('../../dist/provider/dial-plan/Args.js').DialPlanArgs} Args */
/** @typedef {import('./Wire.mjs').Values} Values */

/** @param {Values} args @returns {Args} */
const asArgs = (args) => /** @type {Args} */ (/** @type {unknown} */ (args))

/** @param {Args} args @param {Pick<import('../../dist/provider/dial-plan/ChangeSet.js').Desired, 'declared' | 'owned' | 'live'>} rules */
const change = (args, rules) => {
  const at = addressOf(args)
  return patchPlan(at, planned({ ruleName: at.dialPlanName, adopt: false, ...rules }).change)
}

/** @param {Args} args */
const adding = (args) => change(args, { declared: args.rules, owned: [], live: [] })
/** @param {Args} args */
const removing = (args) => change(args, { declared: [], owned: args.rules, live: args.rules })

const page = 'Modify Dial Plan Content for SIP Connection'

/** @param {Args} args @returns {Promise<ReadonlyMap<string, string[]>>} */
const read = (args) => {
  const { dialPlanName, rules } = { ...args, ...addressOf(args) }
  return readFrom({ dialPlanId: dialPlanName, ruleDTO: rules }, async (answer) => {
    const found = await resultOf(DialPlan.read(idOf(addressOf(args)), {}), answered(answer))
    return found !== undefined && O.isSome(found) ? found.value.inputs : undefined
  })
}

/** @type {Readonly<Record<string, string>>} */
const removed = {
  rules:
    'a rule that is taken out is removed from the plan, as long as its tag is the one that was written; with a tag of others it stays, and a warning says so'
}

/** @param {import('./Wire.mjs').Samples} samples @returns {Promise<import('./Resource.mjs').Own>} */
export const dialPlan = async (samples) => {
  const all = asArgs(samples.all)
  const named = { ...all, customerGuid: '{customerGuid}', siteGuid: '{siteGuid}', dialPlanName: '{dialPlanName}' }
  return {
    ways: [
      { heading: 'a rule that comes', page, write: (args) => sentBy(adding(asArgs(args))) },
      { heading: 'a rule that goes', page, write: (args) => sentBy(removing(asArgs(args))) }
    ],
    read: await read(all),
    deletion: "rules with a tag of others are left; for the rest the engine's `protect` serves",
    removed: (name) => removed[name] ?? '',
    requests: await requestLines([
      {
        program: getPlan(addressOf(named)),
        when: 'the rules that are there, before each write and after it; a refresh'
      },
      { program: adding(named), when: 'sends the differences, whatever their number, and nothing when there are none' },
      { program: getTask('{taskId}'), when: 'waits for the end of a task' },
      {
        program: sitesOf(named.customerGuid),
        when: [
          'after a 404: whether the connection is gone',
          'the same, where the call above does not list the connections'
        ]
      }
    ])
  }
}
