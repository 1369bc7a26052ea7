import { type NewSite, STATIC_TOKEN, type Simulator, customerGuids } from '../../simulator'
import { type Ended, command } from './Command'
import { folderOf, simulatorOf } from './Fresh'

/** `audiocodes-live export` in a folder and against a simulator that are fresh for each test of a suite. */
export interface Exporting {
  readonly simulator: () => Simulator
  readonly folder: () => string
  /** Adds a connection of the customer acme, and gives its id. */
  readonly add: (name: string, more?: Partial<NewSite>) => string
  readonly run: (args: ReadonlyArray<string>, env?: NodeJS.ProcessEnv) => Promise<Ended>
}

export const exporting = (): Exporting => {
  const simulator = simulatorOf()
  const folder = folderOf()
  return {
    simulator,
    folder,
    add: (name, more = {}) => simulator().addSite({ customerGuid: customerGuids.acme, name, sbcId: 3, ...more }),
    run: (args, env = {}) =>
      command(['export', ...args], {
        cwd: folder(),
        env: {
          AUDIOCODES_LIVE_BASE_URL: simulator().url,
          AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN,
          AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0',
          AUDIOCODES_LIVE_MAX_RETRIES: '0',
          ...env
        }
      })
  }
}
