import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../../support/repository'

export const engineModule = 'github.com/pulumi/pulumi/pkg/v3'
export const sdkModule = 'github.com/pulumi/pulumi/sdk/v3'

const read = (file: string): string => fs.readFileSync(path.join(repositoryRoot, file), 'utf8')

/** The version of a module that a go.mod of this repository requires, as `v1.2.3`. */
export const pinOf = (goMod: string, module: string): string => {
  const version = new RegExp(`^(?:require )?\\s*${module} (v\\S+)`, 'm').exec(read(goMod))?.[1]
  if (version === undefined) throw new Error(`${goMod} does not require ${module}`)
  return version
}

/** The version of Pulumi's Python package that programs run on, as `1.2.3`. */
export const pythonPin = (): string => /^pulumi==(\S+)/m.exec(read('engine/python/requirements.txt'))?.[1] ?? ''
