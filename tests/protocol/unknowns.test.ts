import * as assert from 'node:assert'
import { argKeys, requiredKeys } from '../../provider/sip-connection/Args'
import type { Json, JsonObject } from '../support/Json'
import { unknowns } from '../support/unknowns'
import { acme, least, managedOfMost, most, stateOf } from './support/Connections'
import { calls, type Rig, startRig } from './support/Rig'

type Path = readonly (string | number)[]

/** Every place within `most` where a value stands: the inputs, and whatever is inside of them. */
const placesIn = (value: Json, path: Path = []): readonly Path[] => [
  ...(path.length === 0 ? [] : [path]),
  ...(typeof value !== 'object' || value === null
    ? []
    : Array.isArray(value)
      ? value.flatMap((item: Json, index) => placesIn(item, [...path, index]))
      : Object.entries(value).flatMap(([key, item]: [string, Json]) => placesIn(item, [...path, key])))
]

const replaced = (value: Json, [key, ...rest]: Path, by: Json): Json => {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item: Json, index) => (index === key ? replaced(item, rest, by) : item))
  const object = value as JsonObject
  return { ...object, [key]: replaced(object[key] ?? null, rest, by) }
}

const places = placesIn(most)

describe('protocol: values that are not known yet', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig()
  })
  after(() => rig.close())

  it('can stand in every place of the inputs', () => {
    assert.deepStrictEqual(new Set(places.filter(({ length }) => length === 1).map(([key]) => key)), new Set(argKeys))
    assert.strictEqual(places.filter(({ length }) => length > 1).length, 21)
  })

  for (const [kind, unknown] of Object.entries(unknowns)) {
    it(`of kind ${kind} pass the check of a new and of an old connection, unchanged`, async () => {
      for (const path of places) {
        const news = replaced(most, path, unknown) as JsonObject
        for (const olds of [{}, most]) {
          const where = `${path.join('.')}, ${olds === most ? 'old' : 'new'}`
          assert.deepStrictEqual(await rig.provider.check(olds, news), { inputs: news, failures: [] }, where)
        }
      }
    })

    it(`of kind ${kind} pass the check of a connection that declares little else`, async () => {
      for (const key of argKeys) {
        // The rules that one input needs another one must wait until both are known.
        const news = { ...least, [key]: unknown }
        for (const olds of [{}, least]) {
          assert.deepStrictEqual(await rig.provider.check(olds, news), { inputs: news, failures: [] }, key)
        }
      }
      const nothing = Object.fromEntries([...requiredKeys, 'sbcScripts'].map((key) => [key, unknown]))
      for (const olds of [{}, most, least]) {
        assert.deepStrictEqual(await rig.provider.check(olds, nothing), { inputs: nothing, failures: [] })
      }
    })

    it(`of kind ${kind} are a possible change, and a replacement for the customer alone`, async () => {
      const id = '44444444-4444-4444-8444-444444444444'
      const state = stateOf(id, rig.platform.url, most, managedOfMost)
      for (const path of places) {
        const replaces = path[0] === 'customerGuid' ? ['customerGuid'] : []
        assert.deepStrictEqual(
          await rig.provider.diff(id, state, replaced(most, path, unknown) as JsonObject),
          { changes: 'unknown', replaces, deleteBeforeReplace: replaces.length > 0 },
          path.join('.')
        )
      }
    })
  }

  it('do not hide what is wrong beside them', async () => {
    const unknown = unknowns.string
    const news = {
      customerGuid: unknown,
      siteName: ' branch',
      sbcId: 0,
      phones: [unknown, '12', unknown],
      dialPlanPrefixes: [
        { dialPlanName: unknown, index: 1 },
        { dialPlanName: 'a', index: -1 }
      ],
      sbcScripts: { onboardingScript: unknown, cleanupScript: 'none', customerVariables: { a: unknown } },
      sbcID: unknown
    }
    const { inputs, failures } = await rig.provider.check({}, news)
    assert.deepStrictEqual(inputs, news)
    assert.deepStrictEqual(failures.map(({ property, reason }) => `${property}|${reason}`).sort(), [
      '|dialPlanPrefixes[1].index: expected a whole number from 0',
      '|phones[1]: expected 3 to 15 digits, with or without a "+" in front',
      '|sbcID: unknown input; did you mean sbcId?',
      '|sbcId: expected a whole number from 1',
      '|sbcScripts.cleanupScript: expected a whole number from 1',
      '|siteName: has a blank at an end; remove it (the name of the connection)'
    ])
  })

  it('do not let dangers pass that are known', async () => {
    const olds = { ...most, allow: [] }
    const news = { ...least, sbcId: 5, phones: [], siteName: 'other', cacProfile: unknowns.string }
    assert.deepStrictEqual(
      (await rig.provider.check(olds, news)).failures.map(({ reason }) => reason.split(':')[0]).sort(),
      ['phones', 'proxySet', 'sbcId', 'siteName']
    )
    // What is allowed is not known yet, so no danger can be told yet.
    assert.deepStrictEqual(
      (await rig.provider.check(olds, { ...news, proxySet: most.proxySet, allow: unknowns.array })).failures,
      []
    )
  })

  it('cause no request', async () => {
    await rig.provider.check({}, { ...least, customerGuid: unknowns.string })
    assert.strictEqual(least.customerGuid, acme)
    assert.deepStrictEqual(calls(rig), [])
    assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
  })
})
