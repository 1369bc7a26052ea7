import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { customerGuid as guidOf } from '../../../provider/lookups/Names'
import { isGuid } from '../../../provider/Codecs'
import { scrubber } from '../../../provider/Secrets'
import { type Settings, configNamespace } from '../../../provider/Settings'
import { type Given, checkConfiguration, given } from '../Configuration'
import { type Finding, explained, exitCodeOf, finding, scrubbed } from '../Finding'
import { counted, listing, summary } from '../Output'
import type { DoctorOptions } from '../Options'
import { checkToken } from '../Way'
import { type World, worldOf } from '../World'
import { type Bench, bench, customerOf, run } from './Bench'
import { type Result, lab } from './Lab'

/** What `--lab` without `--yes` says. */
export const plan = (siteGuid: string): string =>
  [
    `The lab would work on the connection ${siteGuid}, and change it for some seconds. Nothing was sent now.`,
    '',
    'In this order, with a look at this and at the other connections of its customer after every step:',
    '  1. read it, and refuse it if something of it could not be put back',
    '  2. PATCH with the values that it has already, in up to 6 forms (site id in the path, the query or the body;',
    '     the two documented bodies), until the platform takes one and names this connection in its answer',
    '  3. PATCH with one text changed (carrierUserName, carrierHostName or carrierMainLine), to see that it has an effect',
    '  4. PATCH with this text cleared, by an empty text or by null',
    '  5. PATCH with the values of the beginning, and a look whether everything is back',
    'It stops at the first surprise, puts back what it changed, and names what it could not put back.',
    '',
    'Take a connection that nobody uses: its calls and its registration may fail meanwhile. What the platform does not tell',
    '(CAC and registration switched on or off, phones, dial plan prefixes, the DPI password) is not sent; a platform that takes',
    'a body for the whole connection may set it to its default, and nobody could tell.',
    '',
    `To do it: audiocodes-live doctor --lab ${siteGuid} --yes`,
    ''
  ].join('\n')

/** The settings of the lab: those of a run, so that audit and trace apply; but a busy platform is not waited for as long. */
const labSettings = (settings: Settings): Settings => ({
  ...settings,
  maxRetries: Math.min(settings.maxRetries, 2),
  operationTimeout: Math.min(settings.operationTimeout, 600)
})

/** The settings that were found, as commands. */
export const commands = ({ form, clearWith }: Result, stack: string | undefined): ReadonlyArray<string> => {
  const found = { ...form, ...(clearWith === undefined || clearWith === 'neither' ? {} : { clearWith }) }
  const option = stack === undefined ? '' : ` --stack ${stack}`
  return Object.entries(found).map(([key, value]) => `pulumi config set ${configNamespace}:${key} ${value}${option}`)
}

/** What the lab came to. */
export interface Outcome {
  readonly findings: ReadonlyArray<Finding>
  readonly result?: Result
}

const said = finding('lab', 'connection')

/** What will be changed, said before it is. */
const announced = ({ args, key, changedValue, siteGuid, view, unread }: Bench): Finding =>
  said('ok', `"${args.siteName}" (${siteGuid}) on SBC ${args.sbcId}, of customer ${args.customerGuid}`, {
    details: [
      `${key} is changed for a moment from ${JSON.stringify(args[key])} to ${JSON.stringify(changedValue)}`,
      `other connections of the customer that are watched: ${view.size - 1}${unread === 0 ? '' : `, ${unread} of them by their line in the service details alone`}`
    ]
  })

const prepared = async (
  { env, read }: World,
  siteGuid: string,
  customer: string | undefined
): Promise<E.Either<Finding, Bench>> => {
  const refusal = (error: Parameters<typeof explained>[1]): E.Either<Finding, Bench> => {
    const { found, ...more } = explained('of the connection', error, env.now())
    return E.left(said('failed', found, more))
  }
  const owner =
    customer === undefined
      ? await run(env, [])('read', customerOf(siteGuid))
      : await read(isGuid(customer) ? RTE.right(customer.toLowerCase()) : pipe({ shortName: customer }, guidOf))
  if (E.isLeft(owner)) return refusal(owner.left)
  const ready = await bench(env, siteGuid, owner.right)
  return E.isLeft(ready) ? refusal(ready.left) : ready
}

/** The lab as a whole; each finding is reported when it is there. */
export const labOn = async (
  from: Given,
  options: { readonly siteGuid: string; readonly customer?: string | undefined },
  report: (finding: Finding) => void,
  isStopped: () => boolean = () => false,
  worldFor: typeof worldOf = worldOf
): Promise<Outcome> => {
  const findings: Array<Finding> = []
  let secrets = (): ReadonlyArray<string> => []
  const tell = (each: Finding): void => {
    const clean = scrubbed(each, scrubber(secrets()))
    findings.push(clean)
    report(clean)
  }
  const [configuration, settings] = checkConfiguration(from)
  tell(configuration)
  if (E.isLeft(settings)) return { findings }
  if (settings.right.readOnly) {
    tell(
      said('failed', 'the configuration says readOnly, so nothing is changed', { next: 'run the lab without readOnly' })
    )
    return { findings }
  }
  const world = worldFor(labSettings(settings.right), (text) => {
    tell(finding('lab', 'notice')('warning', text))
  })
  secrets = () => world.env.tokens.secrets()
  const token = await checkToken(world)
  tell(token)
  if (token.outcome === 'failed') return { findings }
  const ready = await prepared(world, options.siteGuid, options.customer)
  if (E.isLeft(ready)) {
    tell(ready.left)
    return { findings }
  }
  secrets = () => [...world.env.tokens.secrets(), ...ready.right.secrets]
  tell(announced(ready.right))
  return { findings, result: await lab(ready.right, tell, isStopped) }
}

/** The first Ctrl-C puts back, the next one ends the process as usual. So do the end of the terminal, and that of the reader of a pipe. */
const untilStopped = (): (() => boolean) => {
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.once('SIGINT', () => {
    stop()
    process.stderr.write(
      'Stopping after this step; what was changed is put back. Once more Ctrl-C leaves it as it is.\n'
    )
  })
  process.once('SIGTERM', stop)
  process.on('SIGHUP', stop)
  // Without a listener such an error ends the process, with the change still in place.
  process.stdout.on('error', stop)
  process.stderr.on('error', stop)
  return () => stopped
}

/** Runs the lab where both options are there, and says what it would do otherwise. The answer is the exit code. */
export const runLab = async ({ lab: site, yes, customer, stack, json }: DoctorOptions): Promise<number> => {
  if (site === undefined) throw new Error('--yes belongs to --lab <siteGuid>: without it nothing is changed anyway.')
  if (!isGuid(site))
    throw new Error('--lab wants the id of a connection, a uuid such as 11111111-2222-3333-4444-555555555555.')
  const siteGuid = site.toLowerCase()
  const write = (text: string): void => void process.stdout.write(text)
  if (yes !== true) {
    write(plan(siteGuid))
    return 2
  }
  const from = await given(stack, process.env)
  const report = json === true ? () => undefined : listing(write)
  const { findings, result } = await labOn(from, { siteGuid, customer }, report, untilStopped())
  const lines = result === undefined ? [] : commands(result, stack)
  if (json === true) {
    const found = result === undefined ? {} : { ...result.form, clearWith: result.clearWith, isBack: result.isBack }
    write(`${JSON.stringify({ counts: counted(findings), found, commands: lines, checks: findings }, null, 2)}\n`)
  } else {
    write(
      `\n${summary(findings)}\n${lines.length === 0 ? '' : `\nFound:\n${lines.map((line) => `  ${line}\n`).join('')}`}`
    )
  }
  return exitCodeOf(findings)
}
