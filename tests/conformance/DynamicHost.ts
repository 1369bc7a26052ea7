import { setImmediate } from 'node:timers/promises'
import * as E from 'fp-ts/Either'
import { providerText } from '../../sdk/providerText'
import type { Simulator } from '../../simulator'
import { configOf, startRig } from '../protocol/support/Rig'
import type { JsonObject } from '../support/Json'
import { RpcFailure } from '../support/ProtocolServer'
import { type Answer, type Failure, type Host, type Kind, providerKey } from './Host'
import { annotated, opened } from './Marks'

/** Pulumi's dynamic-provider process, and what the engine does to the secrets of a provider that takes none. */

const failureOf = (error: unknown): Failure => {
  if (!(error instanceof RpcFailure)) throw error
  const { code, message: text, initFailed } = error
  if (initFailed === undefined) return { code, text, own: {} }
  const { id, properties, reasons } = initFailed
  return { code, text, kept: { id, properties, reasons }, own: {} }
}

const answered = async <A>(call: Promise<A>): Answer<A> =>
  call.then(E.right, (error: unknown) => E.left(failureOf(error)))

/** What the server prints of the errors of check, diff, read and delete, beside answering with them. */
const isPrintedAgain = (line: string): boolean => line.endsWith(': see the error of the resource')

/** A provider that prints a mark, behind everything that was printed before. */
const marker =
  'exports.handler = () => ({ check: async (olds, news) => { console.error(news.mark); return { inputs: news } } })'

/** @param platform that the process is first configured for */
export const dynamicHost = async (platform: Simulator): Promise<Host> => {
  const rig = await startRig({ platform })
  const { server } = rig
  let configurations = 0
  let [marks, shown] = [0, 0]
  /** A configuration is for texts that are loaded after it, so that every configuration has texts of its own. */
  const loaded = (kind: Kind): string => `${providerText(kind)} // ${configurations}`
  const sent = (kind: Kind, properties: JsonObject): JsonObject => ({
    ...opened(properties),
    [providerKey]: loaded(kind)
  })
  /** As the state would hold it. */
  const kept = (kind: Kind, properties: JsonObject, asked: JsonObject): JsonObject => ({
    ...annotated(properties, asked),
    [providerKey]: providerText(kind)
  })
  const withKept = (kind: Kind, asked: JsonObject): (<A>(end: E.Either<Failure, A>) => E.Either<Failure, A>) =>
    E.mapLeft((failure) => {
      if (failure.kept === undefined) return failure
      const { properties } = failure.kept
      if (properties[providerKey] !== loaded(kind)) throw new Error('without its text the next call finds no code')
      return { ...failure, kept: { ...failure.kept, properties: kept(kind, properties, asked) } }
    })

  return {
    name: 'dynamic',
    configure: async (settings, instance) => {
      configurations += 1
      await server.configure(configOf(settings, instance))
      return []
    },
    check: (kind, olds, news) => {
      const before = Object.keys(olds).length === 0 ? {} : sent(kind, olds)
      return answered(
        server
          .check(before, sent(kind, news))
          .then(({ inputs, failures }) => ({ inputs: kept(kind, inputs, news), failures }))
      )
    },
    diff: (kind, { id, outputs }, news) => answered(server.diff(id, sent(kind, outputs), sent(kind, news))),
    create: async (kind, inputs) =>
      withKept(
        kind,
        inputs
      )(
        await answered(
          server.create(sent(kind, inputs)).then(({ id, outs }) => ({ id, outputs: kept(kind, outs, inputs) }))
        )
      ),
    read: (kind, id, outputs) =>
      answered(
        server.read(id, sent(kind, outputs)).then((seen) => ({
          id: seen.id,
          outputs: kept(kind, seen.props, outputs),
          ...(seen.inputs === undefined ? {} : { inputs: kept(kind, seen.inputs, outputs) })
        }))
      ),
    update: async (kind, { id, outputs }, news) =>
      withKept(
        kind,
        news
      )(
        await answered(server.update(id, sent(kind, outputs), sent(kind, news)).then((outs) => kept(kind, outs, news)))
      ),
    delete: (kind, { id, outputs }) => answered(server.delete(id, sent(kind, outputs))),
    notices: async () => {
      const mark = `[mark ${++marks}]`
      await server.check({}, { [providerKey]: marker, mark })
      while (!server.stderr().endsWith(`${mark}\n`)) await setImmediate()
      const [before, now] = [shown, server.stderr()]
      shown = now.length
      return now
        .slice(before, -mark.length - 1)
        .split('\n')
        .filter((line) => line !== '' && !isPrintedAgain(line))
    },
    close: () => rig.close()
  }
}
