import { grouped } from '../../provider/Groups'
import { Code, property, textLiteral } from '../export/Literals'
import { cleaned, distinct, identifier, secretKeysOf } from '../export/Names'
import { replacedAt } from '../export/Secrets'
import { lineOf } from '../report/Values'
import type { Report, Row } from './Report'
import type { Left, Restored, Rollback } from './Restore'

/** The program that declares what was before, and the list of what it does not restore. */

/** What a row is about, in a line. */
export const titleOf = ({ resource, name, entry, id }: Row): string =>
  [
    ...(resource === 'SipConnection' ? [] : [resource]),
    `"${lineOf(entry?.name ?? name)}"`,
    ...(id === undefined ? [] : [`(${lineOf(id)})`])
  ].join(' ')

export const leftLine = ({ row, why }: Left): string => `${titleOf(row)}: ${lineOf(why)}`

/** A thing with a name that no other has. */
export interface Named {
  readonly restored: Restored
  readonly name: string
}

export const named = (all: ReadonlyArray<Restored>): ReadonlyArray<Named> => {
  const names = distinct(
    all.map(({ row }) => ({
      name: cleaned((row.entry ?? row).name) || 'connection',
      guid: row.id ?? cleaned(JSON.stringify(row.entry ?? row.name))
    }))
  )
  return all.map((restored, index) => ({ restored, name: names[index] ?? '' }))
}

/** The secrets of a thing, and the keys of the config that are to hold them. */
export const secretKeys = ({
  restored: { secrets },
  name
}: Named): ReadonlyArray<{ readonly path: ReadonlyArray<string>; readonly key: string }> => {
  const keys = secretKeysOf(
    name,
    secrets.map(({ path }) => path.at(-1) ?? '')
  )
  return secrets.map(({ path }, index) => ({ path, key: keys[index] ?? '' }))
}

/** The inputs with an expression in the place of each secret. */
const expressions = (each: Named): Readonly<Record<string, unknown>> =>
  replacedAt(
    each.restored.inputs,
    secretKeys(each).map(({ path, key }) => [path, new Code(`config.requireSecret(${textLiteral(key)})`)])
  ) as Readonly<Record<string, unknown>>

const inputLines = (each: Named, indent: string): ReadonlyArray<string> => {
  const entries = Object.entries(expressions(each))
  return entries.map(
    ([key, value], index) => `${indent}${property(key, value, indent)}${index === entries.length - 1 ? '' : ','}`
  )
}

const declaration = (each: Named): ReadonlyArray<string> => [
  '',
  `// ${titleOf(each.restored.row)}`,
  `new live.${each.restored.row.resource}(${textLiteral(each.name)}, {`,
  ...inputLines(each, '  '),
  '})'
]

/** The entries of one fleet, under the names that they have in it. */
const fleetLines = (fleet: string, entries: ReadonlyArray<Named>, constant: string): ReadonlyArray<string> => [
  '',
  `// Entries of the fleet ${lineOf(fleet)}, with its defaults in them: new live.SipConnectionFleet(…, { connections: { ...all, ...${constant} } })`,
  `export const ${constant} = {`,
  ...entries.flatMap((each, index) => [
    `  ${property((each.restored.row.entry ?? each.restored.row).name, new Code('{'), '')}`,
    ...inputLines(each, '    '),
    `  }${index === entries.length - 1 ? '' : ','}`
  ]),
  '}'
]

const byFleet = (all: ReadonlyArray<Named>): ReadonlyMap<string, ReadonlyArray<Named>> =>
  grouped(
    all.filter(({ restored }) => restored.row.entry !== undefined),
    ({ restored }) => restored.row.entry?.fleet ?? ''
  )

const beganAt = ({ time, platform }: Report): string =>
  `The values before the run whose change report began at ${lineOf(time)}, on ${lineOf(platform)}.`

/** The same above a sheet. */
export const explainedSheet = (report: Report): ReadonlyArray<string> => [
  beganAt(report),
  'Give the secrets of the config keys with "pulumi config set --secret", or write the keys that the stack has'
]

const explained = (report: Report, left: ReadonlyArray<Left>): ReadonlyArray<string> => [
  `// ${beganAt(report)}`,
  '//',
  '// Put each declaration in the place of the one that the program has for the same thing, under the name that it has there;',
  '// look at "pulumi preview", and run "pulumi up". A secret is a config secret here: give it with "pulumi config set --secret",',
  '// or keep the expression that the program has.',
  ...(left.length === 0
    ? []
    : ['//', '// What this does not restore:', ...left.map((each) => `// - ${leftLine(each)}`)])
]

/** The text of the program. Without anything to restore it is its comment alone. */
export const programOf = (report: Report, { restored, left }: Rollback): string => {
  const all = named(restored)
  const single = all.filter(({ restored: { row } }) => row.entry === undefined)
  const fleets = [...byFleet(all)]
  const hasSecrets = restored.some(({ secrets }) => secrets.length > 0)
  const lines = [
    ...explained(report, left),
    ...(hasSecrets || single.length > 0 ? [''] : []),
    ...(hasSecrets ? [`import * as pulumi from '@pulumi/pulumi'`] : []),
    ...(single.length > 0 ? [`import * as live from 'pulumi-audiocodes-live'`] : []),
    ...(hasSecrets ? ['', 'const config = new pulumi.Config()'] : []),
    ...single.flatMap(declaration),
    ...fleets.flatMap(([fleet, entries], index) =>
      fleetLines(fleet, entries, fleets.length === 1 ? 'connections' : identifier(`connections-${index + 1}`))
    )
  ]
  return `${lines.join('\n')}\n`
}
