import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import type { Env } from './Env'
import { type ProviderError, isDefinite } from './Errors'
import { endedBy } from './Operations'
import { type LastOperation, schemaVersion } from './State'

/** A thing after a write. With a fault it exists and belongs into the state, and something went wrong with it. */
export interface Written<S> {
  /** Id of the resource. */
  readonly id: string
  readonly state: S
  readonly fault: O.Option<ProviderError>
}

/** How a write ended, for the state. */
export const lastOperation = (env: Env, kind: LastOperation['kind'], fault: O.Option<ProviderError>): LastOperation => {
  const { startedAt, correlationId, serverIds, taskIds } = env.operation
  return {
    kind,
    outcome: O.isNone(fault) ? 'ok' : isDefinite(fault.value) ? 'failed' : 'unknown',
    startedAt: new Date(startedAt).toISOString(),
    durationMs: env.now() - startedAt,
    correlationId,
    serverIds: [...serverIds],
    taskIds: [...taskIds]
  }
}

/** What the state of every resource holds of a write, beside its inputs and what is read of it. */
export const afterWrite = <K extends string>(
  env: Env,
  kind: LastOperation['kind'],
  fault: O.Option<ProviderError>,
  managedKeys: ReadonlyArray<K>
) => ({
  executionMessages: [...env.operation.said],
  lastOperation: lastOperation(env, kind, fault),
  platform: env.platform,
  managedKeys,
  schemaVersion
})

/** The end of a write, with what is known of its operation. */
export const ending = <S>(env: Env, id: string, state: S, fault: O.Option<ProviderError>): Written<S> => ({
  id,
  state,
  fault: pipe(
    fault,
    O.map((error) => endedBy(env.operation, error))
  )
})
