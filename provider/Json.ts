/** Plain JSON values: what is an object, equality, and the form in which the engine takes them. */

/** Whether a value is a JSON object: neither null nor a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two JSON values are equal; the order of keys does not count, `undefined` is an absent key. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    )
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameJson(left[key], right[key]))
}

/**
 * A value without anything that the engine's host cannot take: `undefined`, functions and foreign objects. One `undefined` in the
 * outputs of a create would otherwise lose the connection that was just made.
 */
export const plainJson = <A>(value: A): A => JSON.parse(JSON.stringify(value)) as A
