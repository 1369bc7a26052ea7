import * as pulumi from '@pulumi/pulumi'
import { scrubber } from '../provider/Secrets'
import type * as Plans from '../provider/preflight/DialPlans'
import { complaint } from './lookups/Lookup'

/** The dial plans of a run of the program, and the connections that they may be of. They are compared when none is under way any more. */
export interface Conflicts {
  /** Begins to wait for a resource; what it turns out to be is noted in the order of these calls. */
  readonly begin: (resource: pulumi.Resource) => void
  readonly end: () => void
  readonly noteConnection: (resource: pulumi.Resource, connection: Connection) => void
  readonly notePlan: (resource: pulumi.Resource, plan: Plan) => void
}

interface Connection {
  readonly name: string
  readonly id: string | undefined
  /** Whether it declares `dialPlanPrefixes`. */
  readonly hasPrefixes: boolean
}

interface Plan extends Pick<Plans.DeclaredPlan, 'name' | 'dialPlanName' | 'rules'> {
  readonly siteGuid: string | undefined
  /** The resources that its site comes from, for as long as it has no id. */
  readonly origins: ReadonlySet<pulumi.Resource>
  /** Declared values that are secret: they show in no text. */
  readonly secrets: ReadonlyArray<string>
}

/** Loaded when there is something to compare. */
const plansOf = (): typeof Plans => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../provider/preflight/DialPlans') as typeof Plans
}

const newConflicts = (): Conflicts => {
  const order: Array<pulumi.Resource> = []
  const connections = new Map<pulumi.Resource, Connection>()
  const plans = new Map<pulumi.Resource, Plan>()
  const told = new Set<string>()
  const wrong = new Set<string>()
  let pending = 0

  /** A connection that is to be made has no id yet, so the resource itself stands for it. */
  const siteOf = (resource: pulumi.Resource): string =>
    connections.get(resource)?.id ?? `new connection ${order.indexOf(resource)}`
  const siteOfPlan = ({ siteGuid, origins }: Plan): string | undefined => {
    if (siteGuid !== undefined) return siteGuid
    const [origin, ...others] = [...origins].filter((resource) => connections.has(resource))
    // A value that comes from several connections may be the id of any.
    return origin === undefined || others.length > 0 ? undefined : siteOf(origin)
  }

  const compare = (): void => {
    if (plans.size === 0) return
    const declared = new Map<Plans.DeclaredPlan, pulumi.Resource>()
    for (const resource of order) {
      const plan = plans.get(resource)
      const site = plan === undefined ? undefined : siteOfPlan(plan)
      if (plan !== undefined && site !== undefined) declared.set({ ...plan, site }, resource)
    }
    const prefixes = [...connections]
      .filter(([, { hasPrefixes }]) => hasPrefixes)
      .map(([resource, { name }]) => ({ name, site: siteOf(resource) }))
    // A text about one plan may name a rule of another one.
    const scrub = scrubber([...plans.values()].flatMap(({ secrets }) => secrets))
    let failed = false
    for (const { plan, severity, text } of plansOf().contradictions([...declared.keys()], prefixes)) {
      const key = `${plan.name} ${text}`
      if (told.has(key)) continue
      told.add(key)
      void pulumi.log[severity](`Preflight: dial plans of this program: ${scrub(text)}`, declared.get(plan))
      if (severity !== 'error') continue
      wrong.add(plan.name)
      failed = true
    }
    if (failed) fail([...wrong])
  }

  return {
    begin: (resource) => {
      order.push(resource)
      pending += 1
    },
    end: () => {
      pending -= 1
      if (pending === 0) compare()
    },
    noteConnection: (resource, connection) => void connections.set(resource, connection),
    notePlan: (resource, plan) => void plans.set(resource, plan)
  }
}

/** An error that is logged does not fail a preview; one that nobody handles does. */
const fail = (names: ReadonlyArray<string>): void => {
  void Promise.reject(
    complaint(
      `Preflight: dial plans of this program contradict each other, or a connection (${[...names].sort().join(', ')}); no run could ever make them right`
    )
  )
}

const all = new WeakMap<object, Conflicts>()

/** The dial plans of a run of the program. */
export const conflictsOf = (run: object): Conflicts => {
  const conflicts = all.get(run) ?? newConflicts()
  all.set(run, conflicts)
  return conflicts
}
