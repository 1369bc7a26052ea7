import { type Finding, exitCodeOf } from '../../cli/doctor/Finding'
import type { Given } from '../../cli/doctor/Configuration'
import type { DoctorOptions } from '../../cli/doctor/Options'
import { examine } from '../../cli/doctor/Run'
import { labOn } from '../../cli/doctor/lab/Run'
import { worldOf } from '../../cli/doctor/World'
import type { Fetch } from '../../provider/Env'
import { liveFetch } from '../../provider/live/Fetch'
import { CLIENT_ID, CLIENT_SECRET, SCOPE, STATIC_TOKEN, type Simulator, TENANT_ID } from '../../simulator'

/** `audiocodes-live doctor` within the process of the test, against a simulator of its own. */

const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])

/** Takes the proxies of the developer's machine away for the time of a suite. */
export const withoutProxies = (): void => {
  let kept: ReadonlyArray<readonly [string, string | undefined]> = []
  before(() => {
    kept = proxies.map((name) => [name, process.env[name]])
    for (const name of proxies) Reflect.deleteProperty(process.env, name)
  })
  after(() => {
    for (const [name, value] of kept) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  })
}

type Environment = Readonly<Record<string, string>>

/** What a user sets in the environment to reach a simulator. */
export const tokenOf = ({ url }: Simulator): Environment => ({
  AUDIOCODES_LIVE_BASE_URL: url,
  AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN
})

export const clientOf = ({ url, tokenUrl }: Simulator): Environment => ({
  AUDIOCODES_LIVE_BASE_URL: url,
  AUDIOCODES_LIVE_TOKEN_URL: tokenUrl,
  AUDIOCODES_LIVE_TENANT_ID: TENANT_ID,
  AUDIOCODES_LIVE_CLIENT_ID: CLIENT_ID,
  AUDIOCODES_LIVE_CLIENT_SECRET: CLIENT_SECRET,
  AUDIOCODES_LIVE_SCOPE: SCOPE
})

/** Neither a limit nor pauses, so that nobody waits. */
const quick: Environment = {
  AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0',
  AUDIOCODES_LIVE_POLL_INTERVAL: '0.01'
}

export const givenBy = (environment: Environment, stack: Environment = {}): Given => ({
  sources: { stack, environment },
  unknown: []
})

type Through = (fetch: Fetch) => Fetch

const worldThrough =
  (through: Through): typeof worldOf =>
  (settings, warn) =>
    worldOf(settings, warn, through(liveFetch('test')))

const straight: Through = (fetch) => fetch

export interface Examined {
  readonly findings: ReadonlyArray<Finding>
  readonly code: number
  /** The finding of a check; a test that names one that is not there fails. */
  readonly of: (check: string) => Finding
  /** Outcome and text of these checks. */
  readonly brief: (...checks: ReadonlyArray<string>) => ReadonlyArray<string>
}

const examined = (findings: ReadonlyArray<Finding>): Examined => {
  const of = (check: string): Finding => {
    const found = findings.find((each) => each.check === check)
    if (found === undefined)
      throw new Error(`no check "${check}", but ${findings.map((each) => each.check).join(', ')}`)
    return found
  }
  return {
    findings,
    code: exitCodeOf(findings),
    of,
    brief: (...checks) => checks.map(of).map(({ outcome, found }) => `${outcome}: ${found}`)
  }
}

export const doctor = async (
  from: Given,
  { options = {}, through = straight }: { readonly options?: DoctorOptions; readonly through?: Through } = {}
): Promise<Examined> => {
  const environment = { ...quick, ...from.sources.environment }
  const given = { ...from, sources: { ...from.sources, environment } }
  return examined(await examine(given, options, () => undefined, worldThrough(through)))
}

export interface InLab extends Examined {
  readonly result: Awaited<ReturnType<typeof labOn>>['result']
}

export const inLab = async (
  simulator: Simulator,
  siteGuid: string,
  {
    customer,
    environment = {},
    through = straight,
    isStopped
  }: {
    readonly customer?: string
    readonly environment?: Environment
    readonly through?: Through
    readonly isStopped?: () => boolean
  } = {}
): Promise<InLab> => {
  const from = givenBy({ ...quick, ...tokenOf(simulator), ...environment })
  const options = { siteGuid, customer }
  const { findings, result } = await labOn(from, options, () => undefined, isStopped, worldThrough(through))
  return { ...examined(findings), result }
}
