import * as assert from 'node:assert'
import { type Simulator, STATIC_TOKEN, type Switches, startSimulator } from '../../../simulator'
import { until } from '../../support/Children'
import { type Json, type JsonObject, secretOnTheWire } from '../../support/Json'
import { ProtocolServer, type ProtocolServerOptions } from '../../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../../support/TemporaryProject'
import { acme } from './Connections'
import { type Calls, opening } from './Marks'

export interface RigOptions extends Pick<ProtocolServerOptions, 'env' | 'sdk'> {
  /** Stack configuration without its namespace, in addition to the defaults; null takes one of them away. */
  readonly settings?: Readonly<Record<string, string | null>>
  /** Name of an explicit provider instance. */
  readonly instance?: string
  readonly switches?: Partial<Switches>
  /** The platform of another rig, which then lives on when this one is closed. */
  readonly platform?: Simulator
}

/** What a provider process has printed. */
export interface Printed {
  readonly out: string
  readonly err: string
}

/** A simulated platform, and Pulumi's provider process that is configured for it. */
export interface Rig {
  readonly platform: Simulator
  /** The provider as the engine speaks to it. */
  readonly provider: Calls
  /** Its process. */
  readonly server: ProtocolServer
  /** A folder of this rig; the provider runs there. */
  readonly project: TemporaryProject
  /** Everything printed since the last call. What a finished call has printed is in it. */
  readonly printed: () => Promise<Printed>
  readonly close: () => Promise<void>
}

const secretSettings = ['accessToken', 'clientSecret']

/** Waits are short, since the platform is near, and no request waits for its turn. */
const defaults = (platform: Simulator): Readonly<Record<string, string>> => ({
  baseUrl: platform.url,
  accessToken: STATIC_TOKEN,
  requestTimeout: '5',
  programTimeout: '5',
  operationTimeout: '10',
  pollInterval: '0.01',
  maxRetries: '1',
  requestsPerSecond: '0'
})

/** The configuration as the engine sends it. */
export const configOf = (
  settings: Readonly<Record<string, string | null>>,
  instance: string | undefined = undefined
): JsonObject => ({
  ...Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) =>
      value === null
        ? []
        : [[`audiocodes-live:${key}`, secretSettings.includes(key) ? secretOnTheWire(value) : value] as const]
    )
  ),
  ...(instance === undefined ? {} : { 'audiocodes-live:instance': instance })
})

/** A provider of another text in the same process, which prints a mark: all that was printed before has then arrived. */
const marker = `exports.handler = () => ({
  check: async (olds, news) => {
    console.log(news.mark)
    console.error(news.mark)
    return { inputs: news }
  }
})`

export const startRig = async (options: RigOptions = {}): Promise<Rig> => {
  const { settings = {}, instance, switches, platform: given, ...rest } = options
  const platform = given ?? (await startSimulator({ switches }))
  const project = temporaryProject()
  const server = await ProtocolServer.start({
    ...rest,
    cwd: project.directory,
    config: configOf({ ...defaults(platform), ...settings }, instance)
  })
  let marks = 0
  let read: Printed = { out: '', err: '' }
  return {
    platform,
    provider: opening(server),
    server,
    project,
    printed: async () => {
      const mark = `[mark ${++marks}]\n`
      await server.check({}, { __provider: marker, mark: mark.trimEnd() })
      await until(
        'everything printed has arrived',
        () => server.stdout().endsWith(mark) && server.stderr().endsWith(mark)
      )
      const before = read
      read = { out: server.stdout(), err: server.stderr() }
      return {
        out: read.out.slice(before.out.length, -mark.length),
        err: read.err.slice(before.err.length, -mark.length)
      }
    },
    close: async () => {
      await server.close()
      project.dispose()
      if (given === undefined) await platform.close()
    }
  }
}

/** Runs a test with a rig of its own. */
export const withRig = async (options: RigOptions, test: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options)
  try {
    await test(rig)
  } finally {
    await rig.close()
  }
}

/** What the host prints of an error of check, diff, read and delete: its headline once more, and no stack. */
export const printedAgain = (headline: string): string => `${headline}: see the error of the resource\n`

/** A connection as the engine keeps it: its id, the checked inputs and the outputs. */
export interface Created {
  readonly id: string
  readonly inputs: JsonObject
  readonly outs: JsonObject
}

/** Checks and creates a connection, as the engine does; the check must find nothing. */
export const create = async ({ provider }: Rig, args: JsonObject): Promise<Created> => {
  const { inputs, failures } = await provider.check({}, args)
  assert.deepStrictEqual(failures, [])
  return { ...(await provider.create(inputs)), inputs }
}

/**
 * What the platform was asked so far, e.g. `GET v2/sitelocation/SITE`. Ids of the customer, of the site (if one is given) and
 * of tasks are replaced.
 */
export const calls = ({ platform }: Rig, siteGuid?: string): readonly string[] =>
  platform.requests().map(({ method, path, query }) => {
    const named = `${path.replace('/tenantui/api/', '')}${query === '' ? '' : `?${query}`}`
      .replace(acme, 'ACME')
      .replace(/tsk_\d+/, 'TASK')
    return `${method} ${siteGuid === undefined ? named : named.replace(siteGuid, 'SITE')}`
  })

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'

/** A value that must be an object. */
export const objectOf = (value: Json | undefined): JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('expected an object')
  return value as JsonObject
}

/** A value that must be a text. */
export const textOf = (value: Json | undefined): string => {
  if (typeof value !== 'string') throw new Error('expected a text')
  return value
}

/** Outputs with those parts of `lastOperation` checked for their form and replaced that no two runs have in common. */
export const steady = (outs: JsonObject): JsonObject => {
  const operation = objectOf(outs.lastOperation)
  assert.match(textOf(operation.startedAt), new RegExp(`^${time}$`))
  assert.match(textOf(operation.correlationId), new RegExp(`^${uuid}$`))
  assert.ok(Number.isInteger(operation.durationMs))
  return {
    ...outs,
    lastOperation: { ...operation, startedAt: '<time>', durationMs: '<ms>', correlationId: '<id>' }
  }
}

/** The lines of an error text, with the ids and the time in its last line replaced. */
export const steadyLines = (text: string): readonly string[] =>
  text
    .replace(new RegExp(`correlation id ${uuid}`, 'g'), 'correlation id <id>')
    .replace(/platform id 00-[0-9a-f]{32}-[0-9a-f]{16}-00(, [0-9a-f]{8})?/g, 'platform id <id>')
    .replace(new RegExp(`${time}$`), '<time>')
    .split('\n')

/** The forms in which a secret may turn up in a text. */
const formsOf = (secret: string): readonly string[] => {
  const base64 = Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, '')
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    base64,
    base64.replace(/\+/g, '-').replace(/\//g, '_')
  ]
}

/** Fails when a text holds one of the secrets in any form. Its message names the form, not the text. */
export const assertHidden = (text: string, hidden: readonly string[]): void => {
  for (const form of new Set(hidden.flatMap(formsOf))) assert.ok(!text.includes(form), `a secret shows as ${form}`)
}
