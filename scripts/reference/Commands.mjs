// The commands of the package, as the files of cli/ give them.

import { Command } from 'commander'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './Repository.mjs'

/** @type {unknown} */
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
const { bin } = /** @type {{ bin: Record<string, string> }} */ (manifest)

/** @param {unknown} value @returns {value is () => Command} */
const isFactory = (value) => typeof value === 'function'

/** @param {string} file of cli/ @returns {Promise<Command[]>} what its functions `…Command` make */
const commandsIn = async (file) => {
  const built = pathToFileURL(path.join(root, 'dist/cli', file.replace(/\.ts$/, '.js'))).href
  /** @type {unknown} */
  const module = await import(built)
  return Object.entries(/** @type {Record<string, unknown>} */ (module)).flatMap(([name, value]) =>
    name.endsWith('Command') && isFactory(value) ? [value()] : []
  )
}

/** @returns {Promise<Command[]>} by name, below the program that they belong to */
export const commands = async () => {
  // main.ts runs what it is given.
  const files = fs.readdirSync(path.join(root, 'cli')).filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  const found = (await Promise.all(files.map(commandsIn))).flat()
  const program = new Command(Object.keys(bin)[0])
  for (const command of found) program.addCommand(command)
  return found.sort((a, b) => a.name().localeCompare(b.name(), 'en'))
}
