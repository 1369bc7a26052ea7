import type { EngineRun, RunResult } from '../../support/EngineRun'
import type { Sites } from './Sites'

/** The ways to manage many connections that are compared. */
export const ways = ['separate', 'fleet', 'plugin', 'textbook', 'terraform'] as const
export type Way = (typeof ways)[number]

export const wayInWords: Readonly<Record<Way, string>> = {
  separate: 'separate `SipConnection`s',
  fleet: '`SipConnectionFleet`',
  plugin: '`SipConnectionFleet` by the plugin',
  textbook: 'textbook dynamic provider',
  terraform: 'Terraform + restapi'
}

/** What is measured, in this order. `noop`: `up --skip-preview` without a change; with Terraform its `plan`. */
export const operations = ['create', 'change', 'noop', 'refresh', 'destroy'] as const
export type Operation = (typeof operations)[number]

export const operationInWords: Readonly<Record<Operation, string>> = {
  create: 'create',
  change: 'change one',
  noop: 'no-op',
  refresh: 'refresh',
  destroy: 'destroy'
}

/** Operations at a time, of the engine or within the fleet: the same for every way. */
export const parallel = 20

/** A project of its own, ready to run. */
export interface Stand {
  /** What the program declares from now on. */
  readonly declare: (sites: Sites) => void
  readonly start: (operation: Operation) => EngineRun
  /** Why a run is no success; undefined when it is one. */
  readonly fault: (operation: Operation, result: RunResult) => string | undefined
  /** The text of the file that holds the state. */
  readonly state: () => string
  readonly dispose: () => Promise<void>
}
