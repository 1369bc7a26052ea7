import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import type { ExecutionMessage } from '../Answers'
import { type Refused, refused } from '../Errors'
import { isGuid } from '../Codecs'
import { type LastOperation, list, managedBy, stateReader, text } from '../State'
import { type ArgKey, type DialPlanArgs, argKeys, defaultDialPlanName, optionKeys } from './Args'

/** What a dial plan has beside its inputs. */
export interface DialPlanComputed {
  /**
   * Prefixes whose tag a read found to be none that was written here. The next update sets them back, and a deletion leaves them alone. Empty after a write.
   */
  readonly changedOutside: ReadonlyArray<string>
  /** What the platform said of the last write. A read leaves it as it is. */
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** The last write. A read leaves it as it is. */
  readonly lastOperation: LastOperation
  /** Origin and path of the platform that holds the dial plan. */
  readonly platform: string
}

/**
 * State of a dial plan: the checked inputs, what is computed, and what the provider needs to know at the next run. After a write without a clear end the
 * rules are those that may be there: one prefix may stand in it with both tags.
 */
export type DialPlanState = DialPlanArgs &
  DialPlanComputed & {
    /** The inputs that the program declares. */
    readonly managedKeys: ReadonlyArray<ArgKey>
    readonly schemaVersion: number
  }

/** What is left of a state that another version wrote, or that an import file holds. */
export type FoundState = Partial<DialPlanState>

/** The inputs that an object declares, without the options that are never sent. */
export const managedKeysOf = managedBy(argKeys, optionKeys)

/** Which dial plan: that of a connection of a customer. */
export interface Address {
  readonly customerGuid: string
  readonly siteGuid: string
  readonly dialPlanName: string
}

export const addressOf = ({ customerGuid, siteGuid, dialPlanName = defaultDialPlanName }: DialPlanArgs): Address => ({
  customerGuid,
  siteGuid,
  dialPlanName
})

/** Id of the resource. */
export const idOf = ({ customerGuid, siteGuid, dialPlanName }: Address): string =>
  `${customerGuid}/${siteGuid}/${dialPlanName}`

/** An id with its uuids in lower case; the name of a dial plan keeps its case. */
export const canonicalId = (given: string): string => {
  const [customerGuid = '', siteGuid, ...name] = given.split('/')
  return [customerGuid.toLowerCase(), ...(siteGuid === undefined ? [] : [siteGuid.toLowerCase()]), ...name].join('/')
}

export const addressFrom = (id: string): E.Either<Refused, Address> => {
  const [customerGuid, siteGuid, dialPlanName = '', ...rest] = id.split('/')
  return isGuid(customerGuid) && isGuid(siteGuid) && dialPlanName !== '' && rest.length === 0
    ? E.right({ customerGuid, siteGuid, dialPlanName })
    : E.left(
        refused(
          'The id is not that of a dial plan',
          'give it as <customerGuid>/<siteGuid>/<dialPlanName>, e.g. 11111111-1111-1111-1111-111111111111/22222222-2222-2222-2222-222222222222/CustDialPlan'
        )
      )
}

/** The state of a dial plan as the engine hands it over. */
export const stateFrom = stateReader<FoundState>(
  argKeys,
  {
    customerGuid: text,
    siteGuid: text,
    dialPlanName: text,
    rules: list(t.type({ prefix: t.string, tag: t.string, name: text })),
    changedOutside: list(t.string)
  },
  ['customerGuid', 'siteGuid']
)
