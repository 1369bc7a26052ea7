import * as E from 'fp-ts/Either'
import { resources } from '../../provider/resources'
import { tokenOf } from '../../provider/schema/Tokens'
import { fakeEngine } from '../plugin/support/FakeEngine'
import { CallFailed } from '../plugin/support/PluginClient'
import { startPlugin } from '../plugin/support/PluginProcess'
import { type JsonObject, secretOnTheWire } from '../support/Json'
import type { Answer, Failure, Host, Kind } from './Host'

/** The packaged plugin, as its executable. */

const secretSettings = ['accessToken', 'clientSecret']

const failureOf = (error: unknown): Failure => {
  if (!(error instanceof CallFailed)) throw error
  const { code, message: text, initFailed } = error
  if (initFailed === undefined) return { code, text, own: {} }
  const { id, properties, reasons } = initFailed
  return { code, text, kept: { id, properties, reasons }, own: {} }
}

const answered = async <A>(call: Promise<A>): Answer<A> =>
  call.then(E.right, (error: unknown) => E.left(failureOf(error)))

const typed = (kind: Kind) => ({ type: tokenOf(resources[kind].type) })

export const pluginHost = async (): Promise<Host> => {
  const engine = await fakeEngine()
  const process = await startPlugin(engine.address)
  const { client } = process
  await client.handshake(engine.address)
  let shown = 0

  return {
    name: 'plugin',
    configure: async (settings, instance = 'default') => {
      const config = Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
          key,
          secretSettings.includes(key) ? secretOnTheWire(value) : value
        ])
      )
      const { failures } = await client.checkConfig(config, instance)
      // The engine would end the run where a failure is told. What the plugin then says of itself must be right all the same.
      await client.configure(config, instance)
      return failures.map(({ reason }) => reason)
    },
    check: (kind, olds, news) => answered(client.check(olds, news, typed(kind))),
    diff: (kind, { id, outputs, inputs }, news) =>
      answered(client.diff(id, outputs, news, { ...typed(kind), oldInputs: inputs })),
    create: (kind, inputs) =>
      answered(client.create(inputs, typed(kind)).then(({ id, outs }) => ({ id, outputs: outs }))),
    read: (kind, id, outputs, inputs) =>
      answered(
        client
          .read(id, outputs, { ...typed(kind), oldInputs: inputs })
          .then((seen) => ({ id: seen.id, outputs: seen.props, inputs: seen.inputs }))
      ),
    update: (kind, { id, outputs, inputs }, news) =>
      answered(client.update(id, outputs, news, { ...typed(kind), oldInputs: inputs })),
    delete: (kind, { id, outputs, inputs }) =>
      answered(client.delete(id, outputs, { ...typed(kind), oldInputs: inputs })),
    preview: (kind, old, news) =>
      answered<JsonObject>(
        old === undefined
          ? client.create(news, { ...typed(kind), preview: true }).then(({ outs }) => outs)
          : client.update(old.id, old.outputs, news, { ...typed(kind), oldInputs: old.inputs, preview: true })
      ),
    notices: () => {
      const lines = engine.lines.slice(shown).filter(({ severity }) => severity === 'warning')
      shown = engine.lines.length
      return Promise.resolve(lines.flatMap(({ text }) => text.split('\n')))
    },
    close: async () => {
      await process.close()
      engine.close()
    }
  }
}
