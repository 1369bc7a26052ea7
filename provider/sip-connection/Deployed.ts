import * as E from 'fp-ts/Either'
import { isDeployed } from '../Answers'
import type { Program } from '../Env'
import { pollAgain } from '../Operations'
import * as Requests from './Requests'

/**
 * Reads a connection until the platform says that the SBC has it.
 *
 * @returns the deployment state; `Deadline` when it does not come to that
 */
export const deployed =
  (siteGuid: string): Program<string> =>
  (env) =>
  async () => {
    const began = env.now()
    for (let round = 0; ; round++) {
      const site = await Requests.getSite(siteGuid)(env)()
      if (E.isLeft(site)) return site
      const { sbcDeploymentState: state } = site.right
      if (state !== undefined && isDeployed(state)) return E.right(state)
      const again = await pollAgain(round, {
        awaited: `connection ${siteGuid} to be deployed`,
        known: `its deployment state is ${state === undefined ? 'not told' : env.operation.scrub(state)}`,
        began,
        until: env.operation.deadline
      })(env)()
      if (E.isLeft(again)) return again
    }
  }
