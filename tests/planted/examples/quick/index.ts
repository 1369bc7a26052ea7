// Examples are linted by syntax only, because they are programs of their own.

import '@pulumi/pulumi'
import './local'
import '../../sdk/Target' // breaks examples-see-the-package-only
import '../other' // breaks examples-see-the-package-only

export const same = (a: unknown, b: unknown): boolean => a == b // breaks eqeqeq
export const append = (all: number[], more: readonly number[]): number => all.push(...more) // breaks no-restricted-syntax
