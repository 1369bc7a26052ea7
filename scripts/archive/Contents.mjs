// What stands in the archive of the plugin: the launcher at its top, the compiled core, schema.json, and the packages that
// it loads, each without what Node.js never reads.

import * as fs from 'node:fs'
import * as path from 'node:path'
import { root } from '../reference/Repository.mjs'
import { packagesFor, protocol } from './Packages.mjs'

/** @typedef {import('./Tar.mjs').File} File */
/** @typedef {import('./Packages.mjs').Package} Package */

const needsNode = 'pulumi-resource-audiocodes-live needs Node.js 20 or newer on PATH'
const main = 'dist/provider/plugin/main.js'

/** How the engine starts it: by the first on Linux and macOS, by the second on Windows. */
const launchers = [
  {
    name: 'pulumi-resource-audiocodes-live',
    text: `#!/bin/sh
command -v node >/dev/null 2>&1 || { echo '${needsNode}' >&2; exit 1; }
exec node "$(dirname "$0")/${main}" "$@"
`
  },
  {
    name: 'pulumi-resource-audiocodes-live.cmd',
    text: ['@echo off', 'where node >nul 2>nul', `if errorlevel 1 (echo ${needsNode} >&2 & exit /b 1)`, '']
      .concat([`node "%~dp0${main.replaceAll('/', '\\')}" %*`, ''])
      .join('\r\n')
  }
]

/** Code, and what a license asks for. */
const wanted = /(\.(c?js|json|proto)$)|(^|\/)(licen[cs]e|notice|copying)[^/]*$/i

/** @param {string} folder below the root @param {RegExp} [which] @returns {File[]} */
const filesIn = (folder, which = wanted) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => which.test(name))
    .map(fileAt)

/** @param {string} name @returns {File} */
const fileAt = (name) => ({ name, data: fs.readFileSync(path.join(root, name)) })

/** @param {Package} package @returns {File[]} without packages in it, which are listed for themselves */
const filesOf = ({ place, name }) =>
  filesIn(place).filter((file) => {
    const inside = file.name.slice(place.length + 1)
    if (inside.startsWith('node_modules/') || inside.includes('/node_modules/')) return false
    return name !== protocol || /^(proto\/|package\.json$|LICENSE$)/.test(inside)
  })

/** @param {readonly File[]} files @returns {string[]} the packages that their code names */
const loadedBy = (files) => {
  const text = files.map(({ data }) => data.toString('utf8')).join('\n')
  const names = [...text.matchAll(/\brequire\(["']((?:@[^/"']+\/)?[^/"'.]+)[^"']*["']\)/g)].map(
    ([, name]) => name ?? ''
  )
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && name !== own.name)
}

/** @type {unknown} */
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
const own = /** @type {{ name: string, version: string, license: string, engines: object }} */ (manifest)

/**
 * @returns {{ about: { name: string, version: string, license: string }, files: File[], packages: readonly Package[], direct: string[] }}
 *   `direct`: the names of the packages that the plugin itself loads
 */
export const contents = () => {
  const { name, version, license, engines } = own
  const core = filesIn('dist/provider', /\.js$/)
  const direct = loadedBy(core).sort()
  const packages = packagesFor(direct)
  const files = [
    ...launchers.map((each) => ({ name: each.name, data: Buffer.from(each.text), executable: true })),
    // Without it, Node.js would look for one in the folders above and take the code for what that says.
    {
      name: 'package.json',
      data: Buffer.from(`${JSON.stringify({ name, version, license, engines }, undefined, 2)}\n`)
    },
    ...['LICENSE', 'schema.json'].map(fileAt),
    ...core,
    ...packages.flatMap(filesOf)
  ]
  return { about: { name, version, license }, files, packages, direct }
}
