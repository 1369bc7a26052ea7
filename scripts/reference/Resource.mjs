// What is known of a resource from its registration, whatever it is: its inputs, what a change of each means, and which
// changes the plan marks since they may affect calls.

import { dangers, judgementOf } from '../../dist/cli/plan/Danger.js'
import { settingsFrom } from '../../dist/provider/Config.js'
import { resources } from '../../dist/provider/resources.js'
import { tokenOf } from '../../dist/sdk/Resource.js'
import { code } from './Markdown.mjs'
import { candidates } from './Probe.mjs'
import { samplesOf, wireRows, wordsSent } from './Wire.mjs'

/** @typedef {keyof typeof resources} Kind */
/** @typedef {import('../../dist/provider/Resource.js').Resource} Resource */
/** @typedef {import('../../dist/cli/plan/Danger.js').Danger} Danger */
/** @typedef {import('./Wire.mjs').Samples} Samples */
/** @typedef {import('./Wire.mjs').Values} Values */
/**
 * @typedef {{
 *   ways: import('./Wire.mjs').Way[],
 *   read: ReadonlyMap<string, string[]>,
 *   readHeading?: string,
 *   removed: (key: string) => string,
 *   deletion?: string,
 *   requests: string[]
 * }} Own what only the resource itself knows: the calls that carry its inputs, where an answer tells them, what happens when
 * an input is no longer declared (empty: what is the same for all), what keeps it from being deleted, and the requests of its
 * lifecycle
 */
/**
 * @typedef {{
 *   token: string,
 *   keys: ReadonlyArray<string>,
 *   required: ReadonlyArray<string>,
 *   defaults: Values,
 *   secret: (name: string) => string,
 *   change: (name: string) => string,
 *   removed: (name: string) => string,
 *   sentAs: (name: string, words: string[]) => Promise<string[]>,
 *   pages: (name: string) => string[],
 *   calls: string[][],
 *   wireHeadings: string[],
 *   wire: import('./Wire.mjs').Row[],
 *   requests: string[]
 * }} Facts what the code knows of a resource
 */

const settings = settingsFrom({ stack: { baseUrl: 'https://live.example.net', accessToken: 'x' }, environment: {} })

/** @param {Values} values @param {(key: string) => boolean} dropped @returns {Values} */
const without = (values, dropped) => Object.fromEntries(Object.entries(values).filter(([key]) => !dropped(key)))

const refused = 'refused: it is used at the creation only'

/**
 * What a check says of a change, in the few words of a table.
 *
 * @type {[RegExp, (match: RegExpExecArray) => string][]}
 */
const remarks = [
  [/allow: \["(\w+)"\]/, ([, word = '']) => `needs ${code(`allow: ['${word}']`)}`],
  [/the setting (\w+: \w+)/, ([, setting = '']) => `needs ${code(setting)}`],
  [/deletionProtection: false/, () => `only after a run with ${code('deletionProtection: false')}`],
  [/is used at the creation/, () => refused]
]

/** @param {string[]} failures @returns {string[]} */
const remarksOn = (failures) =>
  failures.flatMap((failure) => {
    const found = remarks.flatMap(([pattern, words]) => {
      const match = pattern.exec(failure)
      return match === null ? [] : [words(match)]
    })
    if (found.length === 0)
      throw new Error(`the remarks of scripts/reference/Resource.mjs have no words for: ${failure}`)
    return found
  })

/** @param {Resource} resource */
const nounOf = (resource) => resource.subject('read', {}).thing?.short ?? 'connection'

/** @typedef {{ rule: string, needs: string[] }} Change what a change of an input means, and what it needs; no rule: it is refused */

/**
 * @param {Resource} resource
 * @param {Samples} samples
 * @param {(key: string) => boolean} isSteering
 * @returns {(key: string) => Change}
 */
const changesOf = (resource, { all, others }, isSteering) => {
  const declared = without(all, isSteering)
  /** @param {Values} news @returns {string[]} */
  const failures = (news) => [...resource.check(declared, news, settings).failures]
  const wrong = failures(declared)
  if (wrong.length > 0) throw new Error(`the sample inputs of ${resource.type} are not right: ${wrong.join('; ')}`)
  const kinds = {
    update: 'update',
    replace: `**replaces the ${nounOf(resource)}**`,
    option: 'nothing is sent; the state is rewritten'
  }
  return (key) => {
    const rule = resource.inputs.rules[key]
    if (rule === undefined) throw new Error(`${key} is declared, and the code knows no such input`)
    if (isSteering(key)) return { rule: kinds[rule], needs: [] }
    /** @param {string[]} found */
    const about = (found) => remarksOn(found.filter((failure) => failure.startsWith(`${key}:`)))
    const change = about(failures({ ...declared, [key]: others[key] }))
    const isRequired = resource.inputs.required.includes(key)
    const removal = isRequired ? [] : about(failures(without(declared, (each) => each === key)))
    return {
      rule: change.includes(refused) ? '' : kinds[rule],
      needs: [
        ...change,
        ...removal.filter((remark) => !change.includes(remark)).map((remark) => `its removal ${remark}`)
      ]
    }
  }
}

/** @param {ReadonlyArray<string>} names @returns {string} */
const listed = (names) => names.map(code).join(', ')

/** @param {ReadonlyArray<Danger>} found @returns {string} */
const words = (found) => [...new Set(found)].map((danger) => dangers[danger]).join('; ')

/**
 * @param {Kind} kind
 * @param {Samples} samples
 * @param {(key: string) => Change} changeOf
 * @param {string} deletion what keeps it from being deleted
 * @returns {string[][]} the changes that the plan marks, what it says of them, and what they need
 */
const callsAffected = (kind, { all, places }, changeOf, deletion) => {
  const { codecs, rules } = resources[kind].inputs
  const judgement = judgementOf(kind)
  const keys = Object.keys(codecs)
  /** Every change of an input from one value that it takes to another. @param {string} key @returns {ReadonlyArray<Danger>} */
  const byChange = (key) => {
    const codec = /** @type {Readonly<Record<string, import('./Probe.mjs').Codec>>} */ (codecs)[key]
    const values = codec === undefined ? [] : candidates(codec)
    const paths = new Set([key, ...places.filter((place) => place.key === key).map(({ path }) => path)])
    return values.flatMap((before) =>
      values
        .filter((after) => after !== before)
        .flatMap((after) =>
          judgement.changed({
            changes: [...paths].map((path) => ({ path, before, after })),
            before: { ...all, [key]: before },
            after: { ...all, [key]: after }
          })
        )
    )
  }
  /** @param {string} what @param {string} said @param {string} needs */
  const row = (what, said, needs) => (said === '' ? [] : [[what, said, needs]])
  /** @type {Map<string, { said: string, needs: string, of: string[] }>} */
  const grouped = new Map()
  for (const key of keys) {
    const replaces = /** @type {Readonly<Record<string, string>>} */ (rules)[key] === 'replace'
    const said = words(replaces ? judgement.replaced : byChange(key))
    const needs = changeOf(key).needs.join('; ')
    const id = JSON.stringify([said, needs])
    grouped.set(id, { said, needs, of: [...(grouped.get(id)?.of ?? []), key] })
  }
  return [
    ...row('deletion', words(judgement.gone), deletion),
    ...[...grouped.values()].flatMap(({ said, needs, of }) => row(`a change of ${listed(of)}`, said, needs)),
    ...(keys.includes('adopt') ? row(`a creation with ${code('adopt')}`, words(judgement.adopted), '') : [])
  ]
}

/** @param {unknown} value @returns {string} */
const shownDefault = (value) => code(typeof value === 'string' ? value : JSON.stringify(value))

/**
 * @param {Kind} kind
 * @param {ReadonlyArray<string>} steering inputs that are no outputs, since they steer the provider
 * @param {(samples: Samples) => Promise<Own>} ownOf
 * @returns {Promise<Facts>}
 */
export const factsOf = async (kind, steering, ownOf) => {
  /** @type {Resource} */
  const resource = resources[kind]
  const { codecs, required, rules, defaults = {} } = resource.inputs
  const samples = samplesOf(codecs)
  const { ways, read, readHeading = 'read back', removed, deletion = '', requests } = await ownOf(samples)
  const changeOf = changesOf(resource, samples, (key) => steering.includes(key))
  const isSteering = (/** @type {string} */ key) => steering.includes(key)
  const wire = await wireRows(samples, (key) => !isSteering(key), ways, read)
  const carried = (/** @type {string} */ name) =>
    ways.filter((_, index) => wire.some(({ input, names }) => input.split(/[.[]/)[0] === name && names[index]?.length))
  return {
    token: tokenOf(resource.type),
    keys: Object.keys(codecs),
    required,
    defaults: /** @type {Values} */ (defaults),
    secret: (name) =>
      resource.secrets.keys.includes(name)
        ? 'yes'
        : resource.secrets.bags.some(([first]) => first === name)
          ? 'values under the name of a secret'
          : '',
    change: (name) => {
      const { rule, needs } = changeOf(name)
      return [rule, ...needs].filter((each) => each !== '').join('; ')
    },
    removed: (name) => {
      const own = removed(name)
      if (own !== '' || required.includes(name)) return own
      const value = /** @type {Values} */ (defaults)[name]
      if (value !== undefined) {
        const other = rules[name] === 'replace' ? `; after another value this replaces the ${nounOf(resource)}` : ''
        return `its default ${shownDefault(value)} counts${other}`
      }
      return isSteering(name) ? 'its default counts again' : 'nothing is sent; it is not managed any more'
    },
    sentAs: wordsSent(samples, ways),
    pages: (name) => [...new Set(carried(name).flatMap(({ page }) => (page === undefined ? [] : [page])))],
    calls: callsAffected(kind, samples, changeOf, deletion),
    wireHeadings: [...ways.map(({ heading }) => heading), readHeading],
    wire,
    requests
  }
}
