import { isObject } from '../Json'

/**
 * The result of a function as the engine takes it, which must be an object. One that is an object stands for itself; a list, a text or a number stands
 * under the name of what was asked for: `getServices` answers with `{ services: […] }`, `sbcId` with `{ sbcId: 3 }`.
 */

/** The name under which the result of a function stands when it is no object. */
export const resultKey = (call: string): string => {
  const asked = call.replace(/^get(?=[A-Z])/, '')
  return asked.charAt(0).toLowerCase() + asked.slice(1)
}

/** The result of a function for the engine. */
export const resultProperties = (call: string, value: unknown): Readonly<Record<string, unknown>> =>
  isObject(value) ? value : { [resultKey(call)]: value }
