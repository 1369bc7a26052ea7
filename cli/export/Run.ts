import { basename, resolve } from 'node:path'
import { type Progress, progress } from '../report/Progress'
import { connectionsOf } from './Connections'
import { type Which, customersOf } from './Customers'
import { type OutputFile, checkFolder, writeFolder } from './Folder'
import { importFile } from './ImportFile'
import { dialPlansOf } from './DialPlans'
import { type Named, customerNames, named, namedDialPlans, namedServices } from './Named'
import { defaultsOf, fleetProgram, fleetSheet, unconfirmed } from './Fleet'
import { platform } from './Platform'
import { type Besides, nothingBesides, program } from './Program'
import { gitignore, packageJson, projectName, pulumiYaml, secretsScript, tsconfigJson } from './Project'
import { servicesOf } from './Services'
import { emptyText, failureText, fleetText, sheetName, writtenText } from './Words'
import type { Settings } from '../../provider/Settings'
import type { CsvDelimiter } from '../../sdk/csv/Sheet'

export interface ExportOptions {
  readonly customer?: string
  readonly all?: boolean
  /** Whether services and dial plans are written too. */
  readonly services?: boolean
  /** Names of the dial plans that are read with them. */
  readonly dialPlans: ReadonlyArray<string>
  readonly out: string
  /** A sheet holds the connections. */
  readonly csv?: boolean
  /** What the program declares. */
  readonly as?: 'connections' | 'fleet'
  readonly delimiter?: CsvDelimiter
}

const whichOf = ({ customer, all }: ExportOptions): Which => {
  if (all === true) return 'all'
  if (customer === undefined || customer.trim() === '') {
    throw new Error('Which connections? Name a customer with --customer <guid or short name>, or say --all.')
  }
  return { customer }
}

/** What holds secrets in clear; nothing where there are none. */
const secretFiles = (connections: ReadonlyArray<Named>): ReadonlyArray<OutputFile> => {
  const secrets = secretsScript(connections)
  return secrets === undefined ? [] : [{ path: 'secrets.sh', text: secrets, isSecret: true }]
}

/** The files around a program. */
const projectFiles = (settings: Settings, out: string): ReadonlyArray<OutputFile> => {
  const name = projectName(basename(resolve(out)))
  return [
    { path: 'Pulumi.yaml', text: pulumiYaml(name, settings) },
    { path: 'package.json', text: packageJson(name) },
    { path: 'tsconfig.json', text: tsconfigJson },
    { path: '.gitignore', text: gitignore }
  ]
}

const filesOf = (
  connections: ReadonlyArray<Named>,
  besides: Besides,
  settings: Settings,
  out: string
): ReadonlyArray<OutputFile> => [
  ...program(connections, settings.baseUrl, besides),
  ...projectFiles(settings, out),
  {
    path: 'import.json',
    text: importFile([...besides.services, ...connections, ...besides.dialPlans]),
    isSecret: true
  },
  ...secretFiles(connections)
]

const fleetFiles = (
  connections: ReadonlyArray<Named>,
  settings: Settings,
  { out, as, csv, delimiter }: ExportOptions
): ReadonlyArray<OutputFile> => {
  const isProgram = as === 'fleet'
  const defaults = isProgram ? defaultsOf(connections) : {}
  const { baseUrl } = settings
  return [
    ...(isProgram ? [fleetProgram(connections, baseUrl, defaults, csv === true ? sheetName : undefined)] : []),
    ...(csv === true ? [{ path: sheetName, text: fleetSheet(connections, baseUrl, defaults, delimiter) }] : []),
    ...(isProgram ? projectFiles(settings, out) : [{ path: '.gitignore', text: gitignore }]),
    ...secretFiles(connections)
  ]
}

/** Reads what exists and writes it as a project; the answer is the exit code. */
export const runExport = async (options: ExportOptions): Promise<number> => {
  const which = whichOf(options)
  checkFolder(options.out)
  let shown: Progress | undefined
  const showing =
    (what: string) =>
    (total: number): Progress => {
      shown = progress(what, total)
      return shown
    }
  const env = platform(process.env, (text) => {
    if (shown === undefined) process.stderr.write(`${text}\n`)
    else shown.note(text)
  })
  const { customers, failures: unknown } = await customersOf(which, env, showing('Reading customers'))
  const { connections, failures: unread } = await connectionsOf(customers, env, showing('Reading SIP connections'))
  const also = options.services === true
  const services = await servicesOf(also ? customers : [], env, showing('Reading services'))
  const met = new Set([...services.found, ...connections].map(({ customer }) => customer))
  const nameOf = customerNames(customers.filter((customer) => met.has(customer)))
  const all = named(connections, nameOf)
  const plans = await dialPlansOf(all, also ? options.dialPlans : [], env, showing('Reading dial plans'))
  const besides = also
    ? { services: namedServices(services.found, nameOf), dialPlans: namedDialPlans(plans.found) }
    : nothingBesides
  const failures = [...unknown, ...unread, ...services.failures, ...plans.failures]
  for (const failure of failures) process.stderr.write(failureText(failure))
  const exitCode = failures.length > 0 ? 1 : 0
  if (all.length + besides.services.length === 0) {
    process.stdout.write(emptyText(customers, failures))
    return exitCode
  }
  const isFleet = options.csv === true || options.as === 'fleet'
  const files = isFleet ? fleetFiles(all, env.settings, options) : filesOf(all, besides, env.settings, options.out)
  writeFolder(options.out, files)
  process.stdout.write(
    isFleet
      ? fleetText(options.out, all, failures, { ...options, unconfirmed: unconfirmed(all) })
      : writtenText(options.out, all, failures, besides)
  )
  return exitCode
}
