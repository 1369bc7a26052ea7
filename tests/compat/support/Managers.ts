import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { type Command, run } from './command'
import { manifest, packed } from './Package'
import { cache, pinned, quietly, versionIn } from './Pinned'

/** A package manager, called as a user calls it; what it downloads is kept in the cache and taken from there. */
export interface Manager {
  readonly name: string
  /** Its command line, which works in the folder of the project. `undefined`: there is none for this machine. */
  readonly install: (managers: string, kept: string) => Command | undefined
  readonly env?: (kept: string) => NodeJS.ProcessEnv
}

const node = process.execPath
const pnpm = ['install', '--prefer-offline', '--ignore-scripts', '--ignore-workspace', '--no-frozen-lockfile'] as const

export const managers: readonly Manager[] = [
  {
    name: 'the npm of this machine',
    install: (_, kept) => ['npm', 'install', '--prefer-offline', '--cache', kept, ...quietly]
  },
  {
    name: `pnpm ${versionIn('managers', 'pnpm')}`,
    install: (folder, kept) => [node, path.join(folder, 'pnpm', 'bin', 'pnpm.cjs'), ...pnpm, '--store-dir', kept]
  },
  {
    name: `pnpm ${versionIn('managers', '@pnpm/exe.linux-x64')}`,
    install: (folder, kept) => {
      const file = path.join(folder, '@pnpm', `exe.${process.platform}-${process.arch}`, 'pnpm')
      return fs.existsSync(file) ? [file, ...pnpm, '--store-dir', kept] : undefined
    }
  },
  {
    name: `yarn ${versionIn('managers', 'yarn')}`,
    install: (folder, kept) => [
      ...([node, path.join(folder, 'yarn', 'bin', 'yarn.js')] as const),
      ...['install', '--prefer-offline', '--ignore-scripts', '--non-interactive', '--cache-folder', kept]
    ]
  },
  {
    name: `yarn ${versionIn('managers', '@yarnpkg/cli-dist')} with node_modules`,
    install: (folder) => [node, path.join(folder, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js'), 'install'],
    env: (kept) => ({
      YARN_NODE_LINKER: 'node-modules',
      YARN_CACHE_FOLDER: kept,
      YARN_ENABLE_GLOBAL_CACHE: 'false',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_ENABLE_TELEMETRY: 'false'
    })
  }
]

/** Named by its content, because a package manager may keep a tarball of the same name and version for the same tarball. */
const nameOf = (tarball: string): string =>
  `package-${createHash('sha256').update(fs.readFileSync(tarball)).digest('hex').slice(0, 16)}.tgz`

/**
 * Makes a user's project of a folder: this package from its tarball and the @pulumi/pulumi of this repository, installed by a
 * package manager. False when there is none for this machine.
 */
export const installWith = async ({ name, install, env }: Manager, directory: string): Promise<boolean> => {
  const kept = path.join(cache, 'downloads', name.replaceAll(' ', '-'))
  const command = install(path.join(await pinned('managers'), 'node_modules'), kept)
  if (command === undefined) return false
  const { tarball } = await packed()
  const file = nameOf(tarball)
  fs.rmSync(path.join(directory, 'node_modules'), { force: true })
  fs.copyFileSync(tarball, path.join(directory, file))
  // yarn looks for the root of its project by this file.
  if (name.startsWith('yarn')) fs.writeFileSync(path.join(directory, 'yarn.lock'), '')
  const dependencies = {
    '@pulumi/pulumi': manifest.devDependencies['@pulumi/pulumi'],
    'pulumi-audiocodes-live': `file:${file}`
  }
  fs.writeFileSync(
    path.join(directory, 'package.json'),
    JSON.stringify({ name: 'user', version: '1.0.0', private: true, dependencies })
  )
  await run(command, { cwd: directory, env: { ...(await registry(directory)), ...env?.(kept) } })
  return true
}

/** All of them ask the registry that npm is configured for, and trust the certificates that npm trusts. */
const registry = async (cwd: string): Promise<NodeJS.ProcessEnv> => {
  const [address, certificates] = await Promise.all(
    ['registry', 'cafile'].map(async (key) => (await run(['npm', 'config', 'get', key], { cwd })).trim())
  )
  const server = (address ?? '').replace(/\/$/, '')
  const isSet = certificates !== undefined && certificates !== '' && certificates !== 'null'
  return {
    npm_config_registry: `${server}/`,
    YARN_NPM_REGISTRY_SERVER: server,
    ...(isSet ? { NODE_EXTRA_CA_CERTS: certificates } : {})
  }
}
