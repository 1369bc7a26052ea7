/**
 * A process that runs one compiled example: `node runExample.js module|program <file>`. It tells its parent what went wrong, in one
 * text, and ends with 1; an example that is well ends with 0.
 *
 * A `module` is loaded. A `program` is a Pulumi program: it runs on an engine of mocks, all of its resources and outputs are waited
 * for, its provider instances must be configured well, and the inputs of its connections must pass the check of their provider, as
 * in a preview. Its lookups ask the platform that its configuration names.
 */
import { createRequire } from 'node:module'
import * as path from 'node:path'
import * as vm from 'node:vm'
import type * as Pulumi from '@pulumi/pulumi'
import { settingsFrom } from '../../../provider/Config'
import type { Properties } from '../../../provider/Resource'
import type { DynamicProvider } from '../../../provider/dynamic'
import { configNamespace } from '../../../provider/Settings'
import type { SipConnectionState } from '../../../provider/sip-connection/State'

const [kind, file] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: runExample.js module|program <file>')
/** Resolves as the example itself does. */
const fromExample = createRequire(file)

const fail = (cause: unknown): void => {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  process.send?.(text, () => process.exit(1))
}
process.once('uncaughtException', fail)
process.once('unhandledRejection', fail)

/** What a connection answers beside its inputs. */
const outputs: Partial<SipConnectionState> = {
  siteName: 'branch-07',
  sbcId: 3,
  siteGuid: '22222222-2222-2222-2222-222222222222',
  tenantId: '33333333-3333-3333-3333-333333333333',
  sbcDeploymentState: '3',
  executionMessages: [{ level: 'Information', message: 'Site location information saved.' }],
  sbcProgrammed: true,
  pendingTasks: [],
  lastOperation: {
    kind: 'create',
    outcome: 'ok',
    startedAt: '2030-01-01T00:00:00Z',
    durationMs: 1000,
    correlationId: '44444444-4444-4444-4444-444444444444',
    serverIds: [],
    taskIds: []
  },
  platform: 'https://live.example.net/tenantui'
}

/** What is wrong with the configuration of a provider instance. */
const configurationFault = (instance: string, inputs: Properties): string | undefined => {
  const stack = Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key.replace(`${configNamespace}:`, ''), String(value)])
  )
  const settings = settingsFrom({ stack, environment: {}, instance })
  return settings._tag === 'Left' ? settings.left.text : undefined
}

/** The provider that the constant text of a resource loads, found from the folder of the program as the engine does. */
const providerOf = (text: string): DynamicProvider => {
  const exports: { handler?: () => DynamicProvider } = {}
  vm.runInNewContext(text, { exports, require: fromExample })
  if (exports.handler === undefined) throw new Error(`the text of a provider exports no handler: ${text}`)
  return exports.handler()
}

const runProgram = async (): Promise<void> => {
  const pulumi = fromExample('@pulumi/pulumi') as typeof Pulumi
  const stackConfig = (key: string): string | undefined => {
    const at = key.indexOf(':')
    return new pulumi.Config(key.slice(0, at)).get(key.slice(at + 1))
  }
  /** Inputs of the explicit provider instances, by the reference that their resources hold. */
  const instances = new Map<string, Properties>()
  let resources = 0

  const plain = (inputs: Properties): Properties =>
    Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, pulumi.runtime.unwrapRpcSecret(value)]))

  /** `configure` sets its values at once, and `check` reads them at once: calls side by side do not meet. */
  const faultsOf = async (inputs: Properties, reference: string | undefined): Promise<ReadonlyArray<string>> => {
    const provider = providerOf(String(inputs.__provider))
    const instance = [...instances].find(([id]) => reference?.endsWith(`::${id}`))?.[1]
    const get = (key: string): string | undefined =>
      instance === undefined ? stackConfig(key) : (instance[key] as string | undefined)
    void provider.configure({ config: { get } })
    return (await provider.check({}, inputs)).failures.map(({ reason }) => reason)
  }

  await pulumi.runtime.setMocks(
    {
      call: () => {
        throw new Error('the example calls a function of a provider, which this engine does not know')
      },
      newResource: async ({ type, name, id: existing, inputs: given, provider, custom }) => {
        if (custom !== true) return { id: undefined, state: given as Properties }
        resources += 1
        const inputs = plain(given as Properties)
        const id = existing !== undefined && existing !== '' ? existing : `${name}-id`
        if (type.startsWith('pulumi:providers:')) {
          const fault = configurationFault(name, inputs)
          if (fault !== undefined) throw new Error(fault)
          instances.set(id, inputs)
          return { id, state: given as Properties }
        }
        const faults = existing === undefined || existing === '' ? await faultsOf(inputs, provider) : []
        if (faults.length > 0) throw new Error(`${name} would fail its preview: ${faults.join('; ')}`)
        return { id, state: { ...outputs, ...(given as Properties), siteGuid: id } }
      }
    },
    'docs',
    'test',
    false
  )
  await pulumi.runtime.runInPulumiStack(() => Promise.resolve(fromExample(file)))
  await pulumi.runtime.disconnect()
  const looksUp = Object.keys(require.cache).some((loaded) => loaded.endsWith('/provider/lookups/program.js'))
  if (resources === 0 && !looksUp) throw new Error('the program declares no resource and looks nothing up')
  if (pulumi.log.hasErrors()) throw new Error('the program logged an error')
}

process.chdir(path.dirname(file))
if (kind === 'program') runProgram().catch(fail)
else fromExample(file)
