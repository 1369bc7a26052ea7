import type { ClearWith, ModifyBody, Settings, SiteIdPlacement } from '../../../provider/Settings'

/** A way to send Modify. */
export interface Form {
  readonly siteIdPlacement: SiteIdPlacement
  readonly modifyBody: ModifyBody
}

export const placements: ReadonlyArray<SiteIdPlacement> = ['path', 'query', 'body']
export const bodies: ReadonlyArray<ModifyBody> = ['fields', 'scriptParameters']
export const clearings: ReadonlyArray<ClearWith> = ['empty', 'null']

const first = <A>(wanted: A, all: ReadonlyArray<A>): ReadonlyArray<A> => [
  wanted,
  ...all.filter((each) => each !== wanted)
]

/**
 * The forms in the order in which they are tried: the configured one first, then those that name the site most plainly.
 *
 * None of them can reach another connection, as far as that is in a client's power. Every one names the customer in the path, and in the
 * body the name of the connection, which is made sure of being its only one at the customer; and it carries the values that the connection
 * has already, so that it changes nothing where it is taken. `path` where the id is expected elsewhere is an address that does not exist, or
 * one whose id is not looked at. `query` and `body` where it is expected in the path are a `PATCH` to the collection without the id that
 * it wants: 404, 405 or 400. A server that finds the connection by its name in the body, as one reading of the documentation has it, finds
 * the right one in every form. What is left is a server that changes a whole collection; so after every `PATCH`, also after a refused
 * one, the other connections of the customer are looked at before anything else is sent.
 */
export const forms = ({ siteIdPlacement, modifyBody }: Settings): ReadonlyArray<Form> =>
  first(siteIdPlacement, placements).flatMap((placement) =>
    first(modifyBody, bodies).map((body) => ({ siteIdPlacement: placement, modifyBody: body }))
  )

/** Both ways to clear a text, the configured one first. */
export const waysToClear = ({ clearWith }: Settings): ReadonlyArray<ClearWith> => first(clearWith, clearings)

export const formText = ({ siteIdPlacement, modifyBody }: Form): string =>
  `siteIdPlacement ${siteIdPlacement}, modifyBody ${modifyBody}`
