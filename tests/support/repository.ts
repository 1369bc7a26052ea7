import * as fs from 'node:fs'
import * as path from 'node:path'

const find = (directory: string): string => {
  if (fs.existsSync(path.join(directory, 'package.json'))) return directory
  const parent = path.dirname(directory)
  if (parent === directory) throw new Error(`no package.json above ${__dirname}`)
  return find(parent)
}

/** The root folder of this repository. Looked up, because the compiled tests lie one folder deeper than the source. */
export const repositoryRoot: string = find(__dirname)
