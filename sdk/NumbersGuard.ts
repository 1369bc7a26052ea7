import type * as pulumi from '@pulumi/pulumi'
import type { ExecutionMessage } from '../provider/Answers'
import type { LastOperation } from '../provider/State'
import { type NumbersGuardArgs as Args, argKeys, optionKeys, secretPlaces } from '../provider/numbers-guard/Args'
import type { NumbersGuardComputed } from '../provider/numbers-guard/State'
import type { Inputs } from './Inputs'
import { providerText } from './providerText'
import { type Description, LiveResource } from './Resource'

/** What a program declares of the guard of a customer's numbers. */
export type NumbersGuardArgs = Inputs<Args>

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof NumbersGuardComputed, true>> = {
  executionMessages: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'NumbersGuard',
  provider: providerText('numbersGuard'),
  inputs: argKeys,
  options: optionKeys,
  computed: Object.keys(computed),
  secrets: secretPlaces,
  instead: 'A guard is in the state alone, so declare it'
}

/**
 * Keeps SIP connections of a customer from being destroyed as long as acquired numbers of Operator Connect refer to them. A guard that depends on the
 * connections is destroyed before them: its deletion reads the numbers, refuses with the list of those that refer to a connection, and so keeps
 * everything that it depends on. The same holds for a name that is taken out of `connections`. A connection that is to be replaced is only kept when
 * the guard has its `customerGuid` from it, as below: the engine destroys before a replacement what would be replaced with it, and nothing else. The
 * component `Customer` makes a guard by itself.
 *
 * It writes nothing on the platform, and reads only then. A platform without the list of numbers (404) is told in a warning, and lets the
 * connections go; any other error keeps them. Where only V2 of the list is there, which does not name the connection, any number of the tenant counts.
 * `allow: ["numbers"]`, applied by an update before, lets them go unseen. With `deletionProtection: true` the guard refuses in any case, and without a
 * request.
 *
 * Source: the vendor's page "Get Operator Connect Customer Numbers".
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const customerGuid = '11111111-1111-1111-1111-111111111111'
 * const branch = new live.SipConnection('branch-07', {
 *   customerGuid,
 *   siteName: 'branch-07',
 *   sbcId: 3,
 *   sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 * })
 * const guard = new live.NumbersGuard(
 *   'acme',
 *   { customerGuid: branch.customerGuid, connections: [branch.siteName] },
 *   { dependsOn: [branch] }
 * )
 * export const guarded = guard.connections
 */
export class NumbersGuard extends LiveResource {
  /** The customer (service) that is guarded. */
  declare readonly customerGuid: pulumi.Output<string>
  /** Its Microsoft tenant, if it is declared. */
  declare readonly msTenantId: pulumi.Output<string | undefined>
  /** Names of the connections that are guarded. */
  declare readonly connections: pulumi.Output<ReadonlyArray<string>>

  /** Always empty: nothing is written on the platform. */
  declare readonly executionMessages: pulumi.Output<ReadonlyArray<ExecutionMessage>>
  /** When the guard was set, or changed. */
  declare readonly lastOperation: pulumi.Output<LastOperation>
  /** Origin and path of the platform that holds the numbers. */
  declare readonly platform: pulumi.Output<string>

  /**
   * @param name name of the resource in the program
   * @param args what is guarded
   * @param opts options of the engine; `dependsOn` names the connections, so that the guard goes first. `import` is rejected: a guard is in the state alone.
   */
  constructor(name: string, args: NumbersGuardArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
  }
}
