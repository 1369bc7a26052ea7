import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, optional } from '../../provider/Decode'
import { isObject } from '../../provider/Json'
import { nameOf, parseJson } from '../report/Input'
import { type Kind, type OfKind, ofKind } from '../report/Kinds'
import { kindOf, parseUrn, providerUrn } from './Urn'

/** What `pulumi stack export` prints, as far as the tools need it. */

const properties = optional(t.UnknownRecord)

const Listed = t.type({
  urn: t.string,
  type: t.string,
  id: optional(t.string),
  /** Read by a program (`get`), not made by it. */
  external: optional(t.boolean),
  /** Of two with one URN the one that is to be deleted. */
  delete: optional(t.boolean),
  provider: optional(t.string),
  inputs: properties,
  outputs: properties
})

const Deployment = t.type({
  resources: optional(t.array(Listed)),
  pending_operations: optional(t.array(t.type({ type: t.string, resource: t.type({ urn: t.string, type: t.string }) })))
})

const StackExport = t.type({ deployment: optional(Deployment) })

/** A resource of ours. */
export interface Resource extends t.TypeOf<typeof Listed> {
  readonly kind: Kind
}

/** What a run has left undone. */
export interface Pending extends OfKind {
  readonly name: string
  readonly what: string
}

/** What the state holds of our resources. */
export interface Ours {
  readonly stack: string
  readonly project: string
  /** Made by the program, and not on their way out. */
  readonly managed: ReadonlyArray<Resource>
  /** Read by the program (`get`). */
  readonly lookedAt: number
  /** What a run has left undone: a sentence each. */
  readonly pending: ReadonlyArray<Pending>
  /** Inputs of the provider instance that a resource names. */
  readonly providerOf: (resource: Resource) => Readonly<Record<string, unknown>> | undefined
}

const what = 'output of "pulumi stack export"'

const other = (json: unknown): string | undefined => {
  if (!isObject(json)) return 'it is JSON, but no object'
  if ('checkpoint' in json) return 'it is a file of the state backend itself; export it with "pulumi stack export"'
  if ('steps' in json || 'changeSummary' in json) return 'it is that of "pulumi preview --json"'
  return 'deployment' in json ? undefined : 'it has no deployment'
}

const pendingOf = (kind: Kind, urn: string, what: string): Pending => ({
  ...ofKind(kind),
  name: parseUrn(urn).name,
  what
})

/** Reads an export; the error says what the text is instead, without any of its values. */
export const parseExport = (text: string, file: string): Ours => {
  const json = parseJson(text, file, what)
  const stranger = other(json)
  if (stranger !== undefined) throw new Error(`${nameOf(file)} is no ${what}: ${stranger}.`)
  const decoded = decode(StackExport, json)
  if (E.isLeft(decoded)) throw new Error(`${nameOf(file)} is no ${what}: ${decoded.left.slice(0, 3).join('; ')}.`)
  const { resources = [], pending_operations: pending = [] } = decoded.right.deployment ?? {}
  const ours = resources.flatMap((resource) => {
    const kind = kindOf(resource.type)
    return kind === undefined ? [] : [{ ...resource, kind }]
  })
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  const { stack, project } = parseUrn(resources[0]?.urn ?? '')
  return {
    stack,
    project,
    managed: ours.filter((resource) => resource.external !== true && resource.delete !== true),
    lookedAt: ours.filter(({ external }) => external === true).length,
    pending: [
      ...ours
        .filter((resource) => resource.delete === true)
        .map(({ kind, urn }) => pendingOf(kind, urn, 'a former one waits for its deletion')),
      ...pending.flatMap(({ type, resource: { urn, type: token } }) => {
        const kind = kindOf(token)
        return kind === undefined ? [] : [pendingOf(kind, urn, `was interrupted while ${type}`)]
      })
    ],
    providerOf: ({ provider }) => (provider === undefined ? undefined : byUrn.get(providerUrn(provider))?.inputs)
  }
}
