/**
 * A process that runs one compiled example: `node runExample.js module|program <file>`. It tells its parent what went wrong, in one
 * text, and ends with 1; an example that is well ends with 0.
 *
 * A `module` is loaded. A `program` is a Pulumi program: it runs on an engine of mocks, all of its resources and outputs are waited
 * for, its provider instances must be configured well, and the inputs of its resources must pass the check of their provider, as
 * in a preview. Its lookups ask the platform that its configuration names.
 */
import { createRequire } from 'node:module'
import * as path from 'node:path'
import * as vm from 'node:vm'
import type * as Pulumi from '@pulumi/pulumi'
import { settingsFrom } from '../../../provider/Config'
import type { Properties, Resource } from '../../../provider/Resource'
import type { DynamicProvider } from '../../../provider/dynamic'
import { configNamespace } from '../../../provider/Settings'
import { type Address, idOf as idOfDialPlan } from '../../../provider/dial-plan/State'
import { resources as registered } from '../../../provider/resources'

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

/** What resources have beside their inputs, by name, whatever they are; the id is a name of its own. */
const outputs: Properties = {
  siteName: 'branch-07',
  siteGuid: '22222222-2222-2222-2222-222222222222',
  tenantId: '33333333-3333-3333-3333-333333333333',
  sbcDeploymentState: '3',
  m365DeploymentState: '3',
  sbcProgrammed: true,
  pendingTasks: [],
  licenseType: 5,
  leadId: '55555555-5555-5555-5555-555555555555',
  jobId: 'wst_66666666-6666-6666-6666-666666666666',
  changedOutside: [],
  executionMessages: [{ level: 'Information', message: 'Site location information saved.' }],
  lastOperation: {
    kind: 'create',
    outcome: 'ok',
    startedAt: '2030-01-01T00:00:00Z',
    durationMs: 1000,
    correlationId: '44444444-4444-4444-4444-444444444444',
    serverIds: [],
    taskIds: []
  },
  platform: 'https://live.example.net/tenantui',
  siteGuids: {},
  deploymentStates: {},
  summary: { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0, notBegun: 0 },
  failures: {},
  pending: {},
  leftovers: {},
  canary: null,
  managedKeys: [],
  schemaVersion: 1
}

/** The resource whose token this is. */
const resourceOf = (type: string): Resource => {
  const found = Object.values(registered).find((each) => type.endsWith(`:${each.type}`))
  if (found === undefined) throw new Error(`the package has no resource ${type}`)
  return found
}

let made = 0

/** Id of a new resource: most are uuids that the platform makes. */
const idOf = ({ type }: Resource, inputs: Properties): string => {
  switch (type) {
    case 'DialPlan':
      return idOfDialPlan(inputs as unknown as Address)
    case 'NumbersGuard':
      return String(inputs.customerGuid)
    default:
      return `aaaaaaaa-0000-4000-8000-${String(++made).padStart(12, '0')}`
  }
}

/** What a resource has beside its inputs. */
const outputsOf = ({ type, outputs: names }: Resource, id: string): Properties => {
  const all = { ...outputs, ...(type === 'SipConnection' ? { siteGuid: id } : { customerGuid: id }) }
  const unknown = Object.keys(names).filter((name) => !(name in all))
  if (unknown.length > 0) throw new Error(`${type} has outputs that are not known here: ${unknown.join(', ')}`)
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in names))
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

/** Inputs as the provider takes them, and what is wrong with them. */
interface Checked {
  readonly canonical: Properties
  readonly faults: ReadonlyArray<string>
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
  const checked = async (inputs: Properties, reference: string | undefined): Promise<Checked> => {
    const provider = providerOf(String(inputs.__provider))
    const instance = [...instances].find(([id]) => reference?.endsWith(`::${id}`))?.[1]
    const get = (key: string): string | undefined =>
      instance === undefined ? stackConfig(key) : (instance[key] as string | undefined)
    void provider.configure({ config: { get } })
    const { inputs: canonical, failures } = await provider.check({}, inputs)
    return { canonical, faults: failures.map(({ reason }) => reason) }
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
        if (type.startsWith('pulumi:providers:')) {
          const id = `${name}-id`
          const fault = configurationFault(name, inputs)
          if (fault !== undefined) throw new Error(fault)
          instances.set(id, inputs)
          return { id, state: given as Properties }
        }
        const resource = resourceOf(type)
        if (existing !== undefined && existing !== '')
          return { id: existing, state: { ...outputsOf(resource, existing), ...(given as Properties) } }
        const { canonical, faults } = await checked(inputs, provider)
        if (faults.length > 0) throw new Error(`${name} would fail its preview: ${faults.join('; ')}`)
        const id = idOf(resource, canonical)
        return { id, state: { ...canonical, ...outputsOf(resource, id), ...(given as Properties) } }
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
