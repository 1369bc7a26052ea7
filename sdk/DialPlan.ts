import type * as pulumi from '@pulumi/pulumi'
import type { ExecutionMessage } from '../provider/Answers'
import type { LastOperation } from '../provider/State'
import {
  type DialPlanArgs as Args,
  type DialPlanRule,
  argKeys,
  optionKeys,
  secretPlaces
} from '../provider/dial-plan/Args'
import type { DialPlanComputed } from '../provider/dial-plan/State'
import { noteDialPlan } from './dialPlanConflicts'
import type { Inputs } from './Inputs'
import { providerText } from './providerText'
import { type Description, LiveResource, tokenOf } from './Resource'

/** What a program declares of a dial plan: the prefixes that it owns. */
export type DialPlanArgs = Inputs<Args>

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof DialPlanComputed, true>> = {
  changedOutside: true,
  executionMessages: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'DialPlan',
  provider: providerText('dialPlan'),
  inputs: argKeys,
  options: optionKeys,
  computed: Object.keys(computed),
  secrets: secretPlaces,
  instead: 'Declare adopt: true in its place'
}

/**
 * Rules in a dial plan of a SIP connection: calls to numbers with a prefix go where the tag of its rule says. The resource owns the prefixes that it
 * declares, and nothing else of the plan: several resources, and people in the portal, may share one, each with prefixes of their own. It is not
 * declared together with `dialPlanPrefixes` of the connection.
 *
 * A change is sent as the differences alone, in one `PATCH`, whatever their number; when nothing differs, nothing is sent. A prefix that is in the plan
 * already is an error, unless `adopt` says that it is taken over. A tag that was changed outside is told and set back by an update, and left alone
 * by a deletion. Id of the resource: `<customerGuid>/<siteGuid>/<dialPlanName>`.
 *
 * A preview compares all dial plans of the program with each other, and a new one with the rules that are there (setting `preflight`). A prefix that
 * stands twice is an error. One that takes the calls of a longer one with another tag is a warning.
 *
 * Errors: bad input fails in the preview, all faults at once, without a request. A failed write says what was applied, whether calls may be affected and
 * what to run next; id and state are kept.
 *
 * Source: the vendor's pages "Get" and "Modify Dial Plan Content for SIP Connection".
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const numbers = new live.DialPlan('branch-07', {
 *   customerGuid: '11111111-1111-1111-1111-111111111111',
 *   siteGuid: '22222222-2222-2222-2222-222222222222',
 *   rules: [
 *     { prefix: '+4930123', tag: 'sbc1.example.net' },
 *     { prefix: '+4940456', tag: 'sbc1.example.net' }
 *   ]
 * })
 * export const messages = numbers.executionMessages
 */
export class DialPlan extends LiveResource {
  /** The customer (service) that the connection belongs to. */
  declare readonly customerGuid: pulumi.Output<string>
  /** The connection (site location) that has the plan. */
  declare readonly siteGuid: pulumi.Output<string>
  /** Name of the dial plan on the SBC. */
  declare readonly dialPlanName: pulumi.Output<string>
  /** The rules that the resource owns. */
  declare readonly rules: pulumi.Output<ReadonlyArray<DialPlanRule>>

  /** Prefixes whose tag a read found changed outside; empty after a write. */
  declare readonly changedOutside: pulumi.Output<ReadonlyArray<string>>
  /** What the platform said of the last write, line by line. */
  declare readonly executionMessages: pulumi.Output<ReadonlyArray<ExecutionMessage>>
  /** How the last write ended, with the ids that the platform's support asks for. Absent after `get`. */
  declare readonly lastOperation: pulumi.Output<LastOperation | undefined>
  /** Origin and path of the platform that holds the dial plan. */
  declare readonly platform: pulumi.Output<string>

  /**
   * Looks a dial plan up without managing it: all of its rules, those of others among them.
   *
   * @param name name of the resource in the program
   * @param id `<customerGuid>/<siteGuid>/<dialPlanName>`
   * @param opts options of the engine
   * @throws the run fails when there is no such dial plan
   *
   * @example
   * import * as live from 'pulumi-audiocodes-live'
   *
   * const ids = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222']
   * const plan = live.DialPlan.get('headquarters', [...ids, 'CustDialPlan'].join('/'))
   * export const rules = plan.rules
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): DialPlan {
    return new DialPlan(name, {} as DialPlanArgs, { ...opts, id })
  }

  /**
   * @param name name of the resource in the program
   * @param args what is declared of the dial plan
   * @param opts options of the engine. `import` is rejected, because dynamic resources cannot be imported by it; `adopt` serves in its place.
   */
  constructor(name: string, args: DialPlanArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
    noteDialPlan(this, tokenOf(description.type), name, args, opts)
  }
}
