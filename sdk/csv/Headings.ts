import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { folded } from '../../provider/Decode'
import { suggestion } from '../../provider/Inputs'
import { type Column, columnOf, headingOf, headings, isSecretColumn } from './Columns'
import { faultAt, faultOf } from './Faults'
import { type Row, type Sheet, tidy } from './Sheet'

/** The row of headings: which column of a sheet is which input. Pure. */

/** What a program calls the columns of its sheet: the name of an input, or `false` for one that is left out. */
export type ColumnNames = Readonly<Record<string, string | false>>

/** A column of a sheet. */
export interface Place {
  /** From 0. */
  readonly index: number
  /** As the sheet has it. */
  readonly heading: string
  readonly column: Column
}

export interface Placed {
  readonly places: ReadonlyArray<Place>
  readonly faults: ReadonlyArray<string>
}

const leftOut = 'left out'

/** What a heading stands for by the program's own words. */
const renamed = (heading: string, columns: ColumnNames): string | typeof leftOut => {
  const own = Object.entries(columns).find(([name]) => folded(name) === folded(heading))
  return own === undefined ? heading : own[1] === false ? leftOut : own[1]
}

/** Whether a heading of a sheet is known. */
export const isKnown =
  (columns: ColumnNames) =>
  (heading: string): boolean => {
    const name = renamed(tidy(heading), columns)
    return name === leftOut || O.isSome(columnOf(name))
  }

const unknown = (name: string): string => `is no input; ${suggestion(name, headings, 'columns')}`

const secretFault = (column: Column): string =>
  `holds secrets in clear; name a secret of the stack's config in a column ${headingOf({
    _tag: 'ConfigKey',
    path: column._tag === 'Name' ? [] : column.path
  })}, or give allowSecrets: true`

const valueBelow = ({ rows }: Sheet, index: number): Row | undefined =>
  rows.find(({ cells }) => tidy(cells[index] ?? '') !== '')

const merged =
  'merged cells keep their text in the first one alone: unmerge the headings and give each column its own, in one row'

type Found = { readonly place?: Place; readonly fault?: string }

const placeAt = (sheet: Sheet, columns: ColumnNames, allowSecrets: boolean, cell: string, index: number): Found => {
  const heading = tidy(cell)
  const at = (text: string): Found => ({ fault: faultAt(sheet.headings, index, heading, text) })
  if (heading === '') {
    const row = valueBelow(sheet, index)
    return row === undefined ? {} : at(`has no heading, and line ${row.line} has a value there; ${merged}`)
  }
  const name = renamed(heading, columns)
  if (name === leftOut) return {}
  return pipe(
    columnOf(name),
    O.match(
      () => at(`${unknown(name)}; leave a column out with columns: { ${JSON.stringify(heading)}: false }`),
      (column) =>
        column._tag === 'Value' && isSecretColumn(column) && !allowSecrets
          ? at(secretFault(column))
          : { place: { index, heading, column } }
    )
  )
}

const target = (column: Column): string => (column._tag === 'Name' ? 'name' : JSON.stringify(column.path))

/** Two columns for one value, also by value and by key. */
const twice = ({ headings: row }: Sheet, places: ReadonlyArray<Place>): ReadonlyArray<string> =>
  places.flatMap(({ index, heading, column }, at) => {
    const first = places.slice(0, at).find((other) => target(other.column) === target(column))
    return first === undefined
      ? []
      : [faultAt(row, index, heading, `is the same input as column ${first.index + 1}; remove one of them (${merged})`)]
  })

/** What the program says of columns that are not there. */
const strangers = ({ headings: row }: Sheet, columns: ColumnNames): ReadonlyArray<string> =>
  Object.entries(columns).flatMap(([own, name]) => {
    const isThere = row.cells.some((cell) => folded(tidy(cell)) === folded(own))
    return [
      ...(isThere ? [] : [faultOf(row, `has no heading ${JSON.stringify(own)}, which columns names`)]),
      ...(name === false || isThere || O.isSome(columnOf(name))
        ? []
        : [`columns: ${JSON.stringify(name)} ${unknown(name)}`])
    ]
  })

/** The columns of a sheet by its headings. */
export const placesOf = (sheet: Sheet, columns: ColumnNames, allowSecrets: boolean): Placed => {
  const { cells } = sheet.headings
  // Not shown: a sheet without headings would be told with the values of its first connection.
  if (!cells.some(isKnown(columns)))
    return {
      places: [],
      faults: [faultOf(sheet.headings, `has no heading that is known; the columns are ${headings.join(', ')}`)]
    }
  const found = cells.map((cell, index) => placeAt(sheet, columns, allowSecrets, cell, index))
  const places = found.flatMap(({ place }) => (place === undefined ? [] : [place]))
  const faults = found.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))
  return { places, faults: [...faults, ...twice(sheet, places), ...strangers(sheet, columns)] }
}
