import * as pulumi from '@pulumi/pulumi'
import { settingSpecs } from '../provider/Settings'
import type { DeclaredRule } from '../provider/preflight/DialPlans'
import type * as Host from '../provider/preflight/LivePlans'
import { conflictsOf } from './dialPlanConflictsBoard'
import { run } from './lookups/Lookup'
import { isPreview, lookAt, mayReplace, sourcesOf, valueOf, warn } from './preflight'
import { settled, whileAnswering } from './preflightRuntime'
import { tokenOf } from './Resource'

/**
 * The preflight of dial plans: a preview holds all of those of the program against each other, and a new one against what is there. It runs in the process of
 * the program, which is the only place that knows all of them.
 */

/** Loaded by the first dial plan that a preview would create or change. */
const host = (): typeof Host => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../provider/preflight/LivePlans') as typeof Host
}

type Given = Readonly<Record<string, unknown>>
type Sources = Host.AskedPlan['sources']

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined)

/** The rules whose prefix is known. */
const rulesOf = (value: unknown): ReadonlyArray<DeclaredRule> =>
  Array.isArray(value)
    ? value.flatMap((rule: Given | null): ReadonlyArray<DeclaredRule> => {
        const [prefix, tag] = [rule?.['prefix'], rule?.['tag']]
        return isText(prefix) ? [{ prefix, ...(isText(tag) ? { tag } : {}) }] : []
      })
    : []

/** The platform that is configured: two of them may have the same ids. */
const platformOf = ({ stack, environment }: Sources): string =>
  (stack['baseUrl'] ?? environment[settingSpecs.baseUrl.env] ?? '').trim().toLowerCase().replace(/\/+$/, '')

/**
 * Notes a connection of which a dial plan may be, and whether it declares prefixes of dial plans itself.
 *
 * @param resource the connection, registered
 * @param name its name in the program
 */
export const noteConnection = (
  resource: pulumi.CustomResource,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions
): void => {
  if (!isPreview(opts)) return
  const conflicts = conflictsOf(run())
  conflicts.begin(resource)
  whileAnswering(async (answered) => {
    try {
      const { dialPlanPrefixes } = args as Given
      const found = await settled(Promise.all([resource.id, dialPlanPrefixes].map(valueOf)), answered)
      const sources = found === undefined ? undefined : await sourcesOf(resource, tokenOf('SipConnection'))
      if (found === undefined || sources === undefined) return
      const [id, outputs] = found
      const prefixes = pulumi.Output.isInstance(dialPlanPrefixes) ? outputs : dialPlanPrefixes
      conflicts.noteConnection(resource, {
        name,
        platform: platformOf(sources),
        id: textOf(id),
        hasPrefixes: Array.isArray(prefixes) && prefixes.length > 0
      })
    } finally {
      conflicts.end()
    }
  })
}

/** A dial plan as the engine gave it back. */
interface Registered {
  /** Whether the run makes it. */
  readonly isNew: boolean
  /** Whether the run leaves it as it is. */
  readonly isUnchanged: boolean
  /** Whether rules that are there already are taken over, or may be its own. */
  readonly mayFind: boolean
  readonly customerGuid: string | undefined
  readonly siteGuid: string | undefined
  readonly dialPlanName: string | undefined
  readonly rules: ReadonlyArray<DeclaredRule>
  readonly secrets: ReadonlyArray<string>
}

const keys = ['platform', 'customerGuid', 'siteGuid', 'dialPlanName', 'adopt', 'rules'] as const

const registered = async (resource: pulumi.CustomResource, opts: pulumi.CustomResourceOptions): Promise<Registered> => {
  const outputs = resource as unknown as Given
  const [id, ...values] = await Promise.all([resource.id, ...keys.map((key) => outputs[key])].map(valueOf))
  const [platform, customerGuid, siteGuid, dialPlanName] = values.map(textOf)
  const [adopt, rules] = [values[keys.indexOf('adopt')], rulesOf(values[keys.indexOf('rules')])]
  const isSecret = pulumi.Output.isInstance(outputs['rules']) && (await pulumi.isSecret(outputs['rules']))
  const adopts = adopt !== undefined && adopt !== null && adopt !== false
  return {
    isNew: !isText(id),
    isUnchanged: platform !== undefined,
    mayFind: adopts || mayReplace(opts),
    customerGuid,
    siteGuid,
    dialPlanName,
    rules,
    secrets: isSecret ? rules.flatMap(({ prefix, tag }) => (tag === undefined ? [prefix] : [prefix, tag])) : []
  }
}

/** What there is to ask the platform about it: nothing of one that stays as it is, or that may find its rules there. */
const askedOf = (plan: Registered): Pick<Host.AskedPlan, 'at' | 'rules' | 'isNew' | 'secrets'> | undefined => {
  const { customerGuid, siteGuid, dialPlanName, rules, isNew, secrets } = plan
  const isAsked = !plan.isUnchanged && !(isNew && plan.mayFind) && rules.length > 0
  return !isAsked || customerGuid === undefined || siteGuid === undefined || dialPlanName === undefined
    ? undefined
    : { at: { customerGuid, siteGuid, dialPlanName }, rules, isNew, secrets }
}

/**
 * Looks at a dial plan that a preview registers. It throws nothing, and the program waits for it no longer than for one exchange with the platform.
 *
 * @param resource the dial plan, registered
 * @param type its type token
 * @param name its name in the program
 */
export const noteDialPlan = (
  resource: pulumi.CustomResource,
  type: string,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions
): void => {
  const conflicts = conflictsOf(run())
  lookAt(
    { resource, type, opts },
    () => registered(resource, opts),
    ({ dialPlanName }) => dialPlanName !== undefined,
    async (plan, { sources, mode, ofRun, board }) => {
      const { dialPlanName = '', siteGuid, rules, secrets } = plan
      const declaredSite = (args as Given)['siteGuid']
      conflicts.notePlan(resource, {
        name,
        platform: platformOf(sources),
        dialPlanName,
        rules,
        siteGuid,
        declaredSite,
        secrets
      })
      const asked = askedOf(plan)
      if (asked === undefined) return
      const inspected = await host().inspectDialPlan({ ...asked, sources, run: ofRun, warn })
      board.note(resource, name, mode, inspected, 'dial plan')
    },
    conflicts
  )
}
