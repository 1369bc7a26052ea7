import type { Resource } from '../Resource'
import { serviceResource } from '../services/Define'
import { argCodecs, requiredKeys } from './Args'
import { check } from './Check'
import { operatorConnect } from './Kind'

/** The resource `OperatorConnectService`. */
export const operatorConnectService: Resource = serviceResource({
  kind: operatorConnect,
  codecs: argCodecs,
  required: requiredKeys,
  check
})
