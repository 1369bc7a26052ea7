import { isUnknown } from '../Unknowns'
import type { SipConnectionArgs } from '../sip-connection/Args'

/** A connection as a preview of its program knows it. */
export interface Declaration {
  /** Id of the connection that the resource has already; a new one has none. */
  readonly siteGuid?: string
  /** The inputs as checked. What is not known yet stands as one of the texts of `Unknowns.ts`; what is not declared is absent. */
  readonly args: Partial<SipConnectionArgs>
  /** Whether options of the resource may replace it: then a connection of its name may be its own, which is deleted first. */
  readonly mayReplace: boolean
}

/** The value if it is declared and known. */
export const ifKnown = <A>(value: A | undefined): A | undefined => (isUnknown(value) ? undefined : value)

/** Whether the platform touches the SBC for it; where that is not known, its fields for the SBC are not judged. */
export const configuresSbc = ({ args }: Declaration): boolean =>
  args.configureSbc === undefined || args.configureSbc === true
