import { writeCell } from './Cells'
import { type Column, type ValueColumn, fixedColumns, headingOf, isSecretColumn, openColumns } from './Columns'
import type { Entry } from './Entries'
import { type CsvDelimiter, tidy } from './Sheet'
import { cellOf } from './Texts'

/** Entries as the text of a sheet, from which `connectionsFromCsv` makes the same ones. Pure. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (values: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), values)

const sameAs =
  (path: ReadonlyArray<string>) =>
  (other: { readonly path: ReadonlyArray<string> }): boolean =>
    JSON.stringify(other.path) === JSON.stringify(path)

/** The column of a variable for each name that an entry has. */
const variableColumns = (entries: ReadonlyArray<Entry>): ReadonlyArray<ValueColumn> =>
  openColumns.flatMap(({ path, shape }) => {
    if (shape._tag !== 'Map') return []
    const names = entries.flatMap(({ values, references }) => [
      ...Object.keys(valueAt(values, path) ?? {}),
      ...references.flatMap((each) => (sameAs(each.path.slice(0, -1))({ path }) ? [each.path.at(-1) ?? ''] : []))
    ])
    return [...new Set(names)].map((name) => ({ _tag: 'Value', path: [...path, name], shape: shape.value }))
  })

/** The cell of a column; a secret is never written. */
const cellIn = ({ name, values, references }: Entry, column: Column): string => {
  if (column._tag === 'Name') return cellOf(name)
  const reference = references.find(sameAs(column.path))
  if (column._tag === 'ConfigKey') return reference === undefined ? '' : cellOf(reference.key)
  const value = valueAt(values, column.path)
  return value === undefined || reference !== undefined || isSecretColumn(column) ? '' : writeCell(column.shape, value)
}

/** The columns of these entries, and those that are wanted besides, in the order of the documentation. */
const columnsOf = (entries: ReadonlyArray<Entry>, besides: ReadonlyArray<string>): ReadonlyArray<Column> => [
  { _tag: 'Name' },
  ...[...fixedColumns, ...variableColumns(entries)]
    .flatMap((column): ReadonlyArray<Column> => [
      ...(isSecretColumn(column) ? [] : [column]),
      { _tag: 'ConfigKey', path: column.path }
    ])
    .filter((column) => besides.includes(headingOf(column)) || entries.some((entry) => cellIn(entry, column) !== ''))
]

/** In quotes, where a program with whatever delimiter would take it apart. */
const inCsv = (cell: string): string =>
  /^[\p{L}\p{N} ._:@+'/-]*$/u.test(cell) ? cell : `"${cell.replace(/"/g, '""')}"`

/** Rows as CSV (RFC 4180). The byte order mark tells spreadsheets that it is UTF-8. */
export const csvOf = (rows: ReadonlyArray<ReadonlyArray<string>>, delimiter: CsvDelimiter): string =>
  `\ufeff${rows.map((row) => `${row.map(inCsv).join(delimiter)}\r\n`).join('')}`

/** A line above the headings: it stands in the first cell, with the others empty. */
export const commentRow = (text: string): ReadonlyArray<string> => [`# ${tidy(text)}`]

/**
 * The sheet of entries.
 *
 * @param besides headings of columns that it has though they are empty
 * @param comments lines above the headings
 */
export const sheetOfEntries = (
  entries: ReadonlyArray<Entry>,
  besides: ReadonlyArray<string>,
  delimiter: CsvDelimiter = ',',
  comments: ReadonlyArray<string> = []
): string => {
  const columns = columnsOf(entries, besides)
  return csvOf(
    [
      ...comments.map(commentRow),
      columns.map(headingOf),
      ...entries.map((entry) => columns.map((column) => cellIn(entry, column)))
    ],
    delimiter
  )
}
