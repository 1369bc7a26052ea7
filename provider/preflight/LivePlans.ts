import * as E from 'fp-ts/Either'
import { now } from '../Live'
import { scrubber } from '../Secrets'
import type { Address } from '../dial-plan/State'
import { type Asked as LookupAsked, envOf } from '../lookups/program'
import { type DeclaredRule, existing, otherTags } from './DialPlans'
import { readsOf } from './Reads'
import { scrubbed, troubleOf } from './Trouble'
import type { Inspected } from './program'

/** The host of the preflight for dial plans: holds one against the platform. Nothing is written. */

/** A dial plan that a preview asks about: all that is asked for is known. */
export interface AskedPlan extends Pick<LookupAsked, 'sources' | 'run' | 'warn'> {
  readonly at: Address
  readonly rules: ReadonlyArray<DeclaredRule>
  /** Whether the run makes the resource; else some of the rules may be its own. */
  readonly isNew: boolean
  /** Declared values that are secret: they show in no text. */
  readonly secrets: ReadonlyArray<string>
}

const looked = async ({ at, rules, isNew, ...asked }: AskedPlan): Promise<Inspected> => {
  const { instance } = asked.sources
  const found = envOf(asked)
  if (E.isLeft(found))
    return {
      findings: [],
      notices: [],
      troubles: [troubleOf('the configuration', instance, false, found.left, now())]
    }
  const live = await readsOf(found.right).dialPlan(at)
  if (E.isRight(live))
    return isNew
      ? { findings: existing(rules, live.right), notices: [], troubles: [] }
      : { findings: [], notices: otherTags(at.dialPlanName, rules, live.right), troubles: [] }
  const { read, error } = live.left
  return error._tag === 'NotFound'
    ? {
        findings: [
          `dialPlanName: the platform knows no dial plan "${at.dialPlanName}" of site ${at.siteGuid} of this customer (404)`
        ],
        notices: [],
        troubles: []
      }
    : { findings: [], notices: [], troubles: [troubleOf(read, instance, false, error, now())] }
}

/** Holds a dial plan against what is there. It never rejects. */
export const inspectDialPlan = async (asked: AskedPlan): Promise<Inspected> => {
  const { findings, notices, troubles } = await looked(asked)
  const scrub = scrubber(asked.secrets)
  return {
    findings: findings.map(scrub),
    notices: notices.map(scrub),
    troubles: troubles.map(scrubbed(scrub))
  }
}
