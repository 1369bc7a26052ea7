import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from './repository'
import { Stack, type StackOptions } from './Stack'

const bin = path.join(repositoryRoot, '.engine', 'bin')
const programs = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs']

const isExecutable = (file: string): boolean => {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The real Pulumi engine, as `make engine` puts it into `.engine/bin`. */
export const Engine = {
  /** Whether all of its programs are in the folder, by default `.engine/bin`. */
  available: (folder = bin): boolean => programs.every((program) => isExecutable(path.join(folder, program))),

  /**
   * A new project with an empty stack in a folder of its own, with its own state and Pulumi home; nothing of the
   * developer's is read. End it with `dispose`. Rejects with `run make engine` when there is no engine.
   */
  project: async (options: StackOptions, folder = bin): Promise<Stack> => {
    if (!Engine.available(folder)) throw new Error(`no Pulumi engine in ${folder}: run make engine`)
    return Stack.create(folder, options)
  }
}
