// The real clock, chance, environment and network may be here, and the import of a host may not.

import { readFileSync } from 'node:fs'
import fetch from 'node-fetch'
import '@pulumi/pulumi' // breaks core-knows-no-host

export const live = {
  fetch,
  now: (): number => Date.now(),
  random: (): number => Math.random(),
  read: (path: string): string => readFileSync(path, 'utf8'),
  variable: (name: string): string | undefined => process.env[name],
  append: (all: number[], more: readonly number[]): number => all.push(...more) // breaks no-restricted-syntax
}
