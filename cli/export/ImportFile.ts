import { plainJson } from '../../provider/Json'
import { secretKind, signature } from '../../provider/Signature'
import { dynamicTypeOf } from '../../provider/schema/Tokens'
import { providerText } from '../../sdk/providerText'
import { resources as registered } from '../report/Kinds'
import type { Importable } from './Named'
import { replacedAt } from './Secrets'

/** The file for `pulumi import --file`. */

/** A value in this form ends encrypted in the state (measured on engine 3.259.0). */
const sealed = (value: string) => ({
  [signature]: secretKind,
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
    type: dynamicTypeOf(registered[each.kind].type),
    name: each.name,
    id: each.id,
    inputs: properties(each, each.args),
    outputs: properties(each, each.state)
  }))
  return `${JSON.stringify({ resources }, null, 2)}\n`
}
