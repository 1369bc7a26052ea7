import { isObject } from '../../provider/Json'
import { signature } from '../../provider/Signature'
import { pathTo } from '../report/Fields'

/** Secrets within an export (encrypted, or in clear after `--show-secrets`), and within what the provider hands to the engine. */

type Properties = Readonly<Record<string, unknown>>

export interface Revealed {
  /** The properties with their secrets in clear; those that stay encrypted are left out. */
  readonly properties: Properties
  /** Paths of what is left out. */
  readonly encrypted: ReadonlyArray<string>
  /** Paths of the secrets that are in clear now, whatever their names. */
  readonly opened: ReadonlyArray<string>
}

/** The paths of the secrets met so far. */
interface Met {
  readonly encrypted: Array<string>
  readonly opened: Array<string>
}

/** Stands for a value that stays encrypted. */
const locked = Symbol('encrypted')

const open = (value: Properties): unknown => {
  // So the provider marks them: provider/SecretMarks.ts.
  if ('value' in value) return value.value
  if (typeof value.plaintext !== 'string') return locked
  try {
    return JSON.parse(value.plaintext)
  } catch {
    return locked
  }
}

/** The value in clear. A list with a secret item counts as a secret as a whole: without the item its places would shift. */
const revealValue = (path: string, value: unknown, met: Met): unknown => {
  if (Array.isArray(value)) {
    const within: Met = { encrypted: [], opened: [] }
    const items = value.map((item, index) => revealValue(`${path}[${index}]`, item, within))
    if (within.opened.length > 0) met.opened.push(path)
    if (within.encrypted.length === 0) return items
    met.encrypted.push(path)
    return undefined
  }
  if (!isObject(value)) return value
  if (!(signature in value)) return revealEach(path, value, met)
  const opened = open(value)
  const isLocked = opened === locked
  met[isLocked ? 'encrypted' : 'opened'].push(path)
  return isLocked ? undefined : opened
}

const revealEach = (path: string, value: Properties, met: Met): Properties =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, revealValue(pathTo(path, key), item, met)] as const)
      .filter(([, item]) => item !== undefined)
  )

export const reveal = (properties: Properties): Revealed => {
  const met: Met = { encrypted: [], opened: [] }
  return { properties: revealEach('', properties, met), ...met }
}
