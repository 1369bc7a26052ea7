// Makes dist/ agree with the sources before a build. The compiler never deletes what it once wrote, so the output of a
// source that is gone would be run, or published; and it does not write again what it believes to be there.

import * as fs from 'node:fs'
import * as path from 'node:path'

const root = path.dirname(import.meta.dirname)
const dist = path.join(root, 'dist')
const record = path.join(dist, '.tsbuildinfo')

/** @param {string} folder @returns {string[]} the files in it, as paths from the root of the repository */
const filesIn = (folder) =>
  fs.existsSync(path.join(root, folder))
    ? fs
        .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    : []

/** @param {string} output @returns {string} dist/a/b.d.ts -> a/b.ts */
const sourceOf = (output) => path.relative('dist', output).replace(/(\.js|\.js\.map|\.d\.ts)$/, '.ts')

for (const output of filesIn('dist')) {
  if (/\.(js|js\.map|d\.ts)$/.test(output) && !fs.existsSync(path.join(root, sourceOf(output)))) {
    fs.rmSync(path.join(root, output))
  }
}

const sources = ['provider', 'sdk', 'simulator', 'cli']
  .flatMap(filesIn)
  // The SDK for Node.js is generated, and no part of this build.
  .filter((file) => file.endsWith('.ts') && !file.startsWith(path.join('sdk', 'nodejs')))
if (sources.some((source) => !fs.existsSync(path.join(dist, source.replace(/\.ts$/, '.js'))))) {
  fs.rmSync(record, { force: true })
}
