import type { SiteLocationShape } from '../Settings'
import { shaped } from '../services/Body'
import type { OperatorConnectServiceArgs } from './Args'

const configurationName = {
  ipGroup: 'OcEssential_IPGROUP_TYPE',
  tenant: 'OcEssential_TENANT_TYPE'
} as const

/** Body of Create Service from Lead. What is undefined is not sent. */
export const createBody = (
  args: OperatorConnectServiceArgs,
  shape: SiteLocationShape
): Readonly<Record<string, unknown>> => {
  const { msTenantId, shortName, fullName, configuration, scriptParameters, siteLocation, channelId } = args
  return {
    configurationName: configurationName[configuration],
    customerShortName: shortName,
    customerFullName: fullName,
    msTenantId,
    scriptParameters,
    siteLocation: shaped(siteLocation, shape, {
      siteLocationName: siteLocation?.siteLocationName,
      sbcOcUploadNumberScript: siteLocation?.uploadNumberScript,
      sbcOcReleaseNumberScript: siteLocation?.releaseNumberScript
    }),
    channelId
  }
}
