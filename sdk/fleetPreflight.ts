import * as pulumi from '@pulumi/pulumi'
import type * as Host from '../provider/preflight/LiveFleet'
import { isBag, isKnownText, keys, lookAt, mayReplace, orUnknown, scriptIds, valueOf, warn } from './preflight'
import { lastOutputs } from './preflightRuntime'

/**
 * The preflight of fleets: a preview holds every connection that it would create or change against the platform. Which ones these are depends on the state of
 * the last run: the plan is the provider's own, made of it once more.
 */

/** Loaded by the first fleet that a preview would create or change. */
const host = (): typeof Host => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../provider/preflight/LiveFleet') as typeof Host
}

type Given = Readonly<Record<string, unknown>>

/** What the plan is made of. */
const inputKeys = ['defaults', 'connections', 'adopt'] as const

const unread =
  'the state of the last run cannot be read, which tells what is new: the connections were not held against the platform'

/** A fleet as the engine gave it back. */
interface Registered {
  readonly urn: unknown
  /** Whether the run makes it. */
  readonly isNew: boolean
  /** Whether the run leaves it as it is. */
  readonly isUnchanged: boolean
  readonly inputs: Given
}

/** A value in which what is not known yet stands as the text that the provider takes for that. */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : isBag(value) && !pulumi.isUnknown(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
      : orUnknown(value)

const registered = async (resource: pulumi.CustomResource): Promise<Registered> => {
  const outputs = resource as unknown as Given
  const [urn, id, platform, ...values] = await Promise.all(
    [resource.urn, resource.id, outputs['platform'], ...inputKeys.map((key) => outputs[key])].map(valueOf)
  )
  return {
    urn,
    isNew: !isKnownText(id),
    isUnchanged: isKnownText(platform),
    inputs: Object.fromEntries(inputKeys.map((key, at) => [key, plain(values[at])]))
  }
}

/** What is looked at of an entry, or of the defaults. */
const lookedAt = (entry: unknown): Given =>
  isBag(entry)
    ? Object.fromEntries(
        keys.map((key) => [key, key === 'sbcScripts' || key === 'm365Scripts' ? scriptIds(entry[key]) : entry[key]])
      )
    : {}

const lookedAtIn = ({ defaults, connections }: Given): Given => ({
  defaults: lookedAt(defaults),
  connections: isBag(connections)
    ? Object.fromEntries(Object.entries(connections).map(([name, entry]) => [name, lookedAt(entry)]))
    : {}
})

/** The outputs in what the program declares, and the values that they have. */
const outputsIn = (given: unknown, had: unknown): ReadonlyArray<readonly [pulumi.Output<unknown>, unknown]> => {
  if (pulumi.Output.isInstance(given)) return [[given, had]]
  if (given instanceof Promise) return [[pulumi.output(given), had]]
  return isBag(given) && isBag(had) ? Object.entries(given).flatMap(([key, part]) => outputsIn(part, had[key])) : []
}

const textsIn = (value: unknown): ReadonlyArray<string> =>
  isBag(value)
    ? Object.values(value).flatMap(textsIn)
    : typeof value === 'string' || typeof value === 'number'
      ? [String(value)]
      : []

/** Values that are secret, as texts: those that the program itself declares as secret. */
const secretsOf = async (args: Given, inputs: Given): Promise<ReadonlyArray<string>> => {
  const texts = outputsIn(args, lookedAtIn(inputs)).map(async ([output, had]) =>
    (await pulumi.isSecret(output)) ? textsIn(had) : []
  )
  return (await Promise.all(texts)).flat()
}

/**
 * Looks at the connections of a fleet that a preview registers, and says what does not fit. It throws nothing, and the program waits for it no longer than for
 * two exchanges with the platform.
 *
 * @param resource the fleet, registered
 * @param type its type token
 * @param name its name in the program
 */
export const preflightFleet = (
  resource: pulumi.CustomResource,
  type: string,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions
): void => {
  lookAt(
    { resource, type, opts },
    () => registered(resource),
    ({ isUnchanged }) => !isUnchanged,
    async ({ inputs, isNew, urn }, { sources, mode, ofRun, board }) => {
      const state = isNew ? {} : await lastOutputs(ofRun, String(urn))
      // Without it nobody knows which connections are new: those that are there would all be taken names.
      if (state === undefined) {
        board.note(resource, name, mode, { findings: [], notices: [unread], troubles: [] }, 'fleet')
        return
      }
      const secrets = await secretsOf(args as Given, inputs)
      const asked = { state, inputs, mayReplace: mayReplace(opts), secrets, sources, run: ofRun, warn }
      const { findings, notices, troubles } = await host().inspectFleet(asked)
      board.note(resource, name, mode, { findings, notices: [], troubles }, 'fleet')
      for (const [notice, entries] of notices)
        board.note(resource, `${name}: ${entries}`, mode, { findings: [], notices: [notice], troubles: [] }, 'fleet')
    }
  )
}
