import * as O from 'fp-ts/Option'
import type { SipConnectionFleetArgs } from './Args'
import { planFor } from './Diff'
import { countedOf, uncountedProfiles } from './Limits'
import { previewLines, stagesOf } from './Stages'
import type { FoundFleet } from './State'
import { planText } from './Text'

/** What is told of a run before it begins: how many connections, in which order, and what the limits do not count. Pure. */
export const announcement = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): O.Option<string> => {
  const plan = planFor(state, news)
  if (plan.tasks.length === 0) return O.none
  const { rollout = {}, limits = {} } = news
  return O.some(
    [
      `Fleet: ${planText(plan)}.`,
      ...previewLines(stagesOf(plan.tasks, rollout), rollout),
      ...uncountedProfiles(limits, countedOf(news))
    ].join('\n')
  )
}
