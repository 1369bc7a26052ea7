import type { SiteLocationShape } from '../Settings'
import { shaped } from '../services/Body'
import type { HostedEssentialsServiceArgs } from './Args'

/** Body of Create Hosted Essentials Service. What is undefined is not sent. */
export const createBody = (
  args: HostedEssentialsServiceArgs,
  shape: SiteLocationShape
): Readonly<Record<string, unknown>> => {
  const { shortName, fullName, siteLocation, ovocCustomerType, msTenantId, channelId, lcCustomerId, scriptParameters } =
    args
  return {
    shortName,
    fullName,
    siteLocation: shaped(siteLocation, shape),
    ovocCustomerType,
    msTenantId,
    channelId,
    lcCustomerId,
    scriptParameters
  }
}
