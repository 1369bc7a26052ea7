import { grouped } from '../../provider/Groups'
import { type FieldChange, fieldChanges, isWithin } from '../report/Fields'
import { type Kind, type OfKind, kinds, ofKind, resources } from '../report/Kinds'
import { valueText } from '../report/Values'
import { instanceOf, isEnginesOwn, kindOf, parseUrn } from '../state/Urn'
import { type Changed, type Danger, byWeight, dangers, judgementOf } from './Danger'
import type { Preview, Step } from './Preview'

/** What a resource meets in the next `pulumi up`. */
export type Operation = 'create' | 'update' | 'replace' | 'delete' | 'forget'

export const operations: ReadonlyArray<Operation> = ['create', 'update', 'replace', 'delete', 'forget']

/** One resource of the plan. */
export interface Change extends OfKind {
  /** Name of the resource. */
  readonly name: string
  /** Of a connection. */
  readonly siteName?: string
  readonly siteGuid?: string
  /** Of a connection: id of the SBC, of both at a move (`3 → 5`), with the provider instance if there is one (`3 (eu)`). */
  readonly sbc?: string
  /** Of another resource: its name on the platform. */
  readonly called?: string
  readonly id?: string
  /** Of another resource: its provider instance, if there is one. */
  readonly instance?: string
  readonly operation: Operation
  readonly mayAffectCalls: ReadonlyArray<Danger>
  readonly fields: ReadonlyArray<FieldChange>
}

export type Counts = Readonly<Record<Operation, number>>

/** Changes of one kind. */
export interface KindCounts {
  readonly kind: Kind
  readonly counts: Counts
}

/** A preview, read for the resources of the package. */
export interface Plan {
  readonly project: string
  readonly stack: string
  /** Those that may affect calls first, the heaviest ones at the top. */
  readonly changes: ReadonlyArray<Change>
  /** Of SIP connections. */
  readonly totals: Counts
  /** Of other resources of the package, by kind; absent where the program has none. */
  readonly byKind?: ReadonlyArray<KindCounts>
  readonly bySbc: ReadonlyArray<{ readonly sbc: string; readonly counts: Counts }>
  /** Changes of resources of other packages, by what happens to them. */
  readonly others: Readonly<Record<string, number>>
  /** Errors of the preview: then the plan is not complete. */
  readonly errors: ReadonlyArray<string>
}

/**
 * What the steps of the engine mean for the platform. A replacement is one step (`replace`), and with `--show-replacement-steps` also its
 * parts, which are left out, as is everything that leaves a resource alone.
 */
const meanings: ReadonlyMap<string, Operation> = new Map([
  ['create', 'create'],
  ['update', 'update'],
  ['replace', 'replace'],
  ['delete', 'delete']
])

/** Steps that change nothing, and the parts of a replacement. */
const silent = [
  'same',
  'read',
  'refresh',
  'create-replacement',
  'delete-replaced',
  'read-replacement',
  'discard-replaced'
]

type Inputs = Readonly<Record<string, unknown>>

/** Inputs that are never sent. */
const withoutOptions = ({ adopt: _adopt, allow: _allow, ...inputs }: Inputs): Inputs => inputs

/** The paths that the engine names as changed; without a detailed diff, the inputs as a whole. */
const changedPaths = ({ detailedDiff, diffReasons }: Step): ReadonlyArray<string> =>
  detailedDiff === undefined || Object.keys(detailedDiff).length === 0 ? (diffReasons ?? []) : Object.keys(detailedDiff)

const isUnfinished = (outputs: Inputs | undefined): boolean => {
  const last = outputs?.lastOperation as { readonly outcome?: unknown } | null | undefined
  return last?.outcome !== undefined && last.outcome !== 'ok'
}

const operationOf = ({ op, oldState }: Step): Operation | undefined => {
  const meaning = meanings.get(op)
  return meaning === 'delete' && oldState?.retainOnDelete === true ? 'forget' : meaning
}

const dangersOfStep = (kind: Kind, operation: Operation, changed: Changed): ReadonlySet<Danger> => {
  const { gone, replaced, adopted, changed: dangersOf } = judgementOf(kind)
  const { adopt } = changed.after
  switch (operation) {
    case 'create':
      return new Set(adopt === undefined || adopt === false ? [] : adopted)
    case 'forget':
      return new Set()
    case 'delete':
      return new Set(gone)
    case 'replace':
      return new Set([...replaced, ...dangersOf(changed)])
    case 'update':
      return new Set([...dangersOf(changed), ...(isUnfinished(changed.outputs) ? (['unfinished'] as const) : [])])
  }
}

const sbcOf = (step: Step, before: Inputs, after: Inputs): string => {
  const instance = instanceOf(step.provider)
  const ids = [before.sbcId, after.sbcId].filter((id) => id !== undefined).map(valueText)
  return `${[...new Set(ids)].join(' → ')}${instance === undefined ? '' : ` (${instance})`}`
}

/** Texts are enough for a name, and nothing else in a preview is certain to have the right type. */
const calledBy = (kind: Kind, inputs: Inputs): string | undefined =>
  resources[kind].subject('read', Object.fromEntries(Object.entries(inputs).filter(([, v]) => typeof v === 'string')))
    .name

const identityOf = (kind: Kind, step: Step, isGone: boolean, before: Inputs, after: Inputs): Partial<Change> => {
  const called = calledBy(kind, isGone ? before : after)
  const id = step.oldState?.id === '' ? undefined : step.oldState?.id
  const instance = instanceOf(step.provider)
  if (kind === 'sipConnection') {
    return {
      ...(called === undefined ? {} : { siteName: valueText(called) }),
      ...(id === undefined ? {} : { siteGuid: id }),
      sbc: sbcOf(step, before, after)
    }
  }
  return {
    ...(called === undefined ? {} : { called: valueText(called) }),
    ...(id === undefined ? {} : { id }),
    ...(instance === undefined ? {} : { instance })
  }
}

const changeOf = (step: Step, operation: Operation, kind: Kind): Change => {
  const before = step.oldState?.inputs ?? {}
  const after = step.newState?.inputs ?? {}
  const paths = changedPaths(step)
  const isGone = operation === 'delete' || operation === 'forget'
  const changes = isGone
    ? []
    : fieldChanges(
        ...(operation === 'create' ? ([{}, withoutOptions(after)] as const) : ([before, after] as const)),
        (path) => paths.some((changed) => isWithin(changed, path) || isWithin(path, changed))
      )
  const outputs = step.oldState?.outputs ?? {}
  return {
    ...ofKind(kind),
    name: parseUrn(step.urn).name,
    ...identityOf(kind, step, isGone, before, after),
    operation,
    mayAffectCalls: byWeight(dangersOfStep(kind, operation, { changes, before, after, outputs })),
    fields: changes
  }
}

const weights = Object.keys(dangers)

/** The heaviest danger of a change as a number; a change without one comes last. */
const weight = ({ mayAffectCalls: [heaviest] }: Change): number =>
  heaviest === undefined ? weights.length : weights.indexOf(heaviest)

/** By code units: the same on every machine, whatever its language. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const count = (changes: ReadonlyArray<Change>): Counts =>
  Object.fromEntries(
    operations.map((operation) => [operation, changes.filter((change) => change.operation === operation).length])
  ) as Counts

const countBySbc = (changes: ReadonlyArray<Change>): Plan['bySbc'] =>
  [...grouped(changes, ({ sbc = '' }) => sbc)]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([sbc, members]) => ({ sbc, counts: count(members) }))

const countOthers = (steps: ReadonlyArray<Step>): Plan['others'] => {
  const counts = new Map<string, number>()
  for (const { op } of steps) counts.set(op, (counts.get(op) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => order(a, b)))
}

const countByKind = (steps: ReadonlyArray<Step>, changes: ReadonlyArray<Change>): ReadonlyArray<KindCounts> => {
  const present = new Set(steps.map(({ urn }) => kindOf(parseUrn(urn).type)))
  return kinds
    .filter((kind) => kind !== 'sipConnection' && present.has(kind))
    .map((kind) => ({ kind, counts: count(changes.filter((change) => change.kind === kind)) }))
}

/** The plan of a preview. */
export const planOf = ({ steps = [], diagnostics = [] }: Preview): Plan => {
  const acting = steps.filter(({ op }) => !silent.includes(op))
  const typeOf = ({ urn }: Step): string => parseUrn(urn).type
  const changes = acting
    .flatMap((step) => {
      const [kind, operation] = [kindOf(typeOf(step)), operationOf(step)]
      return kind === undefined || operation === undefined ? [] : [changeOf(step, operation, kind)]
    })
    .sort((a, b) => weight(a) - weight(b) || order(a.name, b.name))
  const connections = changes.filter(({ kind }) => kind === undefined)
  const byKind = countByKind(steps, changes)
  const { stack, project } = parseUrn(steps[0]?.urn ?? '')
  return {
    project,
    stack,
    changes,
    totals: count(connections),
    ...(byKind.length === 0 ? {} : { byKind }),
    bySbc: countBySbc(connections),
    others: countOthers(acting.filter((step) => kindOf(typeOf(step)) === undefined && !isEnginesOwn(typeOf(step)))),
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message.trim())
  }
}

export const mayAffectCalls = ({ mayAffectCalls: found }: Change): boolean => found.length > 0
