import * as E from 'fp-ts/Either'
import { scrubber } from '../Secrets'
import type { SipConnectionFleetArgs } from '../fleet/Args'
import { type FoundFleet, stateFrom } from '../fleet/State'
import { type Found, entriesToInspect, findingLines, noticesOf } from './FleetEntries'
import { type AskedBy, type Inspected, inspectAll } from './program'
import { scrubbed } from './Trouble'

/** The host of the preflight for fleets: every connection that the run would make or change is held against the platform. Nothing is written. */

/** A fleet that a preview would make or change. */
export interface AskedFleet extends AskedBy {
  /** The state of the last run, as the engine has it; empty for a new fleet. */
  readonly state: Readonly<Record<string, unknown>>
  /** The inputs as checked; what is not known yet stands as one of the texts of `Unknowns.ts`. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** Whether options of the resource may replace the fleet: then the names may be those of its own connections. */
  readonly mayReplace: boolean
  /** Declared values that are secret: they show in no text. */
  readonly secrets: ReadonlyArray<string>
}

/** What there is to say of it. */
export interface InspectedFleet extends Pick<Inspected, 'findings' | 'troubles'> {
  /** What looks odd, and may be right, and the first of the entries that it is about. */
  readonly notices: ReadonlyArray<readonly [notice: string, entries: string]>
}

const nothing: InspectedFleet = { findings: [], notices: [], troubles: [] }

const looked = async (asked: AskedFleet, state: FoundFleet): Promise<InspectedFleet> => {
  const inputs = asked.inputs as Partial<SipConnectionFleetArgs>
  const entries = entriesToInspect(state, inputs, asked.mayReplace)
  if (entries.length === 0) return nothing
  const { each, troubles, secrets } = await inspectAll(
    asked,
    entries.map(({ declaration }) => declaration)
  )
  const scrub = scrubber([...asked.secrets, ...secrets])
  const found = entries.flatMap((entry, at) =>
    (each[at]?.findings ?? []).map((finding): Found => ({ ...entry, finding }))
  )
  const noticed = entries.flatMap(({ name }, at) => (each[at]?.notices ?? []).map((notice) => [name, notice] as const))
  return {
    // Grouped before, so that thousands of texts need not be searched for secrets.
    findings: findingLines(inputs, found).map(scrub),
    notices: noticesOf(noticed).map(([notice, names]) => [scrub(notice), scrub(names)]),
    troubles: troubles.map(scrubbed(scrub))
  }
}

/** Holds a fleet against the platform. A state that cannot be read is told by the provider. It never rejects. */
export const inspectFleet = async (asked: AskedFleet): Promise<InspectedFleet> => {
  const state = stateFrom(asked.state)
  return E.isLeft(state) ? nothing : looked(asked, state.right)
}
