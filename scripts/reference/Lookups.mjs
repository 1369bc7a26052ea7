// What the lookups send, and under which names their arguments travel: asked of the calls themselves.

import { calls } from '../../dist/provider/lookups/Calls.js'
import { code } from './Markdown.mjs'
import { differences, samples } from './Probe.mjs'
import { emptyList, nothing, sentBy, shown } from './Requests.mjs'

/** @typedef {import('./Requests.mjs').Sent} Sent */
/** @typedef {Readonly<Record<string, unknown>>} Values */
/** @typedef {import('../../dist/provider/Env.js').Program<unknown>} Program */
/** @typedef {{ args: Record<string, import('./Probe.mjs').Codec>, program: (args: Values) => Program }} Call */

/** @param {string} name @returns {Call | undefined} */
const callOf = (name) => /** @type {Record<string, Call | undefined>} */ (/** @type {unknown} */ (calls))[name]

/** Every way that a call may take. @param {Call} call @returns {((args: Values) => Promise<Sent[]>)[]} */
const waysOf = ({ program }) => [
  (args) => sentBy(program(args), emptyList),
  (args) => sentBy(program(args), nothing),
  (args) => sentBy(program(args), emptyList, { sbcDevicesPath: '/{sbcDevicesPath}' })
]

/** @param {Sent[]} sent @returns {string[]} each request once, with everything that its query may have */
const once = (sent) => {
  /** @type {Map<string, Sent>} */
  const found = new Map()
  for (const each of sent) {
    const key = `${each.method} ${each.path}`
    found.set(key, { ...each, query: { ...found.get(key)?.query, ...each.query } })
  }
  return [...found.values()].map(shown)
}

/** @param {string} path within the list of requests @returns {string[]} the name of an argument there */
const place = (path) => {
  const [, part, name] = /^\[\]\.(path$|query\.)(.*)/.exec(path) ?? []
  return part === undefined || name === undefined ? [] : [name === '' ? 'in the path' : code(name)]
}

/**
 * @param {string} name of a function
 * @returns {Promise<{ requests: string[], wire: ReadonlyMap<string, string> } | undefined>} the requests that it may send and
 * the names of its arguments in them; undefined: it is no lookup
 */
export const lookup = async (name) => {
  const call = callOf(name)
  if (call === undefined) return undefined
  const args = Object.entries(call.args).map(([key, codec]) => {
    const [one, two] = samples(key, codec)
    return { key, one, two, required: codec.decode(undefined)._tag === 'Left' }
  })
  /** @param {typeof args} which @returns {Values} */
  const valuesOf = (which) => Object.fromEntries(which.map(({ key, one }) => [key, one]))
  const [all, few] = [valuesOf(args), valuesOf(args.filter(({ required }) => required))]
  const ways = waysOf(call)
  const sent = (await Promise.all([all, few].flatMap((values) => ways.map((way) => way(values))))).flat()
  const named = sent.map((each) => ({
    ...each,
    path: args.reduce((path, { key, one }) => path.replaceAll(String(one), `{${key}}`), each.path)
  }))
  const wire = args.map(async ({ key, two }) => {
    const found = await Promise.all(
      ways.map(async (way) => differences(await way(all), await way({ ...all, [key]: two })))
    )
    return /** @type {const} */ ([key, [...new Set(found.flat().flatMap(place))].join(', ')])
  })
  return { requests: once(named), wire: new Map(await Promise.all(wire)) }
}
