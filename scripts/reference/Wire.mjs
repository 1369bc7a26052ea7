// Under which names the inputs of a connection travel, which of their changes need a word, and what is sent when they
// are removed: each is asked of the code that does it.

import * as E from 'fp-ts/lib/Either.js'
import { settingsFrom } from '../../dist/provider/Config.js'
import { decode } from '../../dist/provider/Decode.js'
import { argCodecs, argKeys, optionKeys } from '../../dist/provider/sip-connection/Args.js'
import { modifyBody } from '../../dist/provider/sip-connection/Body.js'
import { check } from '../../dist/provider/sip-connection/Check.js'
import { liveArgs } from '../../dist/provider/sip-connection/Live.js'
import { patchSite, postSite } from '../../dist/provider/sip-connection/Requests.js'
import { SiteAnswer } from '../../dist/provider/sip-connection/Wire.js'
import { sample as siteAnswer } from '../../dist/tests/unit/sip-connection/answers.js'
import { differences, leaves, samples, withOther } from './Probe.mjs'
import { nothing, sentBy } from './Requests.mjs'

/** @typedef {import('../../dist/provider/sip-connection/Args.js').SipConnectionArgs} Args */
/** @typedef {import('../../dist/provider/sip-connection/Args.js').ArgKey} ArgKey */
/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */

const siteGuid = 'aaaaaaaa-0000-4000-8000-00000000000f'

const sampled = argKeys.map((key) => ({ key, values: samples(key, argCodecs[key]) }))

/** @param {0 | 1} which @returns {Args} all inputs, with the first or the second sample of each */
const allArgs = (which) =>
  /** @type {Args} */ (
    /** @type {unknown} */ (Object.fromEntries(sampled.map(({ key, values }) => [key, values[which]])))
  )

const [all, others] = [allArgs(0), allArgs(1)]

/**
 * The inputs, and the fields within them, each with another value for it. A list of single values is one value.
 *
 * @type {{ key: ArgKey, path: string, changed: Args }[]}
 */
const places = argKeys.flatMap((key) => {
  const [mine, other] = [all[key], others[key]]
  const single = Array.isArray(mine) && typeof mine[0] !== 'object'
  const within = single ? [{ keys: [], path: '', value: other }] : leaves(other)
  return within.map(({ keys, value }) => ({
    key,
    path: [key, ...keys].join('.').replaceAll('.[]', '[]'),
    changed: /** @type {Args} */ ({ ...all, [key]: withOther(mine, keys, value) })
  }))
})

/** All inputs with a value. */
export const allInputs = all

/** @param {Args} args an update of all of them */
export const modification = (args) => ({ args, removed: [], previous: {}, live: {} })

/** @param {Args} args */
const add = (args) => sentBy(postSite(args))

/** @param {Settings['modifyBody']} form @returns {(args: Args) => Promise<unknown>} */
const modify = (form) => (args) => sentBy(patchSite(siteGuid, modification(args), []), nothing, { modifyBody: form })

/** @param {(args: Args) => Promise<unknown>} write @param {Args} changed @returns {Promise<string>} the name of what changes in a call */
const nameIn = async (write, changed) =>
  differences(await write(all), await write(changed))
    .map((name) => name.replace(/^\[\]\.(body\.)?/, ''))
    .join(', ')

/** Other values for a part of an answer, one of which is of the right type. @param {unknown} value @returns {unknown[]} */
const alternatives = (value) =>
  typeof value === 'number' ? [value + 1] : typeof value === 'boolean' ? [!value] : ['another.example.net', 77, true]

/** @type {() => Map<string, string[]>} by input: the parts of an answer of Get that tell it */
const readFrom = () => {
  // Variables are read under the names that are declared.
  const { sbcScripts } = all
  /** @param {unknown} answer */
  const told = (answer) => {
    const site = decode(SiteAnswer, answer)
    return E.isLeft(site) ? undefined : liveArgs(site.right, sbcScripts === undefined ? {} : { sbcScripts }, argKeys)
  }
  const first = Object.keys(sbcScripts?.customerVariables ?? {})[0] ?? ''
  const complete = withOther(siteAnswer, ['sbcInfo', 'sbcScripts', 'customerVariables', first], 'another')
  const before = told(complete)
  if (before === undefined) throw new Error('the sample of an answer is not as documented')
  /** @type {Map<string, string[]>} */
  const found = new Map()
  for (const { keys, path, value } of leaves(complete)) {
    const after = alternatives(value)
      .map((other) => told(withOther(complete, keys, other)))
      .find((each) => each !== undefined && differences(before, each).length > 0)
    for (const input of after === undefined ? [] : differences(before, after))
      found.set(input, [...(found.get(input) ?? []), path])
  }
  return found
}

/**
 * @typedef {{ input: string, add: string, fields: string, scriptParameters: string, read: string[] }} WireNames the
 * names of an input, empty where a call does not carry it
 */

/** @returns {Promise<WireNames[]>} */
export const wireNames = async () => {
  const read = readFrom()
  const sent = places.filter(({ key }) => !optionKeys.includes(key))
  return Promise.all(
    sent.map(async ({ path, changed }) => ({
      input: path,
      add: await nameIn(add, changed),
      fields: await nameIn(modify('fields'), changed),
      scriptParameters: await nameIn(modify('scriptParameters'), changed),
      read: read.get(path) ?? []
    }))
  )
}

/** @param {ArgKey} key @param {string[]} words @returns {string[]} `SipTrunk` = 1, for an input that is sent as a number */
export const sentAs = (key, words) =>
  words.flatMap((word) => {
    const withWord = /** @type {Args} */ (/** @type {unknown} */ ({ ...all, [key]: word }))
    const body = modifyBody(modification(withWord), { modifyBody: 'fields', clearWith: 'empty' })
    const value = body[key]
    return typeof value === 'number' ? [`\`${word}\` = ${value}`] : []
  })

const settings = settingsFrom({ stack: { baseUrl: 'https://live.example.net', accessToken: 'x' }, environment: {} })

/** @param {Partial<Args>} olds @param {Partial<Args>} news @returns {string[]} the words that a change needs */
const wordsNeeded = (olds, news) =>
  check(olds, news, settings).failures.flatMap((failure) =>
    [...failure.matchAll(/allow: \["(\w+)"\]/g)].map(([, word = '']) => word)
  )

/** @param {Partial<Args>} args @param {ReadonlyArray<ArgKey>} keys @returns {Partial<Args>} */
const without = (args, keys) =>
  Object.fromEntries(Object.entries(args).filter(([key]) => !keys.some((each) => each === key)))

/** @param {ArgKey} key @returns {{ change: string[], removal: string[] }} the words in `allow` that a change of an input needs */
export const allowNeeded = (key) => {
  const declared = without(all, optionKeys)
  const { failures } = check(declared, declared, settings)
  if (failures.length > 0) throw new Error(`the sample inputs are not right: ${failures.join('; ')}`)
  return {
    change: wordsNeeded(declared, { ...declared, [key]: others[key] }),
    removal: wordsNeeded(declared, without(declared, [key]))
  }
}

/**
 * @param {ArgKey} key
 * @param {Settings['modifyBody']} form
 * @param {Settings['clearWith']} clearWith
 * @returns {unknown} what is sent for an input that is no longer declared; undefined: nothing
 */
export const sentWhenRemoved = (key, form, clearWith) => {
  const args = /** @type {Args} */ (without(all, [key]))
  /** @param {ReadonlyArray<ArgKey>} removed */
  const body = (removed) => modifyBody({ args, removed, previous: {}, live: {} }, { modifyBody: form, clearWith })
  const [kept, cleared] = [body([]), body([key])]
  const [path] = differences(kept, cleared)
  return leaves(cleared).find((leaf) => leaf.path === path)?.value
}
