import type { Resource } from './Resource'
import { sipConnection } from './sip-connection/Definition'

/**
 * The resources of this package: every host serves what stands here. The key is the name in the constant text of the resource
 * (`require("pulumi-audiocodes-live/dynamic").<key>`), and so part of the state format.
 */
export const resources = { sipConnection } as const satisfies Readonly<Record<string, Resource>>
