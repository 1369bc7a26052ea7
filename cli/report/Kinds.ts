import type { Resource } from '../../provider/Resource'
import { resources as registered } from '../../provider/resources'
import { amount } from './Values'

/**
 * The resources of the package as the reports name and count them. A report is about SIP connections; where there are other resources too, they come
 * before them, and their kind stands beside their name.
 */

/** A resource by its name in the registry. */
export type Kind = keyof typeof registered

export const resources: Readonly<Record<Kind, Resource>> = registered

/** What is reported of: a SIP connection where no kind stands. */
export interface OfKind {
  readonly kind?: Kind
}

export const ofKind = (kind: Kind): OfKind => (kind === 'sipConnection' ? {} : { kind })

const all = Object.keys(registered) as ReadonlyArray<Kind>

const belongsToCustomer = (kind: Kind): boolean => 'customerGuid' in resources[kind].inputs.codecs

/** The kinds in the order in which they are told: services, what else belongs to them, and connections. */
export const kinds: ReadonlyArray<Kind> = [
  ...all.filter((kind) => !belongsToCustomer(kind)),
  ...all.filter((kind) => belongsToCustomer(kind) && kind !== 'sipConnection'),
  'sipConnection'
]

/** What a resource is called: `SIP connection`, and in short `connection`. */
export const wordsOf = (kind: Kind = 'sipConnection'): { readonly noun: string; readonly short: string } =>
  resources[kind].subject('read', {}).thing ?? { noun: 'SIP connection', short: 'connection' }

/** A name in a report, with what it is the name of unless that is a connection. */
export const titleOf = ({ name, kind }: OfKind & { readonly name: string }): string =>
  kind === undefined ? name : `${name} (${wordsOf(kind).noun})`

/** Whether a report is about connections alone, and needs no word for what they are. */
export const areConnections = (told: ReadonlyArray<OfKind>): boolean => told.every(({ kind }) => kind === undefined)

/** What is reported of by its kind; only kinds that occur. */
export const byKind = <A extends OfKind>(told: ReadonlyArray<A>): ReadonlyArray<readonly [Kind, ReadonlyArray<A>]> =>
  kinds
    .map((kind) => [kind, told.filter((each) => (each.kind ?? 'sipConnection') === kind)] as const)
    .filter(([, members]) => members.length > 0)

/** `1 dial plan, 4 SIP connections`. */
export const amounts = (told: ReadonlyArray<OfKind>): string =>
  byKind(told)
    .map(([kind, { length }]) => amount(length, wordsOf(kind).noun))
    .join(', ')
