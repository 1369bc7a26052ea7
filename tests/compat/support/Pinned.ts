import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../../support/repository'
import { run } from './command'

/**
 * Software that this repository works with but does not install, pinned by a package.json with its lock file in a folder of
 * tests/compat: the oldest and the newest supported @pulumi/pulumi, the newest Node.js, and package managers.
 */
export type PinnedSet = 'sdk-oldest' | 'sdk-newest' | 'node-newest' | 'managers'

/** What the tests install is kept here. It can be removed at any time, and is then installed again. */
export const cache = path.join(repositoryRoot, '.engine', 'compat')

const sourceOf = (set: PinnedSet): string => path.join(repositoryRoot, 'tests', 'compat', set)
const pins = ['package.json', 'package-lock.json']

/** A set is installed again when its pins change, and when another kind of machine finds what this one has installed. */
const stampOf = (set: PinnedSet): string =>
  pins
    .reduce(
      (hash, file) => hash.update(fs.readFileSync(path.join(sourceOf(set), file))),
      createHash('sha256').update(`${process.platform} ${process.arch} `)
    )
    .digest('hex')

const isInstalled = (folder: string, stamp: string): boolean => {
  const file = path.join(folder, '.stamp')
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === stamp
}

/** No script of a package runs, and nothing is asked of the registry but the packages. */
export const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']

/** The folder of a set, installed if it is not there yet: its packages lie in `node_modules`. */
export const pinned = async (set: PinnedSet): Promise<string> => {
  const folder = path.join(cache, set)
  const stamp = stampOf(set)
  if (isInstalled(folder, stamp)) return folder
  // Moved into its place when it is complete, so that an end in the middle leaves nothing half there.
  fs.mkdirSync(cache, { recursive: true })
  const scratch = fs.mkdtempSync(path.join(cache, `.${set}-`))
  try {
    for (const file of pins) fs.copyFileSync(path.join(sourceOf(set), file), path.join(scratch, file))
    await run(['npm', 'ci', ...quietly], { cwd: scratch })
    fs.writeFileSync(path.join(scratch, '.stamp'), stamp)
    fs.rmSync(folder, { recursive: true, force: true })
    fs.renameSync(scratch, folder)
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true })
  }
  return folder
}

/** The exact version of a package that a set pins. */
export const versionIn = (set: PinnedSet, name: string): string => {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    fs.readFileSync(path.join(sourceOf(set), 'package.json'), 'utf8')
  ) as Readonly<Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>> | undefined>>
  const version = dependencies[name] ?? optionalDependencies[name]
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${set} pins no version of ${name}`)
  return version
}

/** The newest Node.js. There is a package for Linux only, so elsewhere this is `undefined`. */
export const newestNode = async (): Promise<string | undefined> => {
  const file = path.join(
    await pinned('node-newest'),
    'node_modules',
    `node-${process.platform}-${process.arch}`,
    'bin',
    'node'
  )
  return fs.existsSync(file) ? file : undefined
}
