import { plainJson } from '../../provider/Json'
import { providerText } from '../../sdk/providerText'
import { type Kind, resources as registered } from '../report/Kinds'
import type { Importable } from './Named'
import { replacedAt } from './Secrets'

/** The file for `pulumi import --file`. */

const typeOf = (kind: Kind): string => `pulumi-nodejs:dynamic/audiocodes-live:${registered[kind].type}`

/** A value in this form ends encrypted in the state (measured on engine 3.259.0). */
const sealed = (value: string) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  plaintext: JSON.stringify(value)
})

const properties = ({ kind, secrets }: Importable, value: object): unknown => ({
  __provider: providerText(kind),
  ...(replacedAt(
    plainJson(value),
    secrets.map((secret) => [secret.path, sealed(secret.value)])
  ) as object)
})

/** The import file; its secrets are in clear. */
export const importFile = (all: ReadonlyArray<Importable>): string => {
  const resources = all.map((each) => ({
    type: typeOf(each.kind),
    name: each.name,
    id: each.id,
    inputs: properties(each, each.args),
    outputs: properties(each, each.state)
  }))
  return `${JSON.stringify({ resources }, null, 2)}\n`
}
