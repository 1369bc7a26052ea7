import type { Program } from '../Env'
import { type ProviderError, refused } from '../Errors'
import { doing } from '../Operations'
import { few } from '../Words'
import type { Rule } from './ChangeSet'
import type { Address } from './State'

/** What the person who runs the program is told on the way, beside errors. */

/** How many rules or prefixes a message lists. */
export const listed = 10

const ruleText = ({ prefix, tag }: Rule): string => `${prefix} (${tag})`

const rulesText = (rules: ReadonlyArray<Rule>): string => few(rules.map(ruleText), listed)

const warnOf =
  (about: (plan: string, rules: string) => string) =>
  ({ dialPlanName, siteGuid }: Address, rules: ReadonlyArray<Rule>): Program<void> =>
    doing((env) => {
      if (rules.length > 0) env.warn(about(`Dial plan "${dialPlanName}" of site ${siteGuid}`, rulesText(rules)))
    })

/** Our prefixes whose tag was changed outside: they get the declared one again. */
export const warnSetBack = warnOf(
  (plan, rules) =>
    `${plan} was changed outside of Pulumi since the last run: ${rules}. The declared tags are set again.`
)

/** Prefixes that are to go, and have a tag that is not ours. */
export const warnLeft = warnOf(
  (plan, rules) => `${plan}: these rules have a tag that was not written by this resource, so they are left: ${rules}.`
)

/** Prefixes that another resource of this program has taken over in this run. */
export const warnKept = warnOf(
  (plan, rules) => `${plan}: taken over by another resource of this program, and not deleted: ${rules}.`
)

/** Rules that get another name: the platform takes a name with a new rule only. */
export const warnRenamed = warnOf(
  (plan, rules) =>
    `${plan}: the name of a rule is sent when the rule is made, so the new name of these is not sent: ${rules}.`
)

/** The error where declared prefixes are in the plan already. */
export const existsAlready = ({ dialPlanName, siteGuid }: Address, rules: ReadonlyArray<Rule>): ProviderError =>
  refused(
    `Dial plan "${dialPlanName}" of site ${siteGuid} has ${rules.length === 1 ? 'a declared prefix' : `${rules.length} of the declared prefixes`} already, and not from this resource: ${rulesText(rules)}; nothing was sent`,
    'to take them over, declare adopt: true (another tag is replaced by the declared one); else take them out of rules'
  )
