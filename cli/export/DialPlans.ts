import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../../provider/Env'
import type { ProviderError } from '../../provider/Errors'
import { operation } from '../../provider/Operations'
import type { Rule } from '../../provider/dial-plan/ChangeSet'
import { getPlan } from '../../provider/dial-plan/Requests'
import { type Address, idOf } from '../../provider/dial-plan/State'
import { schemaVersion } from '../../provider/State'
import { resources } from '../report/Kinds'
import type { Progress } from '../report/Progress'
import type { Connection } from './Connections'
import { type Failure, failureOf } from './Failure'
import { type Look, lookOf, readEach } from './Looks'

/** The dial plans of connections. */

export interface DialPlan<C> extends Look {
  /** The connection that it belongs to. */
  readonly connection: C
  readonly dialPlanName: string
}

interface Wanted<C> {
  readonly connection: C
  readonly at: Address
}

/** Rules without their names: the platform may read back another one than was written. */
const found =
  <C>({ connection, at }: Wanted<C>, live: ReadonlyArray<Rule>) =>
  (env: Env): E.Either<ProviderError, O.Option<DialPlan<C>>> => {
    if (live.length === 0) return E.right(O.none)
    const rules = live.map(({ prefix, tag }) => ({ prefix, tag }))
    return pipe(
      lookOf(
        { kind: 'dialPlan', id: idOf(at), args: { ...at, rules, adopt: true }, remarks: {}, left: [] },
        { changedOutside: [], executionMessages: [], platform: env.platform, schemaVersion },
        env
      ),
      E.map((look) => O.some({ ...look, connection, dialPlanName: at.dialPlanName }))
    )
  }

/** A plan that is not there has no rules. */
const read = <C>(wanted: Wanted<C>): Program<O.Option<DialPlan<C>>> =>
  pipe(
    getPlan(wanted.at),
    RTE.orElse((error) =>
      error._tag === 'NotFound' ? RTE.right<Env, ProviderError, ReadonlyArray<Rule>>([]) : RTE.left(error)
    ),
    RTE.chain((live) => (env: Env) => () => Promise.resolve(found(wanted, live)(env))),
    operation('read', [])
  )

/**
 * The dial plans of these names that hold rules, in the order of the connections; those that cannot be read are told.
 *
 * @param names names of dial plans, e.g. `CustDialPlan`
 */
export const dialPlansOf = async <C extends Connection>(
  connections: ReadonlyArray<C>,
  names: ReadonlyArray<string>,
  env: Env,
  progressOf: (total: number) => Progress
): Promise<{ readonly found: ReadonlyArray<DialPlan<C>>; readonly failures: ReadonlyArray<Failure> }> => {
  const all = connections.flatMap((connection) =>
    names.map((dialPlanName) => ({
      connection,
      at: { customerGuid: connection.customer.guid, siteGuid: connection.siteGuid, dialPlanName }
    }))
  )
  const { found: plans, failures } = await readEach(all, env, progressOf(all.length), read<C>, ({ at }, error) =>
    failureOf(resources.dialPlan.subject('read', { ...at }), error, env.now())
  )
  return { found: plans.flatMap((plan) => (O.isSome(plan) ? [plan.value] : [])), failures }
}
