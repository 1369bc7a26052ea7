import type { ArgKey } from './Args'

/**
 * Which call can carry which input. Add and Modify are documented with different bodies, and Modify with two of them.
 */

/** Inputs that Add's body has no place for: they follow in one `PATCH`. */
export const notCarriedByAdd: ReadonlyArray<ArgKey> = [
  'configureSbc',
  'enableCac',
  'carrierRegistration',
  'carrierPasswordDpi',
  'phones',
  'dialPlanPrefixes',
  'm365Scripts'
]

/** With `modifyBody: scriptParameters` Modify has the shape of Add. */
export const notCarriedByScriptParameters = notCarriedByAdd

/** Inputs that only Add and `modifyBody: scriptParameters` can carry. */
export const addOnlyKeys = ['proxySet'] as const satisfies ReadonlyArray<ArgKey>
