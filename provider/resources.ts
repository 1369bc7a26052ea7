import type { Resource } from './Resource'
import { dialPlan } from './dial-plan/Definition'
import { sipConnectionFleet } from './fleet/Definition'
import { hostedEssentialsService } from './hosted-essentials-service/Definition'
import { numbersGuard } from './numbers-guard/Definition'
import { operatorConnectService } from './operator-connect-service/Definition'
import { sipConnection } from './sip-connection/Definition'

/**
 * The resources of this package: every host serves what stands here. The key is the name in the constant text of the resource
 * (`require("pulumi-audiocodes-live/dynamic").<key>`), and so part of the state format.
 */
export const resources = {
  sipConnection,
  sipConnectionFleet,
  dialPlan,
  numbersGuard,
  hostedEssentialsService,
  operatorConnectService
} as const satisfies Readonly<Record<string, Resource>>
