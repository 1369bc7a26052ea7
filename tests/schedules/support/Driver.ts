import type { FaultRule, Site, SiteEdit, Switches } from '../../../simulator'
import type { Program, Slot } from './Program'
import type { Kill } from './Schedule'

/** What goes wrong in a run. */
export interface Trouble {
  readonly faults: ReadonlyArray<FaultRule>
  readonly kill: Kill | null
}

export const noTrouble: Trouble = { faults: [], kill: null }

/** How a run of the engine ended. */
export interface Outcome {
  /** Everything that was to be done is done. */
  readonly ok: boolean
  /** Somebody died in it. */
  readonly killed: boolean
  /** What the user reads of each resource that failed. */
  readonly failures: ReadonlyMap<Slot, string>
  /** Resources that the state of the stack has now, and their ids. */
  readonly kept: ReadonlyMap<string, string>
  /** Everything that a person or a log can see of the run: errors, warnings, audit, wire log. */
  readonly seen: string
}

/** The platform of a schedule, and what is done to it behind the provider's back. */
export interface Platform {
  readonly sites: () => ReadonlyArray<Site>
  readonly editSite: (guid: string, edit: SiteEdit) => void
  readonly deleteSite: (guid: string) => void
  readonly setSwitches: (changes: Partial<Switches>) => void
}

/** A stack with its engine and its provider: one for each level of the schedules. */
export interface Driver {
  readonly platform: Platform
  readonly run: (what: 'up' | 'refresh', program: Program, trouble: Trouble) => Promise<Outcome>
  /** What an `up` would do, a line each. */
  readonly preview: (program: Program) => Promise<ReadonlyArray<string>>
  /** Time passes between two runs: tasks end, lists are up to date again. */
  readonly rest: () => Promise<void>
  /** Operations (create, read, update, delete) so far; where the engine does not tell, the runs. */
  readonly operations: () => number
  /** Requests that a fault has struck so far. */
  readonly struck: () => number
}
