import { execFileSync } from 'node:child_process'
import * as path from 'node:path'
import { repositoryRoot } from '../../support/repository'

const made = new Set<string>()

/** Runs a script of `engine/`, once in this process. It does only what is missing; its last lines are in the error when it fails. */
const make = (script: string): void => {
  if (made.has(script)) return
  execFileSync('sh', [path.join(repositoryRoot, 'engine', script)], { stdio: 'pipe' })
  made.add(script)
}

const inEngine = (...names: readonly string[]): string => path.join(repositoryRoot, '.engine', ...names)

/** The generator of the SDKs, built if need be: `sdkgen <schema.json> <outdir>`. */
export const sdkgen = (): string => {
  make('make-sdkgen.sh')
  return inEngine('bin', 'sdkgen')
}

/** Folders of the programs that run Python, Go and YAML programs on the engine, prepared if need be. */
export interface LanguageHosts {
  /** The engine and its language hosts. */
  readonly bin: string
  /** The `bin` of the virtual environment that has what a generated Python SDK needs. */
  readonly pythonBin: string
}

export const languageHosts = (): LanguageHosts => {
  make('make-language-hosts.sh')
  return { bin: inEngine('bin'), pythonBin: inEngine('python', 'bin') }
}
