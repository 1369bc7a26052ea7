import type { SiteLocationShape } from '../Settings'
import type { ServiceSiteLocation } from './Args'

/** The connection of a new service as both creations carry it: a list with one element, or an object. */
export const shaped = (
  siteLocation: ServiceSiteLocation | undefined,
  shape: SiteLocationShape,
  more: Readonly<Record<string, unknown>> = {}
): unknown => {
  if (siteLocation === undefined) return undefined
  const { sbcId, onboardingScript, cleanupScript } = siteLocation
  const members = { sbcId, sbcOnboardingScript: onboardingScript, sbcCleanupScript: cleanupScript, ...more }
  return shape === 'array' ? [members] : members
}
