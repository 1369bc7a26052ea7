import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { resources } from '../../provider/resources'
import { dynamicTypeOf } from '../../provider/schema/Tokens'
import { type Simulator, STATIC_TOKEN } from '../../simulator'
import { command } from '../cli/Command'
import { type Json, type JsonObject, secretOnTheWire } from '../support/Json'
import type { Kept, Kind } from './Host'
import { isObject, isSecret } from './Marks'
import { holdingsOf } from './Steady'

/** The import file that `audiocodes-live export` writes. */

/** The engine takes secrets as JSON text there, and hands them on as it does all secrets. */
const handedOn = (value: Json): Json =>
  Array.isArray(value)
    ? (value as readonly Json[]).map(handedOn)
    : !isObject(value)
      ? value
      : isSecret(value)
        ? secretOnTheWire(JSON.parse(value.plaintext as string) as Json)
        : Object.fromEntries(Object.entries(value).map(([key, item]): [string, Json] => [key, handedOn(item)]))

const written = async (platform: Simulator): Promise<string> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'audiocodes-live-'))
  try {
    const { code, stderr } = await command(['export', '--customer', 'contoso', '--out', 'out', '--services'], {
      cwd: folder,
      env: {
        AUDIOCODES_LIVE_BASE_URL: platform.url,
        AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN,
        AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0'
      }
    })
    if (code !== 0) throw new Error(stderr)
    return fs.readFileSync(path.join(folder, 'out', 'import.json'), 'utf8').replaceAll(platform.origin, '<origin>')
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** By what the platform holds: the command takes its time, and platforms that hold the same differ in nothing but their address. */
const files = new Map<string, Promise<string>>()

const fileOf = (platform: Simulator): Promise<string> => {
  const holdings = JSON.stringify(holdingsOf(platform))
  const file = files.get(holdings) ?? written(platform)
  files.set(holdings, file)
  return file
}

interface Listed {
  readonly type: string
  readonly id: string
  readonly inputs: Json
  readonly outputs: Json
}

/** The first resource of this kind, as the engine takes it into the state. */
export const importFileOf = async (platform: Simulator, kind: Kind): Promise<Kept> => {
  const text = (await fileOf(platform)).replaceAll('<origin>', platform.origin)
  const listed = (JSON.parse(text) as { readonly resources: readonly Listed[] }).resources
  const found = listed.find(({ type }) => type === dynamicTypeOf(resources[kind].type))
  if (found === undefined) throw new Error(`the import file has no ${kind}`)
  return { id: found.id, inputs: handedOn(found.inputs) as JsonObject, outputs: handedOn(found.outputs) as JsonObject }
}
