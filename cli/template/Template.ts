import { isSecretColumn, fixedColumns, headingOf, openColumns } from '../../sdk/csv/Columns'
import { type CsvDelimiter } from '../../sdk/csv/Sheet'
import { commentRow, csvOf } from '../../sdk/csv/Written'
import type { Shape } from '../../provider/Shape'
import { requiredKeys } from '../../provider/sip-connection/Args'

/** An empty sheet whose columns are explained, in the words of the package's schema. Pure. */

interface Property {
  readonly description?: string
  readonly $ref?: string
}

/** The part of `schema.json` that has the words. */
export interface Schema {
  readonly resources: Readonly<Record<string, { readonly inputProperties: Readonly<Record<string, Property>> }>>
  readonly types: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>
}

const resource = 'audiocodes-live:index:SipConnection'

/** What the schema says of an input. */
const words = ({ resources, types }: Schema, [key = '', ...rest]: ReadonlyArray<string>): string => {
  const property = rest.reduce<Property | undefined>(
    (above, name) => types[above?.$ref?.replace('#/types/', '') ?? '']?.properties?.[name],
    resources[resource]?.inputProperties[key]
  )
  if (property?.description === undefined) throw new Error(`schema.json says nothing of ${[key, ...rest].join('.')}`)
  return property.description.replace(/\s+/g, ' ').trim()
}

const form = (shape: Shape): string => {
  switch (shape._tag) {
    case 'Whole':
    case 'Number':
      return 'digits alone'
    case 'Flag':
      return 'true or false'
    case 'Choice':
      return shape.choices.join(', ')
    case 'List':
      return shape.item._tag === 'Fields'
        ? 'plan:index or plan:index:inactive, ";" between two; "none" is the empty list'
        : `${shape.item._tag === 'Choice' ? `${shape.item.choices.join(', ')}; ` : ''}blanks or ";" between two; "none" is the empty list`
    case 'OneOf':
      return shape.shapes.map(form).join(', or ')
    case 'Text':
    case 'Any':
    case 'Map':
    case 'Fields':
      return 'text'
  }
}

const columns = fixedColumns.map((column) => ({
  column,
  heading: headingOf(isSecretColumn(column) ? { _tag: 'ConfigKey', path: column.path } : column)
}))

const explained = (schema: Schema): ReadonlyArray<string> => [
  'One row below the headings is one connection. Lines that begin with # are skipped. An empty cell declares nothing: the platform has its own default.',
  `Give the columns the format "text", or write a ' before what begins with +, =, - or @ and before numbers with zeros in front. Columns that are not needed can be removed.`,
  'name (text): name of the entry in the program; without it, siteName',
  ...columns.map(({ column, heading }) => {
    const required = column.path.length === 1 && requiredKeys.some((key) => key === column.path[0])
    return isSecretColumn(column)
      ? `${heading} (text): key of a secret in the config of the stack (pulumi config set --secret <key>), never the value: ${words(schema, column.path)}`
      : `${heading} (${form(column.shape)}${required ? '; required here or in the defaults' : ''}): ${words(schema, column.path)}`
  }),
  ...openColumns.map(
    ({ path }) =>
      `${path.join('.')}.<name> (text): a column for each name; ${path.join('.')}.<name>.configKey for a secret. ${words(schema, path)}`
  )
]

/** The empty sheet. */
export const template = (schema: Schema, delimiter: CsvDelimiter): string =>
  csvOf([...explained(schema).map(commentRow), ['name', ...columns.map(({ heading }) => heading)]], delimiter)
