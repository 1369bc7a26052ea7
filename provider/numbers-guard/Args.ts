import { flag, guid, list, oneOf, text } from '../Codecs'
import type { SecretPlaces } from '../SecretMarks'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** What a program may let go of. */
export type Released = 'numbers'

/** What a program declares of the guard of a customer's numbers. */
export interface NumbersGuardArgs {
  /** The service (customer) that is guarded: a uuid. A change replaces the guard. */
  readonly customerGuid: string
  /** Microsoft tenant of the customer, a uuid. Default: the one that the details of the service name. */
  readonly msTenantId?: string
  /** Names of the SIP connections that are guarded, each once. */
  readonly connections: ReadonlyArray<string>
  /**
   * Whether the guard refuses to be destroyed at all, and with it keeps everything that it depends on. Default: false. It must have been applied as false
   * before the guard is destroyed.
   */
  readonly deletionProtection?: boolean
  /** `["numbers"]`: connections may go although numbers refer to them. It must have been applied before the guard is destroyed. Default: none. */
  readonly allow?: ReadonlyArray<Released>
}

/** Names of the inputs. */
export type ArgKey = keyof NumbersGuardArgs

/** The codec of every input. A value that is not known yet passes. An input without a codec does not compile. */
export const argCodecs: {
  readonly [K in ArgKey]-?: Codec<Exclude<NumbersGuardArgs[K], undefined>>
} = {
  customerGuid: known(guid),
  msTenantId: known(guid),
  connections: known(list('a list of names of SIP connections', known(text('the name of a connection', 128)))),
  deletionProtection: known(flag),
  allow: known(list('a list of "numbers"', known(oneOf<Released>('numbers'))))
}

/** Names of the inputs, in the order of the documentation. */
export const argKeys = Object.keys(argCodecs) as ReadonlyArray<ArgKey>

/** Inputs that a program must declare. */
export const requiredKeys: ReadonlyArray<ArgKey> = ['customerGuid', 'connections']

/** Inputs that steer the provider; all of them steer nothing else. */
export const optionKeys: ReadonlyArray<ArgKey> = ['deletionProtection', 'allow']

/** A guard has no secrets. */
export const secretPlaces: SecretPlaces = { keys: [], bags: [] }
