import type { Properties } from './Properties'

/** An error as a call is answered with it: a text, and never a stack. */
export interface Fault {
  readonly text: string
  /** What the engine must keep although the call failed: the thing exists. */
  readonly kept?: {
    readonly id: string
    readonly properties: Properties
  }
}
