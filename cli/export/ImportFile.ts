import { plainJson } from '../../provider/Json'
import { providerText } from '../../sdk/providerText'
import type { Named } from './Named'
import { replacedAt } from './Secrets'

/** The file for `pulumi import --file`. */

const type = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection'

/** A value in this form ends encrypted in the state (measured on engine 3.259.0). */
const sealed = (value: string) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  plaintext: JSON.stringify(value)
})

const properties = ({ secrets }: Named, value: object): unknown => ({
  __provider: providerText('sipConnection'),
  ...(replacedAt(
    plainJson(value),
    secrets.map((secret) => [secret.path, sealed(secret.value)])
  ) as object)
})

/** The import file; its secrets are in clear. */
export const importFile = (connections: ReadonlyArray<Named>): string => {
  const resources = connections.map((each) => ({
    type,
    name: each.name,
    id: each.siteGuid,
    inputs: properties(each, each.args),
    outputs: properties(each, each.state)
  }))
  return `${JSON.stringify({ resources }, null, 2)}\n`
}
