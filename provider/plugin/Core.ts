import type { Env } from '../Env'
import { processHost } from '../Host'
import { now } from '../live/Clock'
import { environment } from '../live/Run'
import { cancellation } from './Cancel'
import * as Configuration from './Configuration'
import type { EngineLog } from './EngineLog'
import type { Fault } from './Fault'
import { invoke } from './Invoke'
import { type About, type Lifecycle, type Timed, lifecycle } from './Lifecycle'
import { reporting } from './Progress'
import { type Path, type Properties, plainOf, sealed } from './Properties'
import type * as E from 'fp-ts/Either'

/** All that needs the core of the package, in one piece: it is loaded when it is needed first, so that the plugin answers early. */

/** The core for one process. */
export interface Core extends Lifecycle {
  readonly checkConfig: (
    name: string,
    news: Properties
  ) => { readonly inputs: Properties; readonly failures: ReadonlyArray<string> }
  readonly configure: (name: string, config: Properties) => void
  readonly invoke: (token: string, args: Properties) => Promise<E.Either<Fault, Properties>>
  readonly cancel: () => void
}

/** @param period between two lines of progress, ms */
export const core = (log: EngineLog, period: number): Core => {
  const stop = cancellation(now)
  const host = processHost({ warn: log.warn, around: stop.around })

  const adapted =
    ({ urn, timeout }: Pick<About, 'urn'> & Timed) =>
    (env: Env): Env => {
      const say = (text: string): void => {
        log.progress(text, urn)
      }
      return stop.stoppable({
        ...env,
        progress: reporting(say, env.now, period),
        warn: (text) => {
          log.warn(text, urn)
        },
        settings: timeout > 0 ? { ...env.settings, operationTimeout: timeout } : env.settings
      })
    }

  return {
    ...lifecycle(host, adapted),
    checkConfig: (name, news) => {
      const failures = Configuration.failuresOf(plainOf(news), environment(), Configuration.instanceOf(name))
      return {
        inputs: sealed(
          news,
          Configuration.secretKeys.map((key): Path => [key])
        ),
        failures
      }
    },
    configure: (name, config) => {
      const { stack } = Configuration.read(plainOf(config))
      host.configure({ stack, instance: Configuration.instanceOf(name) })
    },
    invoke: (token, args) => invoke(host, token, args, stop.stoppable),
    cancel: stop.request
  }
}
export type { Compared } from './Lifecycle'
