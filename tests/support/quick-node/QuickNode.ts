import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as vm from 'node:vm'
import { repositoryRoot } from '../repository'

const packages = path.join(repositoryRoot, 'node_modules')

/** Other packages or another Node.js are another file. It lies in dist/ and goes with it. */
const fileOfModules = (): string => {
  const lock = fs.readFileSync(path.join(packages, '.package-lock.json'))
  const name = createHash('sha256').update(lock).update(process.version).update(repositoryRoot).digest('hex')
  return path.join(repositoryRoot, 'dist', 'tests', `modules-${name.slice(0, 12)}`)
}

/** Variables with which programs and providers of the engine start in half of the time; see preload.ts. Needs Node.js 20.12. */
export const quickNode: Readonly<Record<string, string>> =
  'constants' in vm
    ? {
        NODE_OPTIONS: `--require ${path.join(__dirname, 'preload.js')}`,
        TEST_MODULES: fileOfModules(),
        TEST_PACKAGES: fs.realpathSync(packages)
      }
    : {}
