import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { folded } from '../../provider/Decode'
import { isSecretName } from '../../provider/Secrets'
import type { Shape } from '../../provider/Shape'
import { argCodecs, secretKeys } from '../../provider/sip-connection/Args'
import { nameText, textInName } from './Texts'

/** The columns of a sheet: one for each input of a connection, as the codecs know them. Pure. */

export type Column =
  /** The name of the entry. */
  | { readonly _tag: 'Name' }
  | { readonly _tag: 'Value'; readonly path: ReadonlyArray<string>; readonly shape: Shape }
  /** Key of a config secret that holds the value. */
  | { readonly _tag: 'ConfigKey'; readonly path: ReadonlyArray<string> }

export type ValueColumn = Extract<Column, { readonly _tag: 'Value' }>

/** Columns of an input: a field each, and none for an object of free names, which has one for each name. */
const leaves = (path: ReadonlyArray<string>, shape: Shape): ReadonlyArray<ValueColumn> =>
  shape._tag === 'Fields'
    ? Object.entries(shape.fields).flatMap(([key, field]) => leaves([...path, key], field.shape))
    : [{ _tag: 'Value', path, shape }]

const all = Object.entries(argCodecs).flatMap(([key, { shape }]) => leaves([key], shape))

/** The columns with a heading of their own, in the order of the documentation. */
export const fixedColumns = all.filter(({ shape }) => shape._tag !== 'Map')

/** Objects of free names: `sbcScripts.customerVariables`. */
export const openColumns = all.filter(({ shape }) => shape._tag === 'Map')

const passwordPath = ['carrierUserPassword']
const passwordConfigKey = 'passwordConfigKey'
const configKey = 'configKey'

const isAt = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index])

/** Whether the value of a column is secret, by its input or by the name of its variable. */
export const isSecretColumn = ({ path }: ValueColumn): boolean =>
  secretKeys.some((key) => isAt([key], path)) || (path.length > 2 && isSecretName(path.at(-1) ?? ''))

const openAbove = (path: ReadonlyArray<string>): ValueColumn | undefined =>
  openColumns.find((open) => path.length === open.path.length + 1 && isAt(open.path, path.slice(0, -1)))

/** The heading of a column as it is written. */
export const headingOf = (column: Column): string => {
  if (column._tag === 'Name') return 'name'
  const { path } = column
  if (column._tag === 'ConfigKey' && isAt(path, passwordPath)) return passwordConfigKey
  const text =
    openAbove(path) === undefined ? path.join('.') : [...path.slice(0, -1), nameText(path.at(-1) ?? '')].join('.')
  return column._tag === 'ConfigKey' ? `${text}.${configKey}` : text
}

/** The column of a variable, `undefined` for a heading that is none. The names of variables are taken as they are. */
const openColumn = (heading: string): ValueColumn | undefined =>
  openColumns.flatMap((open): ReadonlyArray<ValueColumn> => {
    const parts = heading.split('.')
    const [above, name] = [parts.slice(0, open.path.length), parts.slice(open.path.length).join('.').trim()]
    if (name === '' || open.shape._tag !== 'Map' || folded(above.join('.')) !== folded(open.path.join('.'))) return []
    return [{ _tag: 'Value', path: [...open.path, textInName(name)], shape: open.shape.value }]
  })[0]

const valueColumn = (heading: string): ValueColumn | undefined =>
  fixedColumns.find(({ path }) => folded(path.join('.')) === folded(heading)) ?? openColumn(heading)

/** The column that gives the value of another one by a config key. */
const keyColumn = (heading: string): Column | undefined => {
  if (folded(heading) === folded(passwordConfigKey)) return { _tag: 'ConfigKey', path: passwordPath }
  const end = heading.lastIndexOf('.')
  if (end < 0 || folded(heading.slice(end + 1)) !== folded(configKey)) return undefined
  const of = valueColumn(heading.slice(0, end))
  return of !== undefined && (isSecretColumn(of) || openAbove(of.path) !== undefined)
    ? { _tag: 'ConfigKey', path: of.path }
    : undefined
}

/** The column that a heading names, without regard to case, blanks, `_` and `-`. */
export const columnOf = (heading: string): O.Option<Column> =>
  pipe(
    folded(heading) === 'name' ? ({ _tag: 'Name' } as const) : (keyColumn(heading) ?? valueColumn(heading)),
    O.fromNullable
  )

/** Headings that a sheet may have. */
export const headings: ReadonlyArray<string> = [
  headingOf({ _tag: 'Name' }),
  ...fixedColumns.flatMap((column) =>
    secretKeys.some((key) => isAt([key], column.path))
      ? [headingOf({ _tag: 'ConfigKey', path: column.path })]
      : [headingOf(column)]
  ),
  ...openColumns.map(({ path }) => `${path.join('.')}.<name>`)
]
