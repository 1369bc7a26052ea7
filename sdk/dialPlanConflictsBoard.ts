import * as pulumi from '@pulumi/pulumi'
import { scrubber } from '../provider/Secrets'
import type * as Plans from '../provider/preflight/DialPlans'
import { complaint } from './lookups/Lookup'

/** The dial plans of a run of the program, and the connections that they may be of. They are compared when none is under way any more. */
export interface Conflicts {
  /** Begins to wait for a resource; what it turns out to be is noted in the order of these calls. */
  readonly begin: (resource: pulumi.Resource) => void
  readonly end: () => void
  readonly noteConnection: (resource: pulumi.CustomResource, connection: Connection) => void
  readonly notePlan: (resource: pulumi.Resource, plan: Plan) => void
}

interface Connection {
  readonly name: string
  readonly platform: string
  readonly id: string | undefined
  /** Whether it declares `dialPlanPrefixes`. */
  readonly hasPrefixes: boolean
}

interface Plan extends Pick<Plans.DeclaredPlan, 'name' | 'dialPlanName' | 'rules'> {
  readonly platform: string
  readonly siteGuid: string | undefined
  /** What the program declares for it: the output of a connection, as long as that has no id. */
  readonly declaredSite: unknown
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
  /** By the output that is their id. One that is to be made has none yet, so a number stands for it. */
  const connections = new Map<unknown, Pick<Connection, 'name' | 'hasPrefixes'> & { readonly site: string }>()
  const plans = new Map<pulumi.Resource, Plan>()
  const told = new Set<string>()
  const wrong = new Set<string>()
  let pending = 0

  // Another value that comes from a connection may be the id of any.
  const siteOfPlan = ({ platform, siteGuid, declaredSite }: Plan): string | undefined =>
    siteGuid === undefined ? connections.get(declaredSite)?.site : `${platform} ${siteGuid}`

  const compare = (): void => {
    if (plans.size === 0) return
    const declared = new Map<Plans.DeclaredPlan, pulumi.Resource>()
    for (const resource of order) {
      const plan = plans.get(resource)
      const site = plan === undefined ? undefined : siteOfPlan(plan)
      if (plan !== undefined && site !== undefined) declared.set({ ...plan, site }, resource)
    }
    const prefixes = [...connections.values()].filter(({ hasPrefixes }) => hasPrefixes)
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
    noteConnection: (resource, { name, platform, id, hasPrefixes }) => {
      const site = id === undefined ? `new connection ${connections.size}` : `${platform} ${id}`
      connections.set(resource.id, { name, hasPrefixes, site })
    },
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
