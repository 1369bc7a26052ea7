/** A process that previews a Pulumi program with fleets, on an engine of mocks (`PreviewProcess`): `node previewProgram.js <base URL> <mode>`. */
import * as pulumi from '@pulumi/pulumi'
import * as live from '../../../sdk'
import { tokenOf } from '../../../sdk/Resource'
import { customerGuids } from '../../../simulator'
import { preview } from '../support/PreviewProcess'

const defaults = {
  customerGuid: customerGuids.contoso,
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}
const wrongScripts = { onboardingScript: 12009, cleanupScript: 12002 }

const outputs = {
  defaults,
  connections: { same: { siteName: 'headquarters' }, changed: { siteName: 'changed' } },
  siteGuids: {
    same: '44444444-4444-4444-8444-000000000001',
    changed: '44444444-4444-4444-8444-000000000002'
  }
}
const states = { [`urn:pulumi:dev::test::pulumi:pulumi:Stack$${tokenOf('SipConnectionFleet')}::old`]: { outputs } }

const mocks: pulumi.runtime.Mocks = {
  call: ({ token, inputs }) => {
    // A backend without organizations.
    if (
      token !== 'pulumi:pulumi:readStackResourceOutputs' ||
      (inputs as { readonly stackName?: string }).stackName !== 'dev'
    )
      throw new Error(token)
    return { outputs: states }
  },
  newResource: ({ name, inputs }) => ({
    id: name === 'new' ? undefined : `fleet-${name}`,
    state: { ...(inputs as object), ...(name === 'unchanged' ? { platform: 'https://live.example.net' } : {}) }
  })
}

const fleets = (): Promise<void> => {
  const fleet = (name: string, args: live.SipConnectionFleetArgs, opts?: pulumi.CustomResourceOptions) =>
    new live.SipConnectionFleet(name, args, opts)
  const headquarters = { siteName: 'headquarters' }
  const same = { defaults, connections: { headquarters } }
  fleet('new', {
    defaults: { ...defaults, carrierUserPassword: pulumi.secret('password-1') },
    connections: {
      hq: { siteName: pulumi.secret('headquarters') },
      later: { siteName: pulumi.output(Promise.resolve('later')), sbcId: 42 },
      open: pulumi.output({ siteName: 'open', sbcScripts: wrongScripts })
    }
  })
  fleet('old', {
    defaults,
    connections: { same: headquarters, changed: { siteName: 'changed', sbcScripts: wrongScripts } }
  })
  fleet('unchanged', same)
  // Nothing is known of what it has.
  fleet('lost', same)
  fleet('got', same, { id: 'fleet-got' })
  return Promise.resolve()
}

void preview(mocks, fleets)
