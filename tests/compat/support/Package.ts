import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../../support/repository'
import { type TemporaryProject, temporaryProject } from '../../support/TemporaryProject'
import { run } from './command'
import { quietly } from './Pinned'

/** This package as `npm pack` makes it from what is built. */
export interface Package {
  readonly tarball: string
  /** What is in it, relative to its root and sorted. */
  readonly files: readonly string[]
}

let made: Promise<Package> | undefined

/** Packs this package, once a test process; the result goes when that ends. No script runs, since one of them would build again under running tests. */
export const packed = (): Promise<Package> => (made ??= pack())

const pack = async (): Promise<Package> => {
  const { directory } = temporaryProject()
  const printed = await run(['npm', 'pack', '--json', '--pack-destination', directory, ...quietly], {
    cwd: repositoryRoot
  })
  const [about] = JSON.parse(printed) as readonly { filename: string; files: readonly { path: string }[] }[]
  if (about === undefined) throw new Error(`npm packed nothing: ${printed}`)
  return {
    tarball: path.join(directory, about.filename),
    files: about.files.map((file) => file.path).sort()
  }
}

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

export const manifest = JSON.parse(fs.readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')) as Manifest

/** Puts the packed package into a folder, as a package manager would put it into node_modules. */
export const unpackInto = async (folder: string): Promise<void> => {
  fs.mkdirSync(folder, { recursive: true })
  await run(['tar', '-xzf', (await packed()).tarball, '-C', folder, '--strip-components=1'], { cwd: folder })
}

/** How this package comes into a project: its files, or a link to this repository (`npm link`). */
export type Form = 'installed' | 'linked'

/**
 * A project with node_modules of its own, put together without a package manager: this package, its dependencies as this
 * repository has them, and the @pulumi/pulumi, typescript and @types/node that lie in `modules`, the node_modules of a pinned set.
 */
export const assembled = async (modules: string, form: Form = 'installed'): Promise<TemporaryProject> => {
  const project = temporaryProject()
  const own = path.join(project.directory, 'node_modules')
  fs.rmSync(own)
  for (const name of ['@pulumi/pulumi', '@types/node', 'typescript'])
    link(path.join(modules, name), path.join(own, name))
  for (const name of Object.keys(manifest.dependencies)) {
    link(path.join(repositoryRoot, 'node_modules', name), path.join(own, name))
  }
  const place = path.join(own, 'pulumi-audiocodes-live')
  if (form === 'linked') link(repositoryRoot, place)
  else await unpackInto(place)
  return project
}

const link = (target: string, place: string): void => {
  fs.mkdirSync(path.dirname(place), { recursive: true })
  fs.symlinkSync(fs.realpathSync(target), place, 'dir')
}
