import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { Engine } from '../../support/Engine'
import type { RunResult } from '../../support/EngineRun'
import { repositoryRoot } from '../../support/repository'
import type { Stack, StackOptions } from '../../support/Stack'
import { cleanEnvironment } from '../../support/TemporaryProject'
import { languageHosts } from './Tools'

/** Configuration, secrets and environment are those of any stack. */
export interface ProjectOptions extends Pick<StackOptions, 'config' | 'secrets' | 'env'> {
  /** The text of the program. For YAML: what stands below `name`, `runtime` and `plugins` in Pulumi.yaml. */
  readonly program: string
  /** The folder with the executable `pulumi-resource-audiocodes-live`. Without it, Pulumi looks among those that are installed. */
  readonly plugin?: string
}

export interface SdkProjectOptions extends ProjectOptions {
  /** The folder of the generated SDK of the language, as an absolute path. */
  readonly sdk: string
}

/** A stack of the real engine whose program uses the packaged plugin. */
export interface LanguageProject {
  /** For `up`, `preview`, `refresh`, `destroy`, `resources`, `outputs` and all the rest; end it with `dispose`. */
  readonly stack: Stack
  /** Replaces the program for the runs that follow. */
  readonly setProgram: (text: string) => void
  /** `pulumi import` of one resource, without its code: the pinned hosts for Python and Go do not generate any. */
  readonly importResource: (type: string, name: string, id: string) => Promise<RunResult>
}

/** A Python program. The SDK is installed from its folder, as a user would, into the project. */
export const pythonProject = async (options: SdkProjectOptions): Promise<LanguageProject> => {
  const project = await create('python', (text) => ({ '__main__.py': text }), options)
  return prepared(project, () => {
    const { pythonBin } = languageHosts()
    // The build of a package leaves files in its folder, hence a copy. Everything else that it needs is in the environment.
    fs.cpSync(options.sdk, inProject(project, 'sdk'), { recursive: true })
    const install = [
      '--no-index',
      '--no-deps',
      '--no-build-isolation',
      '--no-cache-dir',
      '--quiet',
      '--target',
      'packages'
    ]
    run(path.join(pythonBin, 'python'), ['-m', 'pip', 'install', ...install, './sdk'], project)
    project.stack.setEnv('PYTHONPATH', inProject(project, 'packages'))
  })
}

/** A Go program: a module that requires the SDK by its own module path and finds it in its folder. Not in a copy: Go compiles what lies elsewhere anew. */
export const goProject = async (options: SdkProjectOptions): Promise<LanguageProject> => {
  const project = await create('go', (text) => ({ 'main.go': text }), options)
  return prepared(project, () => {
    for (const file of ['go.mod', 'go.sum']) {
      fs.copyFileSync(path.join(repositoryRoot, 'tests', 'languages', 'go', file), inProject(project, file))
    }
    const sdk = moduleOf(path.join(options.sdk, 'go.mod'))
    run('go', ['mod', 'edit', `-require=${sdk}@v0.0.0`, `-replace=${sdk}=${options.sdk}`], project)
    // The engine compiles the program in every run. Linking takes half of that, and is quicker without debug information.
    project.stack.setEnv('GOFLAGS', '-mod=readonly -buildvcs=false -ldflags=-w')
  })
}

/** A JavaScript program, which gets the SDK by `require('./sdk/bin')`. It is compiled as for a release: `bin` is what is published. */
export const nodejsProject = async (options: SdkProjectOptions): Promise<LanguageProject> => {
  // With `main`, the pinned host does not look for plugins in all of node_modules, where links of this repository form a circle.
  const files: Files = (text, head) => ({ 'Pulumi.yaml': `${head}main: index.js\n`, 'index.js': text })
  const project = await create('nodejs', files, options)
  return prepared(project, () => {
    fs.cpSync(options.sdk, inProject(project, 'sdk'), { recursive: true })
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'sdk'], project)
    fs.copyFileSync(inProject(project, 'sdk/package.json'), inProject(project, 'sdk/bin/package.json'))
  })
}

/** A YAML program, which needs no SDK: its host asks the plugin for the schema. */
export const yamlProject = (options: ProjectOptions): Promise<LanguageProject> =>
  create('yaml', (text, head) => ({ 'Pulumi.yaml': head + text }), options)

type Runtime = 'python' | 'go' | 'nodejs' | 'yaml'

/** The files that a program of this text consists of, by name, besides a Pulumi.yaml with the `head`. */
type Files = (text: string, head: string) => Readonly<Record<string, string>>

const create = async (runtime: Runtime, files: Files, options: ProjectOptions): Promise<LanguageProject> => {
  const { program, plugin, config = {}, secrets = {}, env = {} } = options
  const { bin, pythonBin } = languageHosts()
  const PATH = [pythonBin, bin, path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter)
  const stack = await Engine.project({ program: '', config, secrets, env: { PATH, ...env } })
  const head = `name: harness\nruntime: ${runtime}\n${plugin === undefined ? '' : pluginAt(plugin)}`
  const setProgram = (text: string): void => {
    // The engine reads Pulumi.yaml anew in every run: writing it makes the stack one of this language.
    for (const [name, content] of Object.entries({ 'Pulumi.yaml': head, ...files(text, head) }))
      fs.writeFileSync(path.join(stack.directory, name), content)
  }
  setProgram(program)
  const once = ['--skip-preview', '--yes', '--generate-code=false', '--protect=false']
  return { stack, setProgram, importResource: (type, name, id) => stack.run(['import', type, name, id, ...once]) }
}

const pluginAt = (folder: string): string =>
  `plugins:\n  providers:\n    - name: audiocodes-live\n      path: ${folder}\n`

/** The project after a step that may fail; it is not left behind then. */
const prepared = async (project: LanguageProject, step: () => void): Promise<LanguageProject> => {
  try {
    step()
    return project
  } catch (error) {
    await project.stack.dispose()
    throw error
  }
}

const inProject = ({ stack }: LanguageProject, name: string): string => path.join(stack.directory, name)

/** A command in the folder of the project; what it printed is in the error when it fails. */
const run = (command: string, args: readonly string[], { stack }: LanguageProject): void => {
  execFileSync(command, args, { cwd: stack.directory, env: cleanEnvironment(), stdio: 'pipe' })
}

const moduleOf = (goMod: string): string => {
  const name = /^module (\S+)$/m.exec(fs.readFileSync(goMod, 'utf8'))?.[1]
  if (name === undefined) throw new Error(`${goMod} names no module`)
  return name
}
