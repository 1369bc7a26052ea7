import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Simulator } from '../../simulator'
import type { Json, JsonObject } from '../support/Json'
import { repositoryRoot } from '../support/repository'

/**
 * What the engine printed, kept for the tests that do without it. `tests/engine/{plan,drift}-command.test.ts` compare these files with what
 * the engine prints today, and write them anew with
 * WRITE_FIXTURES=1 (`make format` after it).
 */

const file = (name: string): string => path.join(repositoryRoot, 'tests/cli/fixtures', `${name}.json`)

export const fixture = (name: string): JsonObject => JSON.parse(fs.readFileSync(file(name), 'utf8')) as JsonObject

export const fixtureText = (name: string): string => fs.readFileSync(file(name), 'utf8')

/** The fixture as it is, after it was written anew when that is wanted. */
export const kept = (name: string, now: Json): JsonObject => {
  if (process.env['WRITE_FIXTURES'] === '1') fs.writeFileSync(file(name), `${JSON.stringify(now, null, 2)}\n`)
  return fixture(name)
}

/** What differs from run to run, or tells of the machine, or is long and of no use. */
const dropped = ['created', 'modified', 'sourcePosition', 'stackTrace', 'propertyDependencies', 'manifest', 'metadata']

const fixed: Readonly<Record<string, Json>> = {
  correlationId: '99999999-9999-4999-8999-999999999999',
  durationMs: 50,
  duration: 1000,
  startedAt: '2026-01-01T00:00:00.000Z',
  ciphertext: 'v1:ciphertext',
  salt: 'v1:salt'
}

const byName = (a: Json, b: Json): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const cleaned = (value: Json, key: string): Json => {
  if (isList(value)) {
    const items = value.map((item) => cleaned(item, ''))
    // The engine works on several resources at a time.
    return ['steps', 'resources'].includes(key) ? [...items].sort(byName) : items
  }
  if (typeof value !== 'object' || value === null) return value
  const { type } = value
  const isProvider = typeof type === 'string' && type.startsWith('pulumi:providers:')
  return Object.fromEntries(
    Object.entries({ ...value, ...(isProvider ? { id: '<id>' } : {}) })
      .filter(([name]) => !dropped.includes(name))
      .map(([name, item]) => [name, fixed[name] ?? cleaned(item, name)])
  )
}

/** What the engine printed, with the same ids, times and addresses in every run. The guids of the given connections become `…-<n>`. */
export const steadied = (text: string, simulator: Simulator, guids: ReadonlyArray<string>): JsonObject => {
  const named = guids.reduce(
    (said, guid, index) => said.replaceAll(guid, `00000000-0000-4000-8000-00000000000${index + 1}`),
    text.replaceAll(simulator.origin, 'http://127.0.0.1:8787')
  )
  const known = named
    .replace(/(providers:pulumi-nodejs::\w+::)[0-9a-f-]{36}/g, '$1<id>')
    .replace(/correlation id [0-9a-f-]{36}, [\d:.TZ-]+/g, 'correlation id <id>, <time>')
  return cleaned(JSON.parse(known) as Json, '') as JsonObject
}
