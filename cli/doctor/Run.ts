import * as E from 'fp-ts/Either'
import { type Given, checkConfiguration, given } from './Configuration'
import { checkExpiry } from './Expiry'
import { type Finding, type Group, exitCodeOf, finding, scrubbed } from './Finding'
import { checkLookups } from './Lookups'
import type { DoctorOptions } from './Options'
import { counted, listing, summary } from './Output'
import { checkReadings } from './Readings'
import { scrubber } from '../../provider/Secrets'
import { checkBaseUrl, checkClock, checkProxy, checkReach, checkToken } from './Way'
import { type World, diagnosing, worldOf } from './World'

/** Takes a finding as soon as it is there. */
type Report = (finding: Finding) => void

const skip = (report: Report, group: Group, checks: ReadonlyArray<string>, why: string): void => {
  for (const check of checks) report(finding(group, check)('skipped', why))
}

/** What follows the configuration, each check when the one that it rests on went well. */
const reading = async (
  world: World,
  environment: Given['sources']['environment'],
  options: DoctorOptions,
  report: Report
): Promise<void> => {
  report(checkProxy(world, environment))
  const reach = await checkReach(world)
  report(reach)
  const token = await checkToken(world)
  report(token)
  const cannot =
    reach.outcome === 'failed'
      ? 'the platform cannot be reached'
      : token.outcome === 'failed'
        ? 'there is no token'
        : undefined
  const base = cannot === undefined ? await checkBaseUrl(world) : finding('way', 'base URL')('skipped', cannot)
  report(base)
  report(checkClock(world))
  if (base.outcome !== 'ok') {
    const why = cannot ?? 'the base URL is not right'
    skip(report, 'lookups', ['calls that read', 'secret expiry'], why)
    skip(report, 'readings', ['undocumented points'], why)
    return
  }
  const withLeads = options.leads === true
  const { findings, target } = await checkLookups(world, options.customer, withLeads)
  findings.forEach(report)
  report(await checkExpiry(world, target, options.customer !== undefined))
  const readings = await checkReadings(world, target, withLeads)
  readings.forEach(report)
}

/** All checks; each is reported when it is done. */
export const examine = async (
  from: Given,
  options: DoctorOptions,
  report: Report,
  worldFor: typeof worldOf = worldOf
): Promise<ReadonlyArray<Finding>> => {
  const findings: Array<Finding> = []
  let scrub = (text: string): string => text
  const tell: Report = (each) => {
    const clean = scrubbed(each, scrub)
    findings.push(clean)
    report(clean)
  }
  const [configuration, settings] = checkConfiguration(from)
  if (E.isLeft(settings)) {
    tell(configuration)
    skip(tell, 'way', ['proxy', 'reachability', 'token', 'base URL', 'clock'], 'the configuration is not complete')
    return findings
  }
  const world = worldFor(diagnosing(settings.right), () => undefined)
  scrub = (text) => scrubber(world.env.tokens.secrets())(text)
  tell(configuration)
  await reading(world, from.sources.environment, options, tell)
  return findings
}

/** Examines, and prints; the answer is the exit code. */
export const runDoctor = async (options: DoctorOptions): Promise<number> => {
  if (options.lab !== undefined || options.yes === true) {
    const { runLab } = await import('./lab/Run.js')
    return runLab(options)
  }
  const from = await given(options.stack, process.env)
  // Whoever reads the list may have enough of it (head).
  process.stdout.on('error', () => process.exit(0))
  const write = (text: string): void => void process.stdout.write(text)
  const findings = await examine(from, options, options.json === true ? () => undefined : listing(write))
  if (options.json === true) write(`${JSON.stringify({ counts: counted(findings), checks: findings }, null, 2)}\n`)
  else write(`\n${summary(findings)}\n`)
  return exitCodeOf(findings)
}
