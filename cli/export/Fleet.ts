import { grouped } from '../../provider/Groups'
import { isObject } from '../../provider/Json'
import type { FleetEntry } from '../../provider/fleet/Args'
import { type ArgKey, argKeys } from '../../provider/sip-connection/Args'
import { few } from '../../provider/Words'
import type { CsvDelimiter } from '../../sdk/csv/Sheet'
import { sheetOfEntries } from '../../sdk/csv/Written'
import { Code, property, textLiteral } from './Literals'
import type { Named } from './Named'
import { type SourceFile, explained } from './Program'
import { replacedAt } from './Secrets'

/** The connections as one fleet: as a program, and as a sheet. Pure. */

type Values = Readonly<Record<string, unknown>>

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A connection as an entry. `adopt` stands in each: the first run takes over what exists, and makes nothing. */
const valuesOf = ({ args, siteGuid }: Named): Values => {
  const all: Values = { ...args, adopt: siteGuid }
  return Object.fromEntries(argKeys.filter((key) => all[key] !== undefined).map((key) => [key, all[key]]))
}

/** What all values have in common, field by field; secrets and what must differ are no part of it. */
const common = (
  all: ReadonlyArray<Values>,
  isOwn: (path: ReadonlyArray<string>) => boolean,
  above: ReadonlyArray<string> = []
): Values => {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).flatMap(([key, value]) => {
      const path = [...above, key]
      if (isOwn(path) || !others.every((other) => Object.hasOwn(other, key))) return []
      if (others.every((other) => isSame(other[key], value)) && !containsOwn(value, path, isOwn)) return [[key, value]]
      const objects = all.map((each) => each[key])
      if (!objects.every(isObject)) return []
      const shared = common(objects, isOwn, path)
      return Object.keys(shared).length === 0 ? [] : [[key, shared]]
    })
  )
}

const containsOwn = (
  value: unknown,
  path: ReadonlyArray<string>,
  isOwn: (path: ReadonlyArray<string>) => boolean
): boolean =>
  isOwn(path) ||
  (isObject(value) && Object.entries(value).some(([key, item]) => containsOwn(item, [...path, key], isOwn)))

/** The values without those of the defaults. */
const without = (values: Values, defaults: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      if (!Object.hasOwn(defaults, key)) return [[key, value]]
      const fallback = defaults[key]
      if (isSame(value, fallback) || !isObject(value) || !isObject(fallback)) return []
      return [[key, without(value, fallback)]]
    })
  )

const ownKeys: ReadonlyArray<string> = ['siteName', 'adopt']

/** Inputs in which all connections agree; none where there is one connection. */
export const defaultsOf = (connections: ReadonlyArray<Named>): FleetEntry => {
  if (connections.length < 2) return {}
  const secret = new Set(connections.flatMap(({ secrets }) => secrets.map(({ path }) => JSON.stringify(path))))
  return common(
    connections.map(valuesOf),
    (path) => ownKeys.includes(path[0] ?? '') || secret.has(JSON.stringify(path))
  )
}

/** What is not declared, and of which connections: one line for all with the same words. */
const leftLines = (connections: ReadonlyArray<Named>): ReadonlyArray<string> => {
  const lines = connections.flatMap(({ name, left }) => left.map((line) => ({ name, line })))
  return [...grouped(lines, ({ line }) => line)].map(([line, all]) =>
    all.length === connections.length ? line : `${line} (${few(all.map(({ name }) => name))})`
  )
}

/** Columns that are filled in by hand, since the platform does not return what belongs there. */
const handFilled = ['passwordConfigKey', 'enableCac', 'carrierRegistration', 'phones', 'dialPlanPrefixes']

const comments = (connections: ReadonlyArray<Named>, platform: string): ReadonlyArray<string> => [
  `SIP connections as ${platform} held them when they were exported; read by connectionsFromCsv, which skips these lines`,
  'enableCac and carrierRegistration are not returned by the platform and have the values that fit the rest: compare them with the portal',
  ...leftLines(connections)
]

/** The connections as a sheet; without their secrets, and without what stands in the defaults of the program. */
export const fleetSheet = (
  connections: ReadonlyArray<Named>,
  platform: string,
  defaults: FleetEntry = {},
  delimiter?: CsvDelimiter
): string =>
  sheetOfEntries(
    connections.map((each) => ({
      name: each.name,
      values: without(valuesOf(each), defaults as Values),
      references: each.secrets.map(({ path, key }) => ({ path, key }))
    })),
    handFilled.filter((key) => !Object.hasOwn(defaults, key)),
    delimiter,
    comments(connections, platform)
  )

const lineOf = (key: string, value: unknown, indent: string, isLast: boolean, remark: string | undefined): string =>
  `${indent}${property(key, value, indent)}${isLast ? '' : ','}${remark === undefined ? '' : ` // ${remark}`}`

const linesOf = (values: Values, remarks: Named['remarks'], indent: string): ReadonlyArray<string> => {
  const all = Object.entries(values)
  return all.map(([key, value], index) => lineOf(key, value, indent, index === all.length - 1, remarks[key as ArgKey]))
}

/** The remark of a default: that of its connections, where they agree. */
const sharedRemarks = (connections: ReadonlyArray<Named>): Named['remarks'] =>
  Object.fromEntries(
    argKeys.flatMap((key) => {
      const said = new Set(connections.flatMap(({ remarks }) => remarks[key] ?? []))
      const [only] = said
      return only === undefined ? [] : [[key, said.size === 1 ? only : 'confirm for each connection']]
    })
  )

const entryLines = (
  each: Named,
  defaults: Values,
  isLast: boolean,
  shared: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const values = without(valuesOf(each), defaults)
  const shown = replacedAt(
    values,
    each.secrets.map(({ path, key }) => [path, new Code(`config.requireSecret(${textLiteral(key)})`)])
  ) as Values
  const lines = linesOf(shown, each.remarks, '      ')
  const left = each.left.filter((line) => !shared.includes(line)).map((line) => `      // ${line}`)
  return [
    `    ${property(each.name, new Code('{'), '')}`,
    // adopt is the last of the inputs that an export declares.
    ...lines.slice(0, -1),
    ...left,
    ...lines.slice(-1),
    `    }${isLast ? '' : ','}`
  ]
}

const isShared = (connections: ReadonlyArray<Named>, line: string): boolean =>
  connections.every(({ left }) => left.includes(line))

/**
 * A program with one fleet.
 *
 * @param sheet name of the sheet that holds the connections; without it they stand in the program
 */
export const fleetProgram = (
  connections: ReadonlyArray<Named>,
  platform: string,
  defaults: FleetEntry,
  sheet?: string
): SourceFile => {
  const shared = [...new Set(connections.flatMap(({ left }) => left))].filter((line) => isShared(connections, line))
  const hasSecrets = sheet === undefined && connections.some(({ secrets }) => secrets.length > 0)
  const entries =
    sheet === undefined
      ? [
          '  connections: {',
          ...connections.flatMap((each, index) =>
            entryLines(each, defaults as Values, index === connections.length - 1, shared)
          ),
          '  }'
        ]
      : [`  connections: live.connectionsFromCsv(${textLiteral(sheet)})`]
  const lines = [
    ...explained(platform, 'SIP connections'),
    ...(sheet === undefined && shared.length > 0
      ? ['//', ...shared.map((line) => `// Of all connections: ${line}`)]
      : []),
    ...(hasSecrets ? [`import * as pulumi from '@pulumi/pulumi'`] : []),
    `import * as live from 'pulumi-audiocodes-live'`,
    '',
    ...(hasSecrets ? ['const config = new pulumi.Config()', ''] : []),
    `export const connections = new live.SipConnectionFleet('connections', {`,
    ...(Object.keys(defaults).length === 0
      ? []
      : ['  defaults: {', ...linesOf(defaults, sharedRemarks(connections), '    '), '  },']),
    ...entries,
    '})',
    ''
  ]
  return { path: 'index.ts', text: lines.join('\n') }
}

/** Connections whose takeover waits for a value that only the portal tells: without it none of them could declare `adopt`. */
export const unconfirmed = (connections: ReadonlyArray<Named>): ReadonlyArray<string> =>
  connections.filter(({ args }) => args.adopt === undefined).map(({ name }) => name)
