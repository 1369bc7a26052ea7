import { grouped } from '../../provider/Groups'
import { isObject, sameJson } from '../../provider/Json'
import { hidden } from '../../provider/Secrets'
import { pathTo } from '../../provider/shown/Fields'
import { type Kind, resources } from '../report/Kinds'
import type { Report, Row } from './Report'

/** What restores the values before a run, and what nothing can restore. Pure. */

type Inputs = Readonly<Record<string, unknown>>

/** A value that the report does not hold. */
export interface Missing {
  /** From the input down. */
  readonly path: ReadonlyArray<string>
  /** Whether this run changed it: then not even the program of this run has the value. */
  readonly changed: boolean
}

/** A thing with its inputs before the run. */
export interface Restored {
  readonly row: Row
  /** Inputs; `[secret]` stands where a secret is to be given. */
  readonly inputs: Inputs
  readonly secrets: ReadonlyArray<Missing>
}

/** What cannot be restored by a program, in a line, and why. */
export interface Left {
  readonly row: Row
  readonly why: string
}

export interface Rollback {
  readonly restored: ReadonlyArray<Restored>
  readonly left: ReadonlyArray<Left>
}

export const textOfPath = (path: ReadonlyArray<string>): string => path.reduce(pathTo, '')

/** Paths of the values that are as they are asked for. */
const pathsWhere = (
  value: unknown,
  is: (value: unknown) => boolean,
  path: ReadonlyArray<string> = []
): ReadonlyArray<ReadonlyArray<string>> =>
  is(value)
    ? [path]
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsWhere(item, is, [...path, key]))
      : []

/** A text of which a secret was a part, or a list with such a text, cannot be written again. */
const holdsSecret = (value: unknown): boolean =>
  Array.isArray(value)
    ? JSON.stringify(value).includes(hidden)
    : typeof value === 'string' && value !== hidden && value.includes(hidden)

/** The value without those within it that are as they are asked for. */
export const withoutValues = (value: unknown, is: (value: unknown) => boolean): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => !is(item))
          .map(([key, item]) => [key, withoutValues(item, is)])
      )
    : value

/** The inputs of a takeover with what the platform had in their places. */
const merged = (after: unknown, before: unknown): unknown =>
  isObject(after) && isObject(before)
    ? {
        ...after,
        ...Object.fromEntries(Object.entries(before).map(([key, item]) => [key, merged(after[key], item)]))
      }
    : before

const kindOf = ({ resource }: Row): Kind | undefined =>
  (Object.keys(resources) as ReadonlyArray<Kind>).find((kind) => resources[kind].type === resource)

/** A dangerous change is one on the way back too. */
const withAllow = (row: Row, inputs: Inputs): Inputs => {
  const isConnection = row.resource === 'SipConnection' && row.kind !== 'delete'
  const differs = (key: string): boolean =>
    row.after !== undefined && inputs[key] !== undefined && !sameJson(inputs[key], row.after[key])
  const needed = [
    ...(isConnection && differs('siteName') ? ['rename'] : []),
    ...(isConnection && differs('sbcId') ? ['sbcMove'] : []),
    ...(isConnection && differs('phones') && sameJson(inputs.phones, []) ? ['clearPhones'] : [])
  ]
  const allowed = (inputs.allow ?? []) as ReadonlyArray<string>
  return needed.length === 0 ? inputs : { ...inputs, allow: [...new Set([...allowed, ...needed])] }
}

/** A new thing cannot be the one that was taken over once. */
const withoutOldId = ({ kind }: Row, inputs: Inputs): Inputs =>
  kind === 'delete' && typeof inputs.adopt === 'string'
    ? Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== 'adopt'))
    : inputs

/** The inputs in the order of the documentation. */
const ordered = (kind: Kind, inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.keys(resources[kind].inputs.codecs).flatMap((key) => (key in inputs ? [[key, inputs[key]] as const] : []))
  )

const restoredOf = (row: Row, kind: Kind): Restored => {
  const before = row.kind === 'adopt' ? (merged(row.after ?? {}, row.before ?? {}) as Inputs) : (row.before ?? {})
  const inputs = ordered(kind, withAllow(row, withoutOldId(row, withoutValues(before, holdsSecret) as Inputs)))
  const changed = new Set(row.changes.map(({ path }) => path))
  return {
    row,
    inputs,
    secrets: pathsWhere(inputs, (value) => value === hidden).map((path) => ({
      path,
      changed: row.kind !== 'delete' && changed.has(textOfPath(path))
    }))
  }
}

/** Inputs that the run declared for the first time, and whose value before nobody has told. */
const untold = (row: Row, kind: Kind): ReadonlyArray<string> => {
  const { rules } = resources[kind].inputs
  const declared = Object.keys(rules).filter(
    (key) =>
      row.after?.[key] !== undefined &&
      rules[key] !== 'option' &&
      row.before?.[key] === undefined &&
      !(row.kind === 'adopt' && rules[key] === 'replace')
  )
  const within = row.changes.filter(({ path, before }) => before === undefined && !(path in rules))
  return [...declared, ...within.map(({ path }) => path)]
}

const untoldText = ({ kind }: Row, keys: ReadonlyArray<string>): string =>
  kind === 'adopt'
    ? `the platform did not tell ${keys.join(', ')} before the takeover: declared as in the run`
    : `${keys.join(', ')}: not declared before, and the platform did not tell the value; no longer declared, it is cleared where the platform can do that`

const changedSecrets = ({ secrets }: Restored): ReadonlyArray<string> =>
  secrets.filter(({ changed }) => changed).map(({ path }) => textOfPath(path))

const otherSecrets = ({ secrets }: Restored): ReadonlyArray<string> =>
  secrets.filter(({ changed }) => !changed).map(({ path }) => textOfPath(path))

const endText = ({ result, touched }: Row): ReadonlyArray<string> =>
  result === 'ok' || !touched
    ? []
    : [
        `it ${result === 'unknown' ? 'ended without a clear answer' : 'failed'} after something was sent: compare it with the portal`
      ]

const leftOf = (restored: Restored, kind: Kind): ReadonlyArray<Left> => {
  const { row } = restored
  const lost = pathsWhere(row.before ?? {}, holdsSecret).map(textOfPath)
  const [changed, others, unknown] = [
    changedSecrets(restored),
    otherSecrets(restored),
    row.kind === 'delete' ? [] : untold(row, kind)
  ]
  const whys = [
    ...(row.kind === 'delete'
      ? ['it was deleted and is made anew: with another id, and without numbers and settings that were not declared']
      : []),
    ...(changed.length === 0 ? [] : [`the former value of ${changed.join(', ')} is a secret that no report holds`]),
    ...(others.length === 0 ? [] : [`give ${others.join(', ')} again: secrets are not in the report`]),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')}: a secret was a part of the value, so it is left out`]),
    ...(unknown.length === 0 ? [] : [untoldText(row, unknown)]),
    ...endText(row)
  ]
  return whys.map((why) => ({ row, why }))
}

/** Which thing a row is about; a report of a long-lived process may have several of one. */
const thingOf = ({ resource, entry, id, name }: Row): string =>
  JSON.stringify([resource, id ?? [entry?.fleet, entry?.name ?? name]])

const isSamePlace = (a: Row, b: Row): boolean =>
  a.resource === b.resource && a.entry?.fleet === b.entry?.fleet && (a.entry ?? a).name === (b.entry ?? b).name

/** A thing that the run made. */
const createdText = (row: Row, rows: ReadonlyArray<Row>): string => {
  const replaced = rows.some((other) => other.kind === 'delete' && other.result === 'ok' && isSamePlace(other, row))
  const end = row.result === 'ok' ? '' : '; its creation did not end well, so look in the portal whether it is there'
  return replaced
    ? `it was made in the place of the deleted one: the declaration below replaces it${end}`
    : `it was created by the run: to delete it, take its declaration out of the program${end}`
}

/** What happens to one thing: its first row that has sent something tells what was before. */
const rollbackOf = (rows: ReadonlyArray<Row>, all: ReadonlyArray<Row>): Rollback => {
  const [first] = rows.filter(({ touched }) => touched)
  const untouched = rows
    .filter(({ touched, result }) => !touched && result !== 'ok')
    .map((row) => ({ row, why: 'it failed before anything was changed: there is nothing to restore' }))
  if (first === undefined) return { restored: [], left: untouched }
  const gone = rows.at(-1)?.kind === 'delete' && rows.at(-1)?.result === 'ok'
  if (first.kind === 'create') {
    return { restored: [], left: [...(gone ? [] : [{ row: first, why: createdText(first, all) }]), ...untouched] }
  }
  const kind = kindOf(first)
  if (kind === undefined || first.before === undefined) {
    const why =
      kind === undefined ? 'this version does not know its type' : 'the report does not say what it was before'
    return { restored: [], left: [{ row: first, why }, ...untouched] }
  }
  const restored = restoredOf(first, kind)
  return { restored: [restored], left: [...leftOf(restored, kind), ...untouched] }
}

/** The rollback of a report, in its order. */
export const rollback = ({ rows }: Report): Rollback => {
  const all = [...grouped(rows, thingOf).values()].map((things) => rollbackOf(things, rows))
  return { restored: all.flatMap(({ restored }) => restored), left: all.flatMap(({ left }) => left) }
}
