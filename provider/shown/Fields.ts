import { isObject, sameJson } from '../Json'
import { hidden, isSecretName, redactJson } from '../Secrets'
import { isUnknown } from '../Unknowns'
import { listOf, valueText } from './Values'

/** A field of a resource with two values: before and after a change, or in the code and on the platform. */
export interface FieldChange {
  /** e.g. `cacProfile`, `sbcScripts.customerVariables.Region`, in the spelling of the engine. */
  readonly path: string
  /** Absent: not set. Of a secret both are `[secret]`. */
  readonly before?: unknown
  readonly after?: unknown
}

type Properties = Readonly<Record<string, unknown>>

/** Whether the path leads to something below `parent`, or to it. */
export const isWithin = (parent: string, path: string): boolean =>
  path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`)

/** The path of a key, as the engine writes it in `detailedDiff`. */
export const pathTo = (parent: string, key: string): string => {
  if (/[."[\]]/.test(key)) return `${parent}["${key.replace(/"/g, '\\"')}"]`
  return parent === '' ? key : `${parent}.${key}`
}

const field = (path: string, before: unknown, after: unknown): FieldChange => ({
  path,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after })
})

const present = (value: unknown): unknown => (value === null ? undefined : value)

/** The value without the secrets that it may hold further down. */
const shown = (value: unknown): unknown => redactJson(value, (text) => text)

/**
 * The fields that differ, nested ones by themselves, in the order of their names. A value under the name of a secret is one, also where it
 * is not marked.
 *
 * @param secretChanged tells whether a secret changed whose two values are hidden; none: two hidden values count as equal
 * @param isMarked tells whether a path leads to a secret whatever its name; its values may be in clear
 */
export const fieldChanges = (
  before: Properties,
  after: Properties,
  secretChanged: (path: string) => boolean = () => false,
  isMarked: (path: string) => boolean = () => false
): ReadonlyArray<FieldChange> => {
  const compare = (path: string, secret: boolean, was: unknown, is: unknown): ReadonlyArray<FieldChange> => {
    const [left, right] = [present(was), present(is)]
    if ((isObject(left) && (isObject(right) || right === undefined)) || (left === undefined && isObject(right))) {
      return below(path, secret, left ?? {}, right ?? {})
    }
    if (!secret && left !== hidden && right !== hidden) {
      return sameJson(left, right) ? [] : [field(path, shown(left), shown(right))]
    }
    const changed = left === hidden && right === hidden ? secretChanged(path) : !sameJson(left, right)
    return changed ? [field(path, masked(left), masked(right))] : []
  }
  const below = (parent: string, secret: boolean, was: Properties, is: Properties): ReadonlyArray<FieldChange> =>
    [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((key) => key !== '__provider')
      .sort()
      .flatMap((key) => {
        const path = pathTo(parent, key)
        return compare(path, secret || isSecretName(key) || isMarked(path), was[key], is[key])
      })
  return below('', false, before, after)
}

/** What is not known yet is no secret, and says more than `[secret]`. */
const masked = (value: unknown): unknown => (value === undefined || isUnknown(value) ? value : hidden)

/** What happens to a field: a secret says no more than that; a list, what it loses and gains; the rest have two values. */
export type Shown =
  | { readonly _tag: 'Secret'; readonly said: 'set' | 'removed' | 'changed' | 'known after apply' }
  | { readonly _tag: 'List'; readonly removed: ReadonlyArray<string>; readonly added: ReadonlyArray<string> }
  | { readonly _tag: 'Values'; readonly before: unknown; readonly after: unknown }

const listChange = (before: ReadonlyArray<unknown>, after: ReadonlyArray<unknown>): Shown => {
  const [left, right] = [before.map(valueText), after.map(valueText)]
  const [had, has] = [new Set(left), new Set(right)]
  return {
    _tag: 'List',
    removed: left.filter((item) => !has.has(item)),
    added: right.filter((item) => !had.has(item))
  }
}

/** How a change is shown. */
export const shownOf = (change: FieldChange): Shown => {
  const { before, after } = change
  if (before === hidden || after === hidden) {
    if (isUnknown(after)) return { _tag: 'Secret', said: 'known after apply' }
    return { _tag: 'Secret', said: before === undefined ? 'set' : after === undefined ? 'removed' : 'changed' }
  }
  return Array.isArray(before) && Array.isArray(after) ? listChange(before, after) : { _tag: 'Values', before, after }
}

/** The change of a list in words, its items in the given type. */
export const listText = (
  { removed, added }: Extract<Shown, { _tag: 'List' }>,
  type: (items: string) => string = (items) => items
): string =>
  [
    ...(removed.length === 0 ? [] : [`removed ${type(listOf(removed))}`]),
    ...(added.length === 0 ? [] : [`added ${type(listOf(added))}`])
  ].join('; ') || 'the same items in another order, or repeated'
