import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Json, JsonObject } from './Json'
import { EngineRun, type RunResult, succeeded } from './EngineRun'
import { quickNode } from './quick-node/QuickNode'
import { cleanEnvironment, type TemporaryProject, temporaryProject } from './TemporaryProject'

export interface StackOptions {
  /** The text of the program: plain JavaScript (CommonJS), or TypeScript with `typescript`. */
  readonly program: string
  /** TypeScript costs about a second more a run, since the program is compiled each time. Default false. */
  readonly typescript?: boolean
  /** Stack configuration by namespaced key. */
  readonly config?: Readonly<Record<string, string>>
  /** The same, set with `--secret`. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Added to the environment of every run, in which no setting of this package, of Pulumi or of a proxy is left. */
  readonly env?: Readonly<Record<string, string>>
}

/** A step of a preview. The stack itself and provider instances are left out. */
export interface PreviewStep {
  /** `create`, `update`, `replace`, `delete`, `read`, ... */
  readonly op: string
  readonly name: string
  readonly urn: string
  /** Top-level keys that changed, sorted. */
  readonly diffReasons: readonly string[]
  /** Top-level keys that force a replacement, sorted. */
  readonly replaceReasons: readonly string[]
  /** By property path: `add`, `update`, `delete`, each also with `-replace`. */
  readonly detailedDiff: Readonly<Record<string, string>>
}

/** A resource of a state. */
export interface ResourceState {
  readonly urn: string
  readonly type: string
  readonly id?: string
  readonly inputs?: JsonObject
  readonly outputs?: JsonObject
  readonly initErrors?: readonly string[]
  readonly additionalSecretOutputs?: readonly string[]
  readonly [key: string]: Json | undefined
}

/** What `pulumi stack export` prints. */
export interface StackExport {
  readonly version: number
  readonly deployment: {
    readonly resources?: readonly ResourceState[]
    readonly pending_operations?: readonly { readonly resource: ResourceState; readonly type: string }[]
  }
}

const name = 'dev'
const always = ['--non-interactive', '--color', 'never']
const unattended = ['--skip-preview', '--yes']

/** Where the configuration of the stack stands. */
const settingsFile = `Pulumi.${name}.yaml`

/** The files of new stacks, by what they were made with. */
const begun = new Map<string, ReadonlyMap<string, string>>()

/** The files below a folder, by their paths from `root`. */
const filesIn = (root: string, folder: string): readonly string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))

/** The name in a URN. */
export const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf('::') + 2)

/**
 * A stack of its own on the real engine. Every method runs the `pulumi` command; those that resolve to a `RunResult`
 * leave it to the test to look at the exit code, the others reject with the output when the command fails.
 */
export class Stack {
  private readonly runs = new Set<EngineRun>()

  private constructor(
    private readonly bin: string,
    private readonly project: TemporaryProject,
    private readonly programFile: string,
    private readonly env: Record<string, string | undefined>
  ) {}

  /** @param bin the folder of the engine's programs */
  static async create(bin: string, options: StackOptions): Promise<Stack> {
    const { program, typescript = false, config = {}, secrets = {}, env = {} } = options
    const stack = new Stack(bin, temporaryProject(), typescript ? 'index.ts' : 'index.js', { ...env })
    try {
      fs.mkdirSync(path.join(stack.directory, 'state'))
      stack.project.write('package.json', '{ "name": "harness", "private": true }')
      stack.project.write(
        'Pulumi.yaml',
        `name: harness\nruntime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\nmain: ${stack.programFile}\n`
      )
      stack.setProgram(program)
      await stack.begin(secrets)
      stack.configure(config)
      return stack
    } catch (error) {
      await stack.dispose()
      throw error
    }
  }

  /** Makes the stack, or copies one that was made with the same secrets: what is encrypted takes time. */
  private async begin(secrets: Readonly<Record<string, string>>): Promise<void> {
    const kind = JSON.stringify([secrets, this.env['PULUMI_CONFIG_PASSPHRASE']])
    const files = begun.get(kind)
    if (files !== undefined) {
      for (const [file, content] of files) this.project.write(file, content)
      succeeded(await this.run(['stack', 'select', name]))
      return
    }
    succeeded(await this.run(['stack', 'init', name]))
    const settings = Object.entries(secrets).flatMap(([key, value]) => ['--secret', `${key}=${value}`])
    if (settings.length > 0) succeeded(await this.run(['config', 'set-all', ...settings]))
    const made = [settingsFile, ...filesIn(this.directory, 'state')]
    begun.set(kind, new Map(made.map((file) => [file, fs.readFileSync(path.join(this.directory, file), 'utf8')])))
  }

  /** Adds configuration that is no secret to the file of the stack. */
  private configure(config: Readonly<Record<string, string>>): void {
    if (Object.keys(config).length === 0) return
    const text = fs.readFileSync(path.join(this.directory, settingsFile), 'utf8')
    const lines = Object.entries(config).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}\n`)
    this.project.write(settingsFile, [text, ...(text.includes('\nconfig:\n') ? [] : ['config:\n']), ...lines].join(''))
  }

  /** The folder of the project; its state lies in `state`, the Pulumi home in `home`. */
  get directory(): string {
    return this.project.directory
  }

  /** The stack's own part of every URN: `urn:pulumi:dev::harness::<type>::<name>`. */
  urn(type: string, resource: string): string {
    return `urn:pulumi:${name}::harness::${type}::${resource}`
  }

  /** Replaces the program for the runs that follow. */
  setProgram(text: string): void {
    this.project.write(this.programFile, text)
  }

  /** Sets a variable for the runs that follow; `undefined` takes it away. */
  setEnv(key: string, value: string | undefined): void {
    this.env[key] = value
  }

  async setConfig(key: string, value: string, options: { readonly secret?: boolean } = {}): Promise<void> {
    succeeded(await this.run(['config', 'set', options.secret === true ? '--secret' : '--plaintext', key, '--', value]))
  }

  async removeConfig(key: string): Promise<void> {
    succeeded(await this.run(['config', 'rm', key]))
  }

  /** `pulumi up` without a preview before it. */
  up(args: readonly string[] = []): Promise<RunResult> {
    return this.run(['up', ...unattended, ...args])
  }

  preview(args: readonly string[] = []): Promise<RunResult> {
    return this.run(['preview', ...args])
  }

  refresh(args: readonly string[] = []): Promise<RunResult> {
    return this.run(['refresh', ...unattended, ...args])
  }

  destroy(args: readonly string[] = []): Promise<RunResult> {
    return this.run(['destroy', ...unattended, ...args])
  }

  /**
   * `pulumi import --file` of resources with inputs and outputs.
   * @param file the content of the import file: `{ resources: [{ type, name, id, inputs, outputs }] }`
   */
  importFile(file: JsonObject, args: readonly string[] = []): Promise<RunResult> {
    const written = this.project.write('import.json', JSON.stringify(file))
    return this.run(['import', '--file', written, ...unattended, '--generate-code=false', '--protect=false', ...args])
  }

  /** Takes the lock away that a killed engine left behind. */
  async cancel(): Promise<void> {
    succeeded(await this.run(['cancel', '--yes']))
  }

  /**
   * What the next `up` would do, resource by resource, in the engine's order: `[]` when nothing. Unchanged resources are
   * listed with `--show-sames` only.
   */
  async previewSteps(args: readonly string[] = []): Promise<readonly PreviewStep[]> {
    const { stdout } = succeeded(await this.preview(['--json', ...args]))
    const { steps } = JSON.parse(stdout) as { readonly steps?: readonly RawStep[] }
    return (steps ?? []).filter((step) => !isEnginesOwn(step.urn)).map(previewStep)
  }

  /** The state as the engine exports it, secrets encrypted unless `showSecrets`. Encrypted, it is what the file holds. */
  async export(options: { readonly showSecrets?: boolean } = {}): Promise<StackExport> {
    if (options.showSecrets === true) return JSON.parse(await this.exportRaw(options)) as StackExport
    const file = path.join(this.directory, 'state/.pulumi/stacks/harness', `${name}.json`)
    const { version, checkpoint } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      readonly version: number
      readonly checkpoint: { readonly latest: StackExport['deployment'] }
    }
    return { version, deployment: checkpoint.latest }
  }

  /** The same as text, by `pulumi stack export`. */
  async exportRaw(options: { readonly showSecrets?: boolean } = {}): Promise<string> {
    const { stdout } = succeeded(
      await this.run(['stack', 'export', ...(options.showSecrets === true ? ['--show-secrets'] : [])])
    )
    return stdout
  }

  /** The resources of the state, without the stack itself and provider instances. */
  async resources(options: { readonly showSecrets?: boolean } = {}): Promise<readonly ResourceState[]> {
    const { deployment } = await this.export(options)
    return (deployment.resources ?? []).filter(({ urn }) => !isEnginesOwn(urn))
  }

  /** What the program exports. Secrets are `[secret]` unless `showSecrets`. */
  async outputs(options: { readonly showSecrets?: boolean } = {}): Promise<JsonObject> {
    const { stdout } = succeeded(
      await this.run(['stack', 'output', '--json', ...(options.showSecrets === true ? ['--show-secrets'] : [])])
    )
    return JSON.parse(stdout) as JsonObject
  }

  /**
   * The files of the stack that hold `text`, relative to its folder: state, its history and backups, configuration,
   * logs. The program itself and import files are left out, since a test writes its secrets there.
   */
  filesWith(text: string): readonly string[] {
    const own = [this.programFile, 'import.json', 'node_modules']
    return filesIn(this.directory, '')
      .filter((file) => !own.includes(file.split(path.sep)[0] ?? ''))
      .filter((file) => fs.readFileSync(path.join(this.directory, file)).includes(text))
      .sort()
  }

  /** Any `pulumi` command, to its end. */
  async run(args: readonly string[]): Promise<RunResult> {
    return this.spawn(args).result
  }

  /** Any `pulumi` command as a process, in a session of its own: for tests that end it early. */
  spawn(args: readonly string[]): EngineRun {
    const run = EngineRun.start(path.join(this.bin, 'pulumi'), [...always, ...args], this.directory, {
      ...cleanEnvironment(),
      ...quickNode,
      PATH: [this.bin, path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter),
      PULUMI_HOME: path.join(this.directory, 'home'),
      PULUMI_BACKEND_URL: `file://${path.join(this.directory, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'harness',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      ...this.env
    })
    this.runs.add(run)
    return run
  }

  /** Ends what its runs have left behind, and removes its folder. Resources are not destroyed. */
  async dispose(): Promise<void> {
    for (const run of this.runs) run.end()
    await Promise.all([...this.runs].map((run) => run.result))
    this.project.dispose()
  }
}

interface RawStep {
  readonly op: string
  readonly urn: string
  readonly diffReasons?: readonly string[]
  readonly replaceReasons?: readonly string[]
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null
}

const previewStep = (step: RawStep): PreviewStep => ({
  op: step.op,
  name: nameOf(step.urn),
  urn: step.urn,
  diffReasons: [...(step.diffReasons ?? [])].sort(),
  replaceReasons: [...(step.replaceReasons ?? [])].sort(),
  detailedDiff: Object.fromEntries(Object.entries(step.detailedDiff ?? {}).map(([key, { kind }]) => [key, kind]))
})

const isEnginesOwn = (urn: string): boolean => /::pulumi:(pulumi:Stack|providers:[^:]+)::/.test(urn)
