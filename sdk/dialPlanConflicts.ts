import * as pulumi from '@pulumi/pulumi'
import { scrubber } from '../provider/Secrets'
import type { DeclaredRule } from '../provider/preflight/DialPlans'
import type * as Host from '../provider/preflight/LivePlans'
import { conflictsOf } from './dialPlanConflictsBoard'
import { originAt, run, sourcesFrom } from './lookups/Lookup'
import { boardOf } from './preflightBoard'
import { modeOf, valueOf, warn } from './preflight'
import { settled, whileAnswering } from './preflightRuntime'

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

/** What the engine's SDK keeps of an output beside its documented methods: the resources that it comes from. */
interface Derived {
  readonly allResources?: () => Promise<ReadonlySet<pulumi.Resource>>
}

const sourcesOf = async (value: unknown): Promise<ReadonlySet<pulumi.Resource>> =>
  (pulumi.Output.isInstance(value) ? await (value as unknown as Derived).allResources?.() : undefined) ?? new Set()

const isPreview = (opts: pulumi.CustomResourceOptions): boolean =>
  pulumi.runtime.isDryRun() && opts.id === undefined && opts.urn === undefined

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
      if (found === undefined) return
      const [id, outputs] = found
      const prefixes = pulumi.Output.isInstance(dialPlanPrefixes) ? outputs : dialPlanPrefixes
      conflicts.noteConnection(resource, {
        name,
        id: textOf(id),
        hasPrefixes: Array.isArray(prefixes) && prefixes.length > 0
      })
    } finally {
      conflicts.end()
    }
  })
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
  if (!isPreview(opts)) return
  const origin = originAt(resource.getProvider(type))
  if (origin === undefined) return
  if (origin.values === undefined && modeOf(sourcesFrom(origin, {})) === 'off') return
  const ofRun = run()
  const [board, conflicts] = [boardOf(ofRun), conflictsOf(ofRun)]
  const mayReplace =
    (opts.replaceOnChanges?.length ?? 0) > 0 ||
    opts.replacementTrigger !== undefined ||
    (opts.replaceWith?.length ?? 0) > 0
  board.begin()
  conflicts.begin(resource)
  whileAnswering(async (answered) => {
    try {
      const outputs = resource as unknown as Given
      const keys = ['platform', 'customerGuid', 'siteGuid', 'dialPlanName', 'rules', 'adopt']
      const found = await settled(Promise.all([resource.id, ...keys.map((key) => outputs[key])].map(valueOf)), answered)
      if (found === undefined) return
      const [id, platform, ...values] = found
      const [customerGuid, siteGuid, dialPlanName] = values.slice(0, 3).map(textOf)
      const [rules, adopt] = [rulesOf(values[3]), values[4]]
      const settings = origin.values === undefined ? {} : await valueOf(origin.values)
      if (dialPlanName === undefined || pulumi.containsUnknowns(settings)) return
      const sources = sourcesFrom(origin, settings as Readonly<Record<string, string>>)
      const mode = modeOf(sources)
      if (mode === 'off') return
      const isSecret = pulumi.Output.isInstance(outputs['rules']) && (await pulumi.isSecret(outputs['rules']))
      const secrets = isSecret ? rules.flatMap(({ prefix, tag }) => [prefix, ...(tag === undefined ? [] : [tag])]) : []
      conflicts.notePlan(resource, {
        name,
        dialPlanName,
        rules,
        siteGuid,
        sources: await sourcesOf((args as Given)['siteGuid']),
        scrub: scrubber(secrets)
      })
      const isNew = !isText(id)
      const isAsked = !isText(platform) && !(isNew && (mayReplace || (adopt !== undefined && adopt !== false)))
      if (!isAsked || customerGuid === undefined || siteGuid === undefined || rules.length === 0) return
      const at = { customerGuid, siteGuid, dialPlanName }
      const inspected = await host().inspectDialPlan({ at, rules, isNew, secrets, sources, run: ofRun, warn })
      board.note(resource, name, mode, inspected, 'dial plan')
    } finally {
      conflicts.end()
      board.end()
    }
  })
}
