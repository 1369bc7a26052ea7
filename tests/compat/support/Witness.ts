import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Stack } from '../../support/Stack'

/** A process of Node.js that an engine run started: the program or the provider, its Node.js and its @pulumi/pulumi. */
export type Sighting = `${'program' | 'provider'} on Node.js ${string} with @pulumi/pulumi ${string}`

const file = 'sightings'

/** Loaded first into every process of Node.js. It says nothing of those that are neither program nor provider. */
const text = (folder: string): string => `
const fs = require('node:fs')
const path = require('node:path')
const entry = process.argv[1] === undefined ? '' : path.resolve(process.argv[1])
const [, sdk, command] = /^(.*@pulumi.pulumi).cmd.(run|dynamic-provider)\\b/.exec(entry) ?? []
if (sdk !== undefined) {
  const { version } = JSON.parse(fs.readFileSync(path.join(sdk, 'package.json'), 'utf8'))
  const role = command === 'run' ? 'program' : 'provider'
  fs.appendFileSync(
    path.join(${JSON.stringify(folder)}, '${file}'),
    role + ' on Node.js ' + process.versions.node + ' with @pulumi/pulumi ' + version + '\\n'
  )
}
`

/** From now on the runs of the stack are watched. */
export const watch = (stack: Stack): void => {
  const witness = path.join(stack.directory, 'witness.cjs')
  fs.writeFileSync(witness, text(stack.directory))
  stack.setEnv('NODE_OPTIONS', `--require ${witness}`)
}

/** What was seen so far, each kind once and sorted. */
export const sightings = (stack: Stack): readonly string[] =>
  [...new Set(fs.readFileSync(path.join(stack.directory, file), 'utf8').trim().split('\n'))].sort()

/** What must be seen of runs that use these versions. */
export const both = (node: string, sdk: string): readonly Sighting[] => [
  `program on Node.js ${node} with @pulumi/pulumi ${sdk}`,
  `provider on Node.js ${node} with @pulumi/pulumi ${sdk}`
]

/** Replaces the node_modules of a stack's project by a link to those of another folder. */
export const useModulesOf = (stack: Stack, folder: string): void => {
  const own = path.join(stack.directory, 'node_modules')
  fs.rmSync(own, { recursive: true })
  fs.symlinkSync(path.join(folder, 'node_modules'), own, 'dir')
}
