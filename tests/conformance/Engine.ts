import * as E from 'fp-ts/Either'
import { sameJson } from '../../provider/Json'
import type { JsonObject } from '../support/Json'
import { type Compared, type Failure, type Host, type Kept, type Kind, providerKey } from './Host'
import { opened } from './Marks'

/** The part of Pulumi's engine that decides what a host is asked, and what of its answers is kept. One resource. */

/** What the engine has in its state. */
export interface Entry extends Kept {
  /** The last write failed in part, so that the next run updates it whatever the diff says. */
  readonly failed: boolean
}

/** What a command did. */
export type Does =
  'created' | 'updated' | 'replaced' | 'deleted' | 'changed' | 'nothing' | 'refused' | 'failed' | 'found'

export interface Ended {
  readonly entry: Entry | undefined
  readonly does: Does
  /** The error, or what the check refuses, line by line. */
  readonly says: readonly string[]
  /** The gRPC status of the error. */
  readonly code?: number
  readonly diff?: Compared & { readonly before: JsonObject; readonly after: JsonObject }
  /** Keys that a preview knows before the write. */
  readonly previewed?: readonly string[]
  /** What one of the hosts alone tells. */
  readonly own?: JsonObject
}

const withoutProvider = ({ [providerKey]: _text, ...properties }: JsonObject): JsonObject => properties

const linesOf = (text: string): readonly string[] => text.split('\n')

const failed = (entry: Entry | undefined, { code, text, own }: Failure): Ended => ({
  entry,
  does: 'failed',
  says: linesOf(text),
  code,
  own
})

/** The answer to a write, as the engine keeps it. */
const partOf = (failure: Failure, inputs: JsonObject, before: Entry | undefined): Ended => {
  const { kept } = failure
  if (kept === undefined) return failed(before, failure)
  const { id, properties: outputs, reasons } = kept
  if (!sameJson(reasons, [failure.text])) throw new Error('the reasons are not what the error says')
  return failed({ id, inputs, outputs, failed: true }, failure)
}

export const create = async (host: Host, kind: Kind, inputs: JsonObject): Promise<Ended> => {
  const end = await host.create(kind, inputs)
  return E.isLeft(end)
    ? partOf(end.left, inputs, undefined)
    : { entry: { ...end.right, inputs, failed: false }, does: 'created', says: [] }
}

const update = async (host: Host, kind: Kind, entry: Entry, inputs: JsonObject): Promise<Ended> => {
  const end = await host.update(kind, entry, inputs)
  return E.isLeft(end)
    ? partOf(end.left, entry.inputs, entry)
    : { entry: { id: entry.id, inputs, outputs: end.right, failed: false }, does: 'updated', says: [] }
}

export const destroy = async (host: Host, kind: Kind, entry: Entry): Promise<Ended> => {
  const end = await host.delete(kind, entry)
  return E.isLeft(end) ? failed(entry, end.left) : { entry: undefined, does: 'deleted', says: [] }
}

/** What is wrong with the inputs of a program, or the inputs as they go on. */
const checked = async (
  host: Host,
  kind: Kind,
  entry: Entry | undefined,
  olds: JsonObject,
  args: JsonObject
): Promise<E.Either<Ended, JsonObject>> => {
  const end = await host.check(kind, olds, args)
  if (E.isLeft(end)) return E.left(failed(entry, end.left))
  const { inputs, failures } = end.right
  if (failures.length === 0) return E.right(inputs)
  if (failures.some(({ property }) => property !== ''))
    throw new Error('a failure names a property, which is then shown')
  return E.left({ entry, does: 'refused', says: failures.map(({ reason }) => reason) })
}

const replace = async (host: Host, kind: Kind, entry: Entry, args: JsonObject): Promise<Ended> => {
  const anew = await checked(host, kind, entry, {}, args)
  if (E.isLeft(anew)) return anew.left
  const gone = await destroy(host, kind, entry)
  if (gone.does === 'failed') return gone
  const made = await create(host, kind, anew.right)
  return made.does === 'created' ? { ...made, does: 'replaced' } : made
}

type Next = 'create' | 'update' | 'replace' | 'nothing'

/** What a run does next. */
interface Planned {
  readonly inputs: JsonObject
  readonly next: Next
  readonly diff?: NonNullable<Ended['diff']>
}

const plan = async (
  host: Host,
  kind: Kind,
  entry: Entry | undefined,
  args: JsonObject
): Promise<E.Either<Ended, Planned>> => {
  const news = await checked(host, kind, entry, entry?.inputs ?? {}, args)
  if (E.isLeft(news)) return news
  const inputs = news.right
  if (entry === undefined) return E.right({ inputs, next: 'create' })
  const compared = await host.diff(kind, entry, inputs)
  if (E.isLeft(compared)) return E.left(failed(entry, compared.left))
  const { changes, replaces, deleteBeforeReplace } = compared.right
  const [before, after] = [entry.inputs, inputs].map((each) => withoutProvider(opened(each))) as [
    JsonObject,
    JsonObject
  ]
  const isSame = changes === 'none' || (changes === 'unknown' && sameJson(before, after))
  if (replaces.length > 0 && !deleteBeforeReplace) throw new Error('this engine deletes before it replaces')
  const next = !isSame && replaces.length > 0 ? 'replace' : isSame && !entry.failed ? 'nothing' : 'update'
  return E.right({ inputs, next, diff: { ...compared.right, before, after } })
}

export const up = async (host: Host, kind: Kind, entry: Entry | undefined, args: JsonObject): Promise<Ended> => {
  const planned = await plan(host, kind, entry, args)
  if (E.isLeft(planned)) return planned.left
  const { inputs, next, diff } = planned.right
  const done = await (entry === undefined || next === 'create'
    ? create(host, kind, inputs)
    : next === 'update'
      ? update(host, kind, entry, inputs)
      : next === 'replace'
        ? replace(host, kind, entry, args)
        : Promise.resolve<Ended>({ entry: { ...entry, inputs }, does: 'nothing', says: [] }))
  return { ...done, ...(diff === undefined ? {} : { diff }) }
}

/** A run that only shows what it would do. */
export const preview = async (host: Host, kind: Kind, entry: Entry | undefined, args: JsonObject): Promise<Ended> => {
  const planned = await plan(host, kind, entry, args)
  if (E.isLeft(planned)) return planned.left
  const { inputs, next, diff } = planned.right
  const does = ({ create: 'created', update: 'updated', replace: 'replaced', nothing: 'nothing' } as const)[next]
  const outputs =
    next === 'nothing' ? undefined : await host.preview?.(kind, next === 'update' ? entry : undefined, inputs)
  if (outputs !== undefined && E.isLeft(outputs)) return failed(entry, outputs.left)
  return {
    entry,
    does,
    says: [],
    ...(diff === undefined ? {} : { diff }),
    ...(outputs === undefined ? {} : { previewed: Object.keys(withoutProvider(outputs.right)) })
  }
}

export const refresh = async (host: Host, kind: Kind, entry: Entry): Promise<Ended> => {
  const end = await host.read(kind, entry.id, entry.outputs, entry.inputs)
  if (E.isLeft(end)) return failed(entry, end.left)
  const { id, outputs, inputs = entry.inputs } = end.right
  if (id === '') return { entry: undefined, does: 'deleted', says: [] }
  const next = { id, outputs, inputs, failed: false }
  // What was found is compared with what was there, to show it.
  const shown = await host.diff(kind, next, entry.inputs)
  if (E.isLeft(shown)) return failed(entry, shown.left)
  return { entry: next, does: sameJson({ ...next, failed: entry.failed }, entry) ? 'nothing' : 'changed', says: [] }
}

/** A look at what the program does not manage (`get`). */
export const get = async (host: Host, kind: Kind, id: string, args: JsonObject): Promise<Ended> => {
  const end = await host.read(kind, id, args, {})
  if (E.isLeft(end)) return failed(undefined, end.left)
  const { outputs, inputs = {} } = end.right
  return { entry: { id: end.right.id, outputs, inputs, failed: false }, does: 'found', says: [] }
}

/** A resource of an import file that names inputs and outputs: the host is asked for nothing but a check. */
export const imported = async (host: Host, kind: Kind, { id, inputs, outputs }: Kept): Promise<Ended> => {
  const news = await checked(host, kind, undefined, {}, inputs)
  return E.isLeft(news) ? news.left : { entry: { id, inputs, outputs, failed: false }, does: 'created', says: [] }
}
