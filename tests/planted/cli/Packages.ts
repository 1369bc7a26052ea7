import 'commander'
import 'fp-ts/Either'
import 'fp-ts' // breaks no-root-of-fp-ts
import 'fast-check' // breaks not-to-dev-dep
import type { ESLint } from 'eslint'
import './Missing' // breaks no-unresolvable
import '../tests/Support' // breaks tests-are-leaves

export type Linter = ESLint
