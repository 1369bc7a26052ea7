import * as t from 'io-ts'
import { exactly, flag, integerFrom, list, refine, text } from '../Codecs'
import { isObject } from '../Json'
import type { SecretPlaces } from '../SecretMarks'
import { type Codec, shaped } from '../Shape'
import { hasUnknown, known } from '../Unknowns'
import {
  type SipConnectionArgs,
  argCodecs as connectionCodecs,
  secretPlaces as connectionSecrets
} from '../sip-connection/Args'

/** When changes may be made. */
export interface ChangeWindow {
  /** From this time on (RFC 3339, e.g. `2026-11-24T22:00:00+01:00`). */
  readonly start: string
  /** Before this time (RFC 3339). */
  readonly end: string
}

/** How the changes of a fleet go out. Nothing of it is sent to the platform. */
export interface Rollout {
  /**
   * The connections that go first: how many, or their names. Only when all of them are deployed, and `verify` says so, do the others follow.
   * Default: none.
   */
  readonly canary?: number | ReadonlyArray<string>
  /** Connections in a batch, from 1. Default: all in one. */
  readonly batchSize?: number
  /** Connections that are changed at the same time, from 1; within it the setting `writesPerSbc` holds. Default: 20. */
  readonly maxParallel?: number
  /** Seconds between two batches. Default: 0. */
  readonly pauseBetweenBatches?: number
  /** Seconds between the canary and the question whether it is well. Default: 0. */
  readonly soakSeconds?: number
  /**
   * Asked after the canary, and after every batch that another one follows: a URL (`http://`, `https://`), which must answer with 2xx, or a command of
   * the shell, run in the folder of the program, which must end with 0. The platform tells nothing of registrations; this can. Default: nothing is asked.
   */
  readonly verify?: string
  /** No connection is begun outside of it. Default: at any time. */
  readonly changeWindow?: ChangeWindow
  /** As long as this file exists, no connection is begun, and the rollout ends. A relative path begins at the folder of the program. Default: none. */
  readonly pauseFile?: string
  /** After so many connections have failed no other is begun, from 1. Default: all are tried. */
  readonly stopAfterFailures?: number
}

/** What a run may change at most; more is an error before anything is sent. */
export interface Limits {
  /**
   * Connections that a run deletes, a move to another customer included. 0: none at all. The value of the last run also holds where the whole fleet is to be
   * deleted.
   */
  readonly maxDeletes?: number
  /** Connections that a run creates, changes or deletes. 0: none at all. */
  readonly maxChanges?: number
  /** Connections that a run creates, changes or deletes on one SBC. One that moves to another SBC counts on both. 0: none at all. */
  readonly maxChangesPerSbc?: number
  /**
   * CAC sessions of an SBC by its id: the sum over the connections of the fleet on it, read from `cacProfile` (`10 sessions`). A profile without a number
   * is told as not counted.
   */
  readonly cacSessionsPerSbc?: Readonly<Record<string, number>>
}

/** What a program declares of one connection of a fleet. */
export type FleetEntry = Partial<SipConnectionArgs>

/** What a program declares of a fleet. */
export interface SipConnectionFleetArgs {
  /** Inputs of every connection that does not declare them itself. Default: none. */
  readonly defaults?: FleetEntry
  /**
   * The connections by a name of the program's own choice, 1 to 10,000. With `defaults` each must declare what a `SipConnection` must. Another name for the
   * same connection (`customerGuid` and `siteName`) changes nothing on the platform.
   */
  readonly connections: Readonly<Record<string, FleetEntry>>
  /** How changes go out. Default: all at once, 20 at a time. */
  readonly rollout?: Rollout
  /** What a run may change at most. Default: no limit. */
  readonly limits?: Limits
  /** Takes over connections that exist already, exactly the declared ones. Default: false, which makes such a connection an error. */
  readonly adopt?: boolean
}

export type FleetKey = keyof SipConnectionFleetArgs

/** The most that a fleet can hold. */
export const maxConnections = 10_000

const seconds = refine('a number of seconds from 0', t.number, (n) =>
  Number.isFinite(n) && n >= 0 ? undefined : 'expected a number of seconds from 0'
)

/** RFC 3339 with a time zone: a time without one means another moment on every machine. */
const moment = refine('a time (RFC 3339)', t.string, (s) =>
  /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(s) && !Number.isNaN(Date.parse(s))
    ? undefined
    : 'expected a time with its zone such as 2026-11-24T22:00:00+01:00 (RFC 3339)'
)

const changeWindow = refine(
  'an object with start and end',
  exactly('an object with start and end', { start: known(moment), end: known(moment) }, {}),
  ({ start, end }) => (Date.parse(start) >= Date.parse(end) ? 'its end is not after its start' : undefined)
) as Codec<ChangeWindow>

const canary: Codec<number | ReadonlyArray<string>> = shaped(
  new t.Type<number | ReadonlyArray<string>, unknown, unknown>(
    'a number from 1, or a list of names',
    (u): u is number | ReadonlyArray<string> => typeof u === 'number' || Array.isArray(u),
    (u, context) =>
      Array.isArray(u) && u.length > 0
        ? list('a list of names of connections', known(text('the name of a connection', 200))).validate(u, context)
        : typeof u === 'number' && Number.isInteger(u) && u >= 1
          ? t.success(u)
          : t.failure(u, context, 'expected a whole number from 1, or a list with names of connections'),
    t.identity
  ),
  { _tag: 'OneOf', shapes: [{ _tag: 'Whole' }, { _tag: 'List', item: { _tag: 'Text' } }] }
)

const rollout: Codec<Rollout> = exactly(
  'an object that says how changes go out',
  {},
  {
    canary: known(canary),
    batchSize: known(integerFrom(1)),
    maxParallel: known(integerFrom(1)),
    pauseBetweenBatches: known(seconds),
    soakSeconds: known(seconds),
    verify: known(text('a command or a URL', 4096)),
    changeWindow: known(changeWindow),
    pauseFile: known(text('the path of a file', 4096)),
    stopAfterFailures: known(integerFrom(1))
  }
)

const sessions: Codec<Readonly<Record<string, number>>> = shaped(
  new t.Type<Readonly<Record<string, number>>, unknown, unknown>(
    'an object of whole numbers by the id of an SBC',
    t.record(t.string, t.number).is,
    (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u))
        return t.failure(u, context, 'expected an object of whole numbers by the id of an SBC')
      const faults = Object.entries(u).flatMap(([sbcId, most]) => {
        const said = !/^[1-9]\d*$/.test(sbcId)
          ? 'is not the id of an SBC (a whole number from 1)'
          : Number.isInteger(most) && (most as number) >= 0
            ? undefined
            : 'expected a whole number from 0'
        return said === undefined || hasUnknown(most)
          ? []
          : [{ value: undefined, context: t.appendContext(context, sbcId, t.number), message: said }]
      })
      return faults.length > 0 ? t.failures(faults) : t.success(u as Readonly<Record<string, number>>)
    },
    t.identity
  ),
  { _tag: 'Map', value: { _tag: 'Whole' } }
)

const limits: Codec<Limits> = exactly(
  'an object that says what a run may change at most',
  {},
  {
    maxDeletes: known(integerFrom(0)),
    maxChanges: known(integerFrom(0)),
    maxChangesPerSbc: known(integerFrom(0)),
    cacSessionsPerSbc: known(sessions)
  }
)

/** Its fields are judged by the check of a connection, with the defaults in their places. */
const entry: Codec<FleetEntry> = shaped(
  new t.Type<FleetEntry, unknown, unknown>(
    'an object with the inputs of a connection',
    (u): u is FleetEntry => isObject(u),
    (u, context) =>
      isObject(u)
        ? t.success(u as FleetEntry)
        : t.failure(u, context, 'expected an object with the inputs of a connection'),
    t.identity
  ),
  {
    _tag: 'Fields',
    fields: Object.fromEntries(
      Object.entries(connectionCodecs).map(([key, { shape }]) => [key, { shape, required: false }])
    )
  }
)

const connections: Codec<Readonly<Record<string, FleetEntry>>> = shaped(
  new t.Type<Readonly<Record<string, FleetEntry>>, unknown, unknown>(
    'an object of connections by their names',
    (u): u is Readonly<Record<string, FleetEntry>> => t.UnknownRecord.is(u),
    (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u))
        return t.failure(u, context, 'expected an object of connections by their names')
      const names = Object.keys(u)
      if (names.length === 0)
        return t.failure(
          u,
          context,
          'has no connection; declare one, or remove the fleet (which deletes its connections)'
        )
      return names.length > maxConnections
        ? t.failure(u, context, `has ${names.length} connections; at most ${maxConnections} are allowed in one fleet`)
        : t.record(t.string, known(entry)).validate(u, context)
    },
    t.identity
  ),
  { _tag: 'Map', value: entry.shape }
)

/** The codec of every input; one without a codec does not compile. */
export const fleetCodecs: { readonly [K in FleetKey]-?: Codec<Exclude<SipConnectionFleetArgs[K], undefined>> } = {
  defaults: known(entry),
  connections: known(connections),
  rollout: known(rollout),
  limits: known(limits),
  adopt: known(flag)
}

export const fleetKeys = Object.keys(fleetCodecs) as ReadonlyArray<FleetKey>

export const fleetRequired: ReadonlyArray<FleetKey> = ['connections']

/** Where a fleet has secrets: where its connections have them. `*` is every name. */
export const fleetSecrets: SecretPlaces = {
  keys: [],
  bags: [],
  within: [
    { path: ['defaults'], places: connectionSecrets },
    { path: ['connections', '*'], places: connectionSecrets }
  ]
}
