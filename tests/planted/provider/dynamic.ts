import type { dynamic } from '@pulumi/pulumi'
import '@pulumi/pulumi' // breaks dynamic-knows-the-host-by-type
import '../sdk/SipConnection' // breaks dynamic-knows-the-host-by-type

export const provider: dynamic.ResourceProvider = {}
export const variable = (name: string): string | undefined => process.env[name]
export const append = (all: number[], more: readonly number[]): number => all.push(...more) // breaks no-restricted-syntax
export const now = (): number => Date.now() // breaks no-restricted-syntax
