// Writes the reference, one page a resource, function and command, from what the code says of itself.
//
// Usage: node scripts/reference.mjs                    writes the pages
//        node scripts/reference.mjs --check            fails when a page is missing, not up to date, or no longer made
//        node scripts/reference.mjs --check <folder>   the same for another folder than docs/reference
//
// Needs the build: facts come from the code as it runs, words from the sources.

import * as fs from 'node:fs'
import * as path from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true })
const root = path.dirname(import.meta.dirname)
if (positionals.length > (values.check === true ? 1 : 0)) {
  // What is not made any more is removed, so it must be our own folder.
  console.error('A folder is taken with --check only.')
  process.exit(1)
}
const folder = positionals[0] ?? path.join(root, 'docs/reference')

if (!fs.existsSync(path.join(root, 'dist/sdk/index.js'))) {
  console.error('There is no build: run "make build" first.')
  process.exit(1)
}
const { pages } = await import('./reference/Pages.mjs')
const made = await pages()

/** @type {string[]} */
const present = fs.existsSync(folder)
  ? fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => fs.statSync(path.join(folder, file)).isFile())
  : []
const stray = present.filter((file) => !made.has(file)).sort()

if (values.check === true) {
  const faults = [
    ...[...made].flatMap(([file, text]) =>
      !present.includes(file)
        ? [`${file}: is missing`]
        : fs.readFileSync(path.join(folder, file), 'utf8') === text
          ? []
          : [`${file}: is not up to date`]
    ),
    ...stray.map((file) => `${file}: is not made any more`)
  ]
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) {
    console.error('Write the pages anew with: node scripts/reference.mjs')
    process.exitCode = 1
  }
} else {
  for (const [file, text] of made) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    fs.writeFileSync(path.join(folder, file), text)
  }
  for (const file of stray) fs.rmSync(path.join(folder, file))
  console.log(`${made.size} pages`)
}
