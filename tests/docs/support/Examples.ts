import { fork } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as ts from 'typescript'
import { exitOf } from '../../support/Children'
import { repositoryRoot } from '../../support/repository'
import { type TemporaryProject, cleanEnvironment, temporaryProject } from '../../support/TemporaryProject'
import { type Example, titleOf } from './Sources'

/** What configures a program: values of the stack config by their whole key, and environment variables. */
export interface Configuration {
  readonly config: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
}

/** What became of an example. */
export interface Trial {
  readonly example: string
  /** Type errors, `<file>:<line>: TS<code> <text>`, where file and line are those of the docstring. */
  readonly types: ReadonlyArray<string>
  /** `ended well`, or what went wrong. */
  readonly run: string
}

/** The trial of an example that is as it should be. */
export const good = (example: Example): Trial => ({ example: titleOf(example), types: [], run: 'ended well' })

/** Longer than any example takes, for one that never ends. */
const limitSeconds = 60

const textOf = (diagnostics: ReadonlyArray<ts.Diagnostic>): string =>
  diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('; ')

/** The settings of the repository, without what says where the output goes; a user's program has no mocha. */
const compilerOptions = (): ts.CompilerOptions => {
  const file = path.join(repositoryRoot, 'tsconfig.json')
  const { config } = ts.readConfigFile(file, (name) => fs.readFileSync(name, 'utf8')) as {
    config: { compilerOptions: object }
  }
  const own = { types: ['node'], sourceMap: false, declaration: false, incremental: false }
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, ...own, rootDir: undefined, outDir: undefined, tsBuildInfoFile: undefined },
    repositoryRoot,
    file
  )
  if (errors.length > 0) throw new Error(textOf(errors))
  return { ...options, configFilePath: file }
}

const isModule = ({ file }: Example): boolean => /^(provider|simulator)\//.test(file)

/** Compiles all examples as one program; the type errors of each, in their order. */
const compile = (
  files: ReadonlyArray<string>,
  examples: ReadonlyArray<Example>
): ReadonlyArray<ReadonlyArray<string>> => {
  const program = ts.createProgram(files, compilerOptions())
  const general = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]
  if (general.length > 0) throw new Error(textOf(general))
  return examples.map((example, index) => {
    const source = program.getSourceFile(files[index] ?? '')
    if (source === undefined) throw new Error(`${titleOf(example)} was not compiled`)
    program.emit(source)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, code, messageText }) => {
        const line = example.line + source.getLineAndCharacterOfPosition(start).line
        return `${example.file}:${line}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      }
    )
  })
}

/** Runs a compiled example in a process of its own. */
const run = async (example: Example, file: string, { config, environment }: Configuration): Promise<string> => {
  const child = fork(path.join(__dirname, 'runExample.js'), [isModule(example) ? 'module' : 'program', file], {
    env: cleanEnvironment({
      ...environment,
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(Object.keys(config))
    }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: limitSeconds * 1000,
    killSignal: 'SIGKILL'
  })
  let told: string | undefined
  let output = ''
  child.once('message', (message: string) => (told = message))
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const { code, signal } = await exitOf(child)
  if (told !== undefined) return told
  return code === 0 ? 'ended well' : `ended with ${code ?? signal ?? 'nothing'}: ${output}`
}

/**
 * The examples as files in a folder beside provider/, sdk/ and simulator/ as they were built, so that an example of provider/ finds
 * `../provider/Config`; in a project in which the package is installed, so that a program finds it by name.
 */
const written = (project: TemporaryProject, examples: ReadonlyArray<Example>): ReadonlyArray<string> => {
  for (const folder of ['provider', 'sdk', 'simulator'])
    fs.symlinkSync(path.join(repositoryRoot, 'dist', folder), path.join(project.directory, folder), 'dir')
  return examples.map((example, index) =>
    project.write(`examples/${index + 1}-${titleOf(example).replace(/\W+/g, '-')}.ts`, example.code)
  )
}

/** Type-checks all examples and runs them, two at a time. */
export const tryOut = async (
  examples: ReadonlyArray<Example>,
  configurationOf: (example: Example) => Configuration
): Promise<ReadonlyArray<Trial>> => {
  const project = temporaryProject()
  try {
    const files = written(project, examples)
    const types = compile(files, examples)
    const trials: Array<Trial> = []
    let next = 0
    const worker = async (): Promise<void> => {
      for (let index = next++; index < examples.length; index = next++) {
        const [example, file] = [examples[index], files[index]]
        if (example === undefined || file === undefined) return
        const js = file.replace(/\.ts$/, '.js')
        trials[index] = {
          example: titleOf(example),
          types: types[index] ?? [],
          run: await run(example, js, configurationOf(example))
        }
      }
    }
    await Promise.all([worker(), worker()])
    return trials
  } finally {
    project.dispose()
  }
}
