import { accessSync, constants, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Files that the command line names: nothing else is written. */

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Fails before the work begins when a file could not be written after it, or when two outputs are to have one file. */
export const checkOutputs = (files: ReadonlyArray<string>): void => {
  const paths = files.map((file) => resolve(file))
  const twice = files.find((_, index) => paths.indexOf(paths[index] ?? '') !== index)
  if (twice !== undefined) throw new Error(`${twice} is named for two outputs: give each a file of its own.`)
  for (const file of files) {
    if (isFolder(file)) throw new Error(`${file} is a folder: name a file.`)
    const folder = dirname(resolve(file))
    if (!isFolder(folder)) throw new Error(`${file} cannot be written: there is no folder ${folder}.`)
    try {
      accessSync(folder, constants.W_OK)
    } catch {
      throw new Error(`${file} cannot be written: its folder may not be written to by this user.`)
    }
  }
}

export const writeOutput = (file: string, text: string): void => {
  writeFileSync(file, text)
}
