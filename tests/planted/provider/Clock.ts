import { randomUUID } from 'node:crypto' // breaks no-restricted-syntax
import * as crypto from 'node:crypto'

export const now = (): number => Date.now() // breaks no-restricted-syntax
export const ticks = (): number => performance.now() // breaks no-restricted-syntax
export const today = (): Date => new Date() // breaks no-restricted-syntax
export const dice = (): number => Math.random() // breaks no-restricted-syntax
export const name = (): string => crypto.randomUUID() // breaks no-restricted-syntax
export const other = randomUUID
export const home = (): string | undefined => process.env['HOME'] // breaks no-restricted-syntax
export const append = (all: number[], more: readonly number[]): number => all.push(...more) // breaks no-restricted-syntax

/** A given time is no clock. */
export const parsed = (text: string): Date => new Date(text)
