// Under which names the inputs of a resource travel: asked of the calls that carry them.

import { differences, leaves, samples, withOther } from './Probe.mjs'

/** @typedef {import('./Probe.mjs').Codec} Codec */
/** @typedef {Readonly<Record<string, unknown>>} Values */
/** @typedef {{ key: string, path: string, changed: Values }} Place an input or a field within it, and all inputs with another value there */
/** @typedef {{ all: Values, others: Values, places: Place[] }} Samples all inputs with a value, and with another one */
/**
 * @typedef {{ heading: string, page?: string, write: (args: Values) => Promise<unknown> }} Way a call that carries inputs;
 * `page`: that of the vendor
 */
/** @typedef {{ input: string, names: string[][] }} Row the names of an input, none where a call does not carry it */

/** @param {Readonly<Record<string, Codec>>} codecs @returns {Samples} */
export const samplesOf = (codecs) => {
  const sampled = Object.entries(codecs).map(([key, codec]) => ({ key, values: samples(key, codec) }))
  /** @param {0 | 1} which @returns {Values} */
  const allOf = (which) => Object.fromEntries(sampled.map(({ key, values }) => [key, values[which]]))
  const [all, others] = [allOf(0), allOf(1)]
  const places = sampled.flatMap(({ key }) => {
    const [mine, other] = [all[key], others[key]]
    // A list of single values is one value.
    const single = Array.isArray(mine) && typeof mine[0] !== 'object'
    const within = single ? [{ keys: [], path: '', value: other }] : leaves(other)
    return within.map(({ keys, value }) => ({
      key,
      path: [key, ...keys].join('.').replaceAll('.[]', '[]'),
      changed: { ...all, [key]: withOther(mine, keys, value) }
    }))
  })
  return { all, others, places }
}

/** @param {Way} way @param {Values} all @param {Values} changed @returns {Promise<string[]>} the names of what changes in a call */
const namesIn = async ({ write }, all, changed) =>
  differences(await write(all), await write(changed)).map((name) => name.replace(/^\[\]\.((body|query)\.)?/, ''))

/** Other values for a part of an answer, one of which is of the right type. @param {unknown} value @returns {unknown[]} */
export const alternatives = (value) =>
  typeof value === 'number'
    ? [value + 1]
    : typeof value === 'boolean'
      ? [!value]
      : ['another.example.net', 'aaaaaaaa-0000-4000-8000-00000000000e', 77, true]

/**
 * @param {unknown} answer a complete one
 * @param {(answer: unknown) => Promise<unknown>} told the inputs that an answer tells; undefined: it is not understood
 * @returns {Promise<ReadonlyMap<string, string[]>>} by input: the parts of the answer that tell it
 */
export const readFrom = async (answer, told) => {
  const before = await told(answer)
  if (before === undefined) throw new Error('the sample of an answer is not as documented')
  /** @type {Map<string, string[]>} */
  const found = new Map()
  for (const { keys, path, value } of leaves(answer)) {
    for (const other of alternatives(value)) {
      const after = await told(withOther(answer, keys, other))
      const inputs = after === undefined ? [] : differences(before, after)
      for (const input of inputs) found.set(input, [...(found.get(input) ?? []), path])
      if (inputs.length > 0) break
    }
  }
  return found
}

/**
 * @param {Samples} samples
 * @param {(key: string) => boolean} isSent whether an input travels at all
 * @param {Way[]} ways
 * @param {ReadonlyMap<string, string[]>} read what `readFrom` has found
 * @returns {Promise<Row[]>} the names in each of the ways, and where an answer tells the input
 */
export const wireRows = ({ all, places }, isSent, ways, read) =>
  Promise.all(
    places
      .filter(({ key }) => isSent(key))
      .map(async ({ path, changed }) => ({
        input: path,
        names: [...(await Promise.all(ways.map((way) => namesIn(way, all, changed)))), read.get(path) ?? []]
      }))
  )

/**
 * @param {Samples} samples
 * @param {Way[]} ways
 * @returns {(key: string, words: string[]) => Promise<string[]>} `SipTrunk` = 1, for an input whose words travel as another value
 */
export const wordsSent =
  ({ all, others }, ways) =>
  async (key, words) => {
    for (const { write } of ways) {
      const [at] = differences(await write(all), await write({ ...all, [key]: others[key] }))
      const sent = words.map(async (word) => {
        const value = leaves(await write({ ...all, [key]: word })).find(({ path }) => path === at)?.value
        return value === word ? [] : [`\`${word}\` = ${typeof value === 'string' ? `\`${value}\`` : String(value)}`]
      })
      if (at !== undefined) return (await Promise.all(sent)).flat()
    }
    return []
  }
