import * as assert from 'node:assert'
import { type Json, type JsonObject, secretOnTheWire } from '../../support/Json'
import { type ProtocolServer, RpcFailure } from '../../support/ProtocolServer'
import { unknowns } from '../../support/unknowns'

/** The script variables of these tests whose values are secret. */
const secretVariables = ['apiToken', 'Password']

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapped = (object: JsonObject, change: (key: string, value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]: [string, Json]) => [key, change(key, value)]))

const sentinels: readonly Json[] = Object.values(unknowns)

const marked = (value: Json): Json =>
  typeof value === 'string' && !sentinels.includes(value) ? secretOnTheWire(value) : value

/**
 * Properties of a connection in the form in which they must leave the provider: what is secret is marked, and nothing else. A
 * value that is not known yet is none to hide.
 */
const withMarks = (properties: JsonObject): JsonObject =>
  mapped(properties, (key, value) => {
    if (['carrierUserPassword', 'carrierPasswordDpi'].includes(key)) return marked(value)
    if (key !== 'sbcScripts' || !isObject(value)) return value
    return mapped(value, (field, variables) =>
      field === 'customerVariables' && isObject(variables)
        ? mapped(variables, (name, text) => (secretVariables.includes(name) ? marked(text) : text))
        : variables
    )
  })

const [signature = '', kind] = Object.entries(secretOnTheWire(null))[0] ?? []

/** As the engine sends values to a provider that takes no secrets: in clear. */
export const inClear = (value: Json): Json =>
  Array.isArray(value)
    ? (value as readonly Json[]).map(inClear)
    : !isObject(value)
      ? value
      : value[signature] === kind
        ? (value.value ?? null)
        : mapped(value, (_key, item) => inClear(item))

/** What anybody can read of properties in a state: all but what is marked as a secret. */
export const withoutSecrets = (value: Json): Json =>
  Array.isArray(value)
    ? (value as readonly Json[]).map(withoutSecrets)
    : !isObject(value)
      ? value
      : value[signature] === kind
        ? '<secret>'
        : mapped(value, (_key, item) => withoutSecrets(item))

/** The properties in clear; an error when their secrets are not marked, or anything else is. */
const opened = (properties: JsonObject): JsonObject => {
  const plain = inClear(properties) as JsonObject
  assert.deepStrictEqual(properties, withMarks(plain), 'the marks of the secrets in an answer')
  return plain
}

/** The calls to a provider. */
export type Calls = Pick<ProtocolServer, 'check' | 'diff' | 'create' | 'read' | 'update' | 'delete'>

const openedFailure = (error: unknown): never => {
  if (!(error instanceof RpcFailure) || error.initFailed === undefined) throw error
  const { id, properties, reasons } = error.initFailed
  throw new RpcFailure(error.code, error.message, { id, properties: opened(properties), reasons })
}

/**
 * The calls as the engine makes them: it takes the marked secrets of an answer, and sends them back in clear. Every answer with
 * properties is seen to mark its secrets.
 */
export const opening = (server: ProtocolServer): Calls => ({
  check: async (olds, news) => {
    const { inputs, failures } = await server.check(olds, news)
    return { inputs: opened(inputs), failures }
  },
  diff: (id, olds, news) => server.diff(id, olds, news),
  create: async (inputs) => {
    const { id, outs } = await server.create(inputs).catch(openedFailure)
    return { id, outs: opened(outs) }
  },
  read: async (id, olds) => {
    const { props, inputs, ...rest } = await server.read(id, olds)
    return { ...rest, props: opened(props), ...(inputs === undefined ? {} : { inputs: opened(inputs) }) }
  },
  update: async (id, olds, news) => opened(await server.update(id, olds, news).catch(openedFailure)),
  delete: (id, props) => server.delete(id, props)
})
