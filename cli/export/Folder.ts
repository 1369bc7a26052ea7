import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** A folder that gets all of its files or none, and in which nothing is overwritten. */

export interface OutputFile {
  /** Within the folder. */
  readonly path: string
  readonly text: string
  /** Readable by the owner alone. */
  readonly isSecret?: boolean
}

const codeOf = (cause: unknown): string => (cause as { readonly code?: string } | null)?.code ?? 'unknown reason'

type Found = 'nothing' | 'a folder' | 'something else'

const found = (path: string): Found => {
  const link = lstatSync(path, { throwIfNoEntry: false })
  if (link === undefined) return 'nothing'
  try {
    readdirSync(path)
    return 'a folder'
  } catch (cause) {
    if (codeOf(cause) === 'EACCES') throw new Error(`${path} may not be read by this user.`)
    return 'something else'
  }
}

const checkWritable = (folder: string, out: string): void => {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Error(`${out} cannot be written: ${folder} may not be written to by this user.`)
  }
}

/** Fails before the work begins when the folder could not be written after it. */
export const checkFolder = (out: string): void => {
  if (out.trim() === '') throw new Error('--out is empty: name a folder.')
  const what = found(out)
  if (what === 'something else') throw new Error(`${out} is no folder: name a folder that is new, or an empty one.`)
  if (what === 'a folder') {
    if (readdirSync(out).length > 0) {
      throw new Error(`${out} is not empty, and nothing is overwritten: name a folder that is new, or an empty one.`)
    }
    checkWritable(resolve(out), out)
    return
  }
  const parent = dirname(resolve(out))
  if (found(parent) !== 'a folder') throw new Error(`${out} cannot be written: there is no folder ${parent}.`)
  checkWritable(parent, out)
}

const fill = (folder: string, files: ReadonlyArray<OutputFile>): void => {
  for (const { path, text, isSecret = false } of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx', mode: isSecret ? 0o600 : 0o666 })
  }
}

/** Everything to its place, from a folder beside it: of a new folder in one step. */
const move = (from: string, out: string, isNew: boolean): void => {
  if (isNew) {
    renameSync(from, out)
    return
  }
  const moved: Array<string> = []
  try {
    for (const name of readdirSync(from)) {
      renameSync(join(from, name), join(out, name))
      moved.push(join(out, name))
    }
    rmdirSync(from)
  } catch (cause) {
    for (const path of moved) rmSync(path, { recursive: true, force: true })
    throw cause
  }
}

/** Writes the folder. An error leaves it as it was. */
export const writeFolder = (out: string, files: ReadonlyArray<OutputFile>): void => {
  checkFolder(out)
  const isNew = found(out) === 'nothing'
  const whole = resolve(out)
  // On the same file system as its place, so that moving is renaming.
  let temporary: string | undefined
  try {
    temporary = mkdtempSync(isNew ? join(dirname(whole), `.${basename(whole)}-`) : join(whole, '.export-'))
    fill(temporary, files)
    move(temporary, whole, isNew)
  } catch (cause) {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
    throw new Error(`${out} could not be written (${codeOf(cause)}); nothing is left of it.`)
  }
}
