import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { below, faultsOf } from '../../provider/Decode'
import type { FleetEntry } from '../../provider/fleet/Args'
import { type ArgKey, argCodecs } from '../../provider/sip-connection/Args'
import { readCell } from './Cells'
import { faultAt, faultOf, placeOf } from './Faults'
import type { Place } from './Headings'
import { type Row, tidy } from './Sheet'
import { textIn } from './Texts'

/** The rows of a sheet as entries of a fleet. Pure. */

/** A value that stands in the config of the stack. */
export interface Reference {
  readonly path: ReadonlyArray<string>
  readonly key: string
}

/** An entry as its row has it. */
export interface Entry {
  readonly name: string
  readonly values: FleetEntry
  readonly references: ReadonlyArray<Reference>
}

export interface Drafts {
  readonly entries: ReadonlyArray<Entry>
  readonly faults: ReadonlyArray<string>
}

type Values = Readonly<Record<string, unknown>>

/** An object with a value at a path. */
export const withValueAt = (values: Values, [key = '', ...rest]: ReadonlyArray<string>, value: unknown): Values => ({
  ...values,
  [key]: rest.length === 0 ? value : withValueAt((values[key] ?? {}) as Values, rest, value)
})

/** What the cells of a row say. */
interface Told {
  readonly name: string | undefined
  readonly values: Values
  readonly references: ReadonlyArray<Reference>
  readonly faults: ReadonlyArray<string>
}

const noSecret = 'the config of the stack has no such key; set it with pulumi config set --secret, or correct the key'

const told = (row: Row, places: ReadonlyArray<Place>, hasSecret: (key: string) => boolean): Told =>
  places.reduce<Told>(
    (so, { index, heading, column }) => {
      const cell = tidy(row.cells[index] ?? '')
      if (cell === '') return so
      const fault = (text: string): Told => ({ ...so, faults: [...so.faults, faultAt(row, index, heading, text)] })
      if (column._tag === 'Name') return { ...so, name: textIn(cell) }
      if (column._tag === 'ConfigKey') {
        const key = textIn(cell)
        return hasSecret(key) ? { ...so, references: [...so.references, { path: column.path, key }] } : fault(noSecret)
      }
      const read = readCell(column.shape, cell)
      return E.isLeft(read) ? fault(read.left) : { ...so, values: withValueAt(so.values, column.path, read.right) }
    },
    { name: undefined, values: {}, references: [], faults: [] }
  )

/** The column that a fault of an input is about: the one with the longest path that leads to it. */
const placeOfFault = (places: ReadonlyArray<Place>, path: string): readonly [Place, rest: string] | undefined =>
  places
    .flatMap((place): ReadonlyArray<readonly [Place, string, string]> => {
      if (place.column._tag !== 'Value') return []
      const own = place.column.path.join('.')
      const rest = path.slice(own.length)
      return path.startsWith(own) && /^($|[.[])/.test(rest) ? [[place, rest.replace(/^\./, ''), own]] : []
    })
    .sort(([, , a], [, , b]) => b.length - a.length)
    .map(([place, rest]) => [place, rest] as const)[0]

/** The values as the check of a connection takes them, and its faults at their columns. What a row leaves out may be in the defaults. */
const checked = (row: Row, places: ReadonlyArray<Place>, values: Values) => {
  const faults: Array<string> = []
  const canonical = Object.entries(values).map(([key, value]) => {
    const decoded = (argCodecs[key as ArgKey] as t.Type<unknown, unknown, unknown>).decode(value)
    if (E.isRight(decoded)) return [key, decoded.right] as const
    for (const { path, text } of faultsOf(decoded.left)) {
      const at = placeOfFault(places, below(key, path))
      if (at === undefined) continue
      const [{ index, heading }, rest] = at
      faults.push(faultAt(row, index, heading, rest === '' ? text : `${rest}: ${text}`))
    }
    return [key, value] as const
  })
  return { values: Object.fromEntries(canonical) as FleetEntry, faults }
}

const beyond = (row: Row, headings: Row): ReadonlyArray<string> => {
  const { length } = headings.cells
  return row.cells.slice(length).every((cell) => tidy(cell) === '')
    ? []
    : [
        faultOf(
          row,
          `has ${row.cells.length} cells, and there are ${length} headings; a value with the delimiter in it stands in quotes`
        )
      ]
}

const marked = (row: Row, headings: Row): ReadonlyArray<string> =>
  headings.cells.length > 1 && tidy(row.cells[0] ?? '').startsWith('#')
    ? [
        faultOf(
          row,
          `begins with "#" and has other cells: a comment stands alone in its row, and a value that begins with "#" has a ' before it`
        )
      ]
    : []

interface Draft extends Entry {
  readonly row: Row
}

/** What two rows may not share: a name, a connection, a site id. */
type Identity = readonly [text: string | undefined, what: (text: string) => string]

const identities = (customerOf: (values: FleetEntry) => string): ReadonlyArray<(draft: Draft) => Identity> => [
  ({ name }) => [
    name,
    () => `${JSON.stringify(name)} names two entries; give each a name of its own in the column name`
  ],
  ({ values }) => [
    values.siteName === undefined ? undefined : JSON.stringify([customerOf(values), values.siteName]),
    () => 'two rows for one connection (the same customerGuid and siteName); remove one'
  ],
  ({ values: { adopt } }) => [
    typeof adopt === 'string' ? adopt : undefined,
    () => 'two rows take over one connection (the same site id in adopt); remove one'
  ]
]

/** Of rows that are equal in more than one way, the last one tells most. */
const doubles = (drafts: ReadonlyArray<Draft>, customerOf: (values: FleetEntry) => string): ReadonlyArray<string> => {
  const found = new Map<Draft, string>()
  for (const identityOf of identities(customerOf)) {
    const seen = new Map<string, Row>()
    for (const draft of drafts) {
      const [text, what] = identityOf(draft)
      if (text === undefined) continue
      const first = seen.get(text)
      if (first === undefined) seen.set(text, draft.row)
      else found.set(draft, `${placeOf(first)} and ${placeOf(draft.row)}: ${what(text)}`)
    }
  }
  return [...found.values()]
}

export interface Surroundings {
  readonly headings: Row
  readonly places: ReadonlyArray<Place>
  /** Whether the config of the stack has a value under this key. */
  readonly hasSecret: (key: string) => boolean
  /** The customer of rows that name none, as far as it is known. */
  readonly customerGuid: string | undefined
}

/** One row, and all that is wrong with it. */
const draftOf = (
  row: Row,
  { headings, places, hasSecret }: Surroundings
): { readonly drafts: ReadonlyArray<Draft>; readonly faults: ReadonlyArray<string> } => {
  const { name, values: raw, references, faults: ofCells } = told(row, places, hasSecret)
  const { values, faults: ofValues } = checked(row, places, raw)
  const title = name ?? values.siteName
  const nameless = title === undefined ? [faultOf(row, 'has no name: fill in name or siteName')] : []
  return {
    drafts: title === undefined ? [] : [{ name: title, values, references, row }],
    faults: [...marked(row, headings), ...beyond(row, headings), ...nameless, ...ofCells, ...ofValues]
  }
}

/** The entries, and all that is wrong with their rows. */
export const entriesOf = (rows: ReadonlyArray<Row>, surroundings: Surroundings): Drafts => {
  const read = rows.map((row) => draftOf(row, surroundings))
  const drafts = read.flatMap((each) => each.drafts)
  const customerOf = (values: FleetEntry): string =>
    values.customerGuid ?? surroundings.customerGuid?.toLowerCase() ?? ''
  return {
    entries: drafts.map(({ name, values, references }) => ({ name, values, references })),
    faults: [...read.flatMap(({ faults }) => faults), ...doubles(drafts, customerOf)]
  }
}
