import * as pulumi from '@pulumi/pulumi'
import * as live from 'pulumi-audiocodes-live'
import { sites } from './sites'

// The password of a site is the config secret "<site name>Password": pulumi config set --secret berlinPassword
const config = new pulumi.Config()

const connections = sites.map(
  ({ siteName, sessions, mainLine, ...placement }) =>
    new live.SipConnection(
      siteName,
      {
        ...placement,
        siteName,
        sbcConfigurationType: 'SipTrunk',
        enableCac: true,
        cacProfile: `${sessions} sessions`,
        carrierRegistration: true,
        carrierUserName: siteName,
        carrierUserPassword: config.requireSecret(`${siteName}Password`),
        carrierMainLine: mainLine,
        carrierHostName: 'sip.carrier.example'
      },
      // A connection carries calls: the pipeline must not delete one because a line of sites.ts was lost.
      { protect: true }
    )
)

/** What the platform said of the last change of each connection; it goes into the summary of the pipeline. */
export const executionMessages = pulumi
  .all(connections.map(({ siteName, executionMessages: messages }) => pulumi.all([siteName, messages])))
  .apply((rows) => Object.fromEntries(rows.map(([name, messages]) => [name, messages.map(({ message }) => message)])))
