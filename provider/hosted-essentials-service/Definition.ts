import type { Resource } from '../Resource'
import { serviceResource } from '../services/Define'
import { argCodecs, requiredKeys } from './Args'
import { check } from './Check'
import { hostedEssentials } from './Kind'

/** The resource `HostedEssentialsService`. */
export const hostedEssentialsService: Resource = serviceResource({
  kind: hostedEssentials,
  codecs: argCodecs,
  required: requiredKeys,
  check
})
