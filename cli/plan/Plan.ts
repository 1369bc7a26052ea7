import { type FieldChange, fieldChanges, isWithin } from '../report/Fields'
import { valueText } from '../report/Values'
import { instanceOf, isConnection, isEnginesOwn, parseUrn } from '../state/Urn'
import { type Danger, byWeight, dangers, dangersOf } from './Danger'
import type { Preview, Step } from './Preview'

/** What a connection meets in the next `pulumi up`. */
export type Operation = 'create' | 'update' | 'replace' | 'delete' | 'forget'

export const operations: ReadonlyArray<Operation> = ['create', 'update', 'replace', 'delete', 'forget']

/** One connection of the plan. */
export interface Change {
  /** Name of the resource. */
  readonly name: string
  readonly siteName?: string
  readonly siteGuid?: string
  /** Id of the SBC, of both at a move (`3 → 5`), with the provider instance if there is one (`3 (eu)`). */
  readonly sbc: string
  readonly operation: Operation
  readonly mayAffectCalls: ReadonlyArray<Danger>
  readonly fields: ReadonlyArray<FieldChange>
}

export type Counts = Readonly<Record<Operation, number>>

/** A preview, read for its SIP connections. */
export interface Plan {
  readonly project: string
  readonly stack: string
  /** Those that may affect calls first, the heaviest ones at the top. */
  readonly changes: ReadonlyArray<Change>
  readonly totals: Counts
  readonly bySbc: ReadonlyArray<{ readonly sbc: string; readonly counts: Counts }>
  /** Changes of resources that are no SIP connections, by what happens to them. */
  readonly others: Readonly<Record<string, number>>
  /** Errors of the preview: then the plan is not complete. */
  readonly errors: ReadonlyArray<string>
}

/**
 * What the steps of the engine mean for the platform. A replacement is one step (`replace`), and with `--show-replacement-steps` also its
 * parts, which are left out, as is everything that leaves a connection alone.
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

const dangersOfStep = (
  operation: Operation,
  { oldState }: Step,
  fields: ReadonlyArray<FieldChange>,
  [before, after]: readonly [Inputs, Inputs]
): ReadonlySet<Danger> => {
  switch (operation) {
    case 'create':
      return new Set(after.adopt === undefined || after.adopt === false ? [] : ['takeOver'])
    case 'forget':
      return new Set()
    case 'delete':
      return new Set(['delete'])
    case 'replace':
      return new Set(['replace', ...dangersOf(fields, before, after)])
    case 'update':
      return new Set([
        ...dangersOf(fields, before, after),
        ...(isUnfinished(oldState?.outputs) ? (['unfinished'] as const) : [])
      ])
  }
}

const sbcOf = (step: Step, before: Inputs, after: Inputs): string => {
  const instance = instanceOf(step.provider)
  const ids = [before.sbcId, after.sbcId].filter((id) => id !== undefined).map(valueText)
  return `${[...new Set(ids)].join(' → ')}${instance === undefined ? '' : ` (${instance})`}`
}

const changeOf = (step: Step, operation: Operation): Change => {
  const before = step.oldState?.inputs ?? {}
  const after = step.newState?.inputs ?? {}
  const paths = changedPaths(step)
  const gone = operation === 'delete' || operation === 'forget'
  const fields = gone
    ? []
    : fieldChanges(
        ...(operation === 'create' ? ([{}, withoutOptions(after)] as const) : ([before, after] as const)),
        (path) => paths.some((changed) => isWithin(changed, path) || isWithin(path, changed))
      )
  const siteName = (gone ? before : after).siteName
  const { id } = step.oldState ?? {}
  return {
    name: parseUrn(step.urn).name,
    ...(siteName === undefined || siteName === null ? {} : { siteName: valueText(siteName) }),
    ...(id === undefined || id === '' ? {} : { siteGuid: id }),
    sbc: sbcOf(step, before, after),
    operation,
    mayAffectCalls: byWeight(dangersOfStep(operation, step, fields, [before, after])),
    fields
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

const countBySbc = (changes: ReadonlyArray<Change>): Plan['bySbc'] => {
  const groups = new Map<string, Array<Change>>()
  for (const change of changes) groups.set(change.sbc, [...(groups.get(change.sbc) ?? []), change])
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([sbc, members]) => ({ sbc, counts: count(members) }))
}

const countOthers = (steps: ReadonlyArray<Step>): Plan['others'] => {
  const counts = new Map<string, number>()
  for (const { op } of steps) counts.set(op, (counts.get(op) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => order(a, b)))
}

/** The plan of a preview. */
export const planOf = ({ steps = [], diagnostics = [] }: Preview): Plan => {
  const acting = steps.filter(({ op }) => !silent.includes(op))
  const typeOf = ({ urn }: Step): string => parseUrn(urn).type
  const changes = acting
    .filter((step) => isConnection(typeOf(step)))
    .flatMap((step) => {
      const operation = operationOf(step)
      return operation === undefined ? [] : [changeOf(step, operation)]
    })
    .sort((a, b) => weight(a) - weight(b) || order(a.name, b.name))
  const { stack, project } = parseUrn(steps[0]?.urn ?? '')
  return {
    project,
    stack,
    changes,
    totals: count(changes),
    bySbc: countBySbc(changes),
    others: countOthers(acting.filter((step) => !isConnection(typeOf(step)) && !isEnginesOwn(typeOf(step)))),
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message.trim())
  }
}

export const mayAffectCalls = ({ mayAffectCalls: found }: Change): boolean => found.length > 0
