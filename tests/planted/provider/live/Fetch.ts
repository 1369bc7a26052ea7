// The parts of what Live.ts puts together may do what it may.

import { createServer } from 'node:net'
import fetch from 'node-fetch'
import type { Output } from '@pulumi/pulumi' // breaks core-knows-no-host

export const parts = { fetch, createServer, now: (): number => Date.now(), home: (): unknown => process.env['HOME'] }
export const append = (all: number[], more: readonly number[]): number => all.push(...more) // breaks no-restricted-syntax
export type Text = Output<string>
