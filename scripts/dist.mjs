// Writes the release of the plugin: an archive for each system as `pulumi plugin install` takes it, a bill of materials, and
// their SHA-256 sums. The same sources and packages give the same bytes.
//
// Usage: node scripts/dist.mjs [folder]     release/ unless given
//
// Needs the build and the installed packages, and no network.

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { gzipSync } from 'node:zlib'
import { contents } from './archive/Contents.mjs'
import { sbom } from './archive/Sbom.mjs'
import { tar } from './archive/Tar.mjs'
import { root } from './reference/Repository.mjs'

/** It is JavaScript, with a launcher for each system: one archive under the name that the engine of each looks for. */
const systems = ['darwin', 'linux', 'windows'].flatMap((os) => [`${os}-amd64`, `${os}-arm64`])

if (!fs.existsSync(path.join(root, 'dist/provider/plugin/main.js'))) {
  console.error('There is no build: run "make build" first.')
  process.exit(1)
}
const folder = path.resolve(process.argv[2] ?? path.join(root, 'release'))
const { about, files, packages, direct } = contents()
const archive = gzipSync(tar(files), { level: 9 })
// The byte that names the system on which it was compressed: unknown.
archive[9] = 255

const base = `pulumi-resource-audiocodes-live-v${about.version}`
/** @type {[string, Buffer][]} */
const made = [
  ...systems.map((system) => /** @type {[string, Buffer]} */ ([`${base}-${system}.tar.gz`, archive])),
  [`${base}.cdx.json`, Buffer.from(sbom(about, packages, direct))]
]
const sums = made.map(([name, data]) => `${createHash('sha256').update(data).digest('hex')}  ${name}\n`).join('')

fs.mkdirSync(folder, { recursive: true })
// Nothing of an earlier version stays beside it.
for (const name of fs.readdirSync(folder)) {
  if (name.startsWith('pulumi-resource-audiocodes-live-v')) fs.rmSync(path.join(folder, name))
}
for (const [name, data] of made) fs.writeFileSync(path.join(folder, name), data)
fs.writeFileSync(path.join(folder, `${base}-checksums.txt`), sums)
