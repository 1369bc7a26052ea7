// Writes schema.json, the schema of the package for all languages of Pulumi, from what the code says of itself.
//
// Usage: node scripts/schema.mjs           writes it
//        node scripts/schema.mjs --check   fails when it is not up to date
//
// Needs the build: tables come from the code as it runs, names and words from the sources.

import * as fs from 'node:fs'
import * as path from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
if (!fs.existsSync(path.join(path.dirname(import.meta.dirname), 'dist/provider/resources.js'))) {
  console.error('There is no build: run "make build" first.')
  process.exit(1)
}
const { schema, schemaFile } = await import('./schema/Schema.mjs')
const made = await schema(schemaFile)

if ('faults' in made) {
  for (const fault of made.faults) console.error(fault)
  process.exitCode = 1
} else if (values.check !== true) {
  fs.writeFileSync(schemaFile, made.text)
} else if (!fs.existsSync(schemaFile) || fs.readFileSync(schemaFile, 'utf8') !== made.text) {
  console.error('schema.json is not up to date. Write it anew with: make schema')
  process.exitCode = 1
}
