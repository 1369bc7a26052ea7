import type * as pulumi from '@pulumi/pulumi'
import type { ScriptKind } from '../../provider/lookups/ScriptTemplates'
import { type LookupOptions, output, promised } from './Lookup'

/** Options of `scriptId`. */
export interface ScriptIdOptions extends LookupOptions {
  /** What the script is for. Default: any. */
  readonly kind?: ScriptKind
}

/**
 * The guid of the customer (service) with this short name. Upper and lower case count.
 *
 * No match, or several, is an error that lists the candidates; so is a lead to which no license has been applied yet. The list of services
 * is read once a run and configuration.
 *
 * Source: Get Services Brief Details (V3), or Get Customers Brief Details (V2) where that is missing.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * new live.SipConnection('branch-07', {
 *   customerGuid: live.customerGuid('acme'),
 *   siteName: 'branch-07',
 *   sbcId: live.sbcId('sbc-frankfurt'),
 *   sbcScripts: {
 *     onboardingScript: live.scriptId('trunk-onboarding'),
 *     cleanupScript: live.scriptId('trunk-cleanup')
 *   }
 * })
 */
export const customerGuid = (shortName: string, opts: LookupOptions = {}): Promise<string> =>
  promised('customerGuid', { shortName }, opts)

/**
 * The same as `customerGuid`, for a name that may be an output: an unknown one makes an unknown result in a preview, a secret one a secret
 * result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const acme = live.customerGuidOutput('acme')
 */
export const customerGuidOutput = (shortName: pulumi.Input<string>, opts: LookupOptions = {}): pulumi.Output<string> =>
  output('customerGuid', { shortName }, opts)

/**
 * The id of the script with this name, and of this kind where one is given. Upper and lower case count.
 *
 * No match, or several, is an error that lists the candidates. The list of scripts is read once a run and configuration.
 *
 * Source: Get Script Templates.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const onboarding = live.scriptId('trunk-onboarding', { kind: 'SbcOnboarding' })
 */
export const scriptId = (name: string, { kind, ...opts }: ScriptIdOptions = {}): Promise<number> =>
  promised('scriptId', { name, kind }, opts)

/**
 * The same as `scriptId`, for a name that may be an output: an unknown one makes an unknown result in a preview, a secret one a secret
 * result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const cleanup = live.scriptIdOutput('trunk-cleanup')
 */
export const scriptIdOutput = (
  name: pulumi.Input<string>,
  { kind, ...opts }: ScriptIdOptions = {}
): pulumi.Output<number> => output('scriptId', { name, kind }, opts)

/**
 * The id of the SBC with this name or host name (FQDN). Upper and lower case count in names, not in host names.
 *
 * No match, or several, is an error that lists the candidates. What is asked is read once a run and configuration.
 *
 * Source: Get SBC Devices where the setting `sbcDevicesPath` names it, else Get Calling Profiles (Operator Connect): an SBC that no profile
 * names is not known by name.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const frankfurt = live.sbcId('sbc3.provider.example')
 */
export const sbcId = (nameOrFqdn: string, opts: LookupOptions = {}): Promise<number> =>
  promised('sbcId', { nameOrFqdn }, opts)

/**
 * The same as `sbcId`, for a name that may be an output: an unknown one makes an unknown result in a preview, a secret one a secret
 * result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const london = live.sbcIdOutput('sbc-london')
 */
export const sbcIdOutput = (nameOrFqdn: pulumi.Input<string>, opts: LookupOptions = {}): pulumi.Output<number> =>
  output('sbcId', { nameOrFqdn }, opts)
