import * as E from 'fp-ts/Either'
import { isObject } from '../../provider/Json'
import { unpacked } from '../../provider/Packed'
import { inClear, isMarked } from '../../provider/SecretMarks'
import { secretKind, signature } from '../../provider/Signature'
import { foundOf } from '../../provider/fleet/Fleet'
import type { Standing } from '../../provider/fleet/Plan'
import { type FoundFleet, type Pending, standingOf, stateFrom } from '../../provider/fleet/State'
import { ofKind } from '../report/Kinds'
import type { Ours, Pending as Undone, Resource } from '../state/StackExport'
import { parseUrn } from '../state/Urn'

/** A fleet is compared connection by connection: each has a place of its own in the report, and an error of one is none of the others. */

type Properties = Readonly<Record<string, unknown>>

const isSecret = (value: unknown): value is Properties => isObject(value) && signature in value

/** A secret of the export in clear; none where it stays encrypted. */
const clearOf = (value: unknown): unknown => {
  const text = isSecret(value) ? value.plaintext : undefined
  return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined
}

const secret = (value: unknown): Properties => ({ [signature]: secretKind, plaintext: JSON.stringify(value) })

/** Any input of a connection that is not as declared may be a secret of the program: the state keeps all of them as one. */
const withSecretArgs = (pending: Readonly<Record<string, Pending>>): Properties =>
  Object.fromEntries(
    Object.entries(pending).map(([name, { args, ...rest }]) => [
      name,
      args === undefined
        ? rest
        : { ...rest, args: Object.fromEntries(Object.entries(args).map(([key, value]) => [key, secret(value)])) }
    ])
  )

/** The outputs of a fleet with what is a secret as a whole opened where the export shows it. Connections that are no longer declared are left out. */
const opened = (outputs: Properties): Properties => {
  const packed = clearOf(outputs.packed)
  const { leftovers: _leftovers, ...whole } = packed === undefined ? outputs : unpacked({ ...outputs, packed })
  const pending = isMarked(whole.pending) ? inClear(whole.pending) : clearOf(whole.pending)
  return pending === undefined
    ? whole
    : { ...whole, pending: withSecretArgs(pending as Readonly<Record<string, Pending>>) }
}

/** The properties that tell of connections; the engine, the provider or the program may have made one of them a secret as a whole. */
const telling = ['packed', 'defaults', 'connections', 'siteGuids', 'pending']

/** Whether a fleet keeps its connections to itself. */
export const isLocked = ({ outputs = {} }: Resource): boolean => {
  const properties = opened(outputs)
  return telling.some((key) => isSecret(properties[key]))
}

/** The state of a fleet; none where it is encrypted, or not understood. Single secrets stay as the export has them. */
const stateOf = (fleet: Resource): FoundFleet | undefined => {
  const state = stateFrom(opened(fleet.outputs ?? {}))
  return E.isRight(state) && !isLocked(fleet) ? state.right : undefined
}

const connectionOf = (fleet: Resource, state: FoundFleet, standing: Standing): Resource => ({
  ...fleet,
  kind: 'sipConnection',
  urn: `${fleet.urn}/${standing.name}`,
  id: standing.siteGuid,
  inputs: {},
  outputs: { ...foundOf(standing, state), schemaVersion: state.schemaVersion }
})

const connectionsOf = (fleet: Resource, state: FoundFleet): ReadonlyArray<Resource> =>
  standingOf(state)
    .filter(({ isMade }) => isMade)
    .map((standing) => connectionOf(fleet, state, standing))

const unfinished = ({ urn, kind }: Resource, { lastOperation }: FoundFleet): ReadonlyArray<Undone> =>
  lastOperation === undefined || lastOperation.outcome === 'ok'
    ? []
    : [
        {
          ...ofKind(kind),
          name: parseUrn(urn).name,
          what: `the last ${lastOperation.kind} ended ${lastOperation.outcome}`
        }
      ]

/** What the state holds, with the connections of fleets in the places of the fleets. A fleet whose state cannot be read stays as it is. */
export const withConnections = (ours: Ours): Ours => {
  const states = new Map(
    ours.managed.flatMap((each) => {
      const state = each.kind === 'sipConnectionFleet' ? stateOf(each) : undefined
      return state === undefined ? [] : [[each, state] as const]
    })
  )
  return {
    ...ours,
    managed: ours.managed.flatMap((each) => {
      const state = states.get(each)
      return state === undefined ? [each] : connectionsOf(each, state)
    }),
    pending: [...[...states].flatMap(([fleet, state]) => unfinished(fleet, state)), ...ours.pending]
  }
}
