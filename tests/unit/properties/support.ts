import * as fc from 'fast-check'

/** JSON with one node exchanged: what a platform answers that has changed one thing. */

type Path = ReadonlyArray<string | number>

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The paths of all nodes of a value, its own (empty) first. */
export const pathsOf = (value: unknown): ReadonlyArray<Path> => {
  const children: ReadonlyArray<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : []
  return [[], ...children.flatMap(([key, item]) => pathsOf(item).map((rest) => [key, ...rest]))]
}

/** The value with another node at this path; `undefined` takes the node away. */
export const exchanged = (value: unknown, path: Path, node: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return node
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      if (index !== key) return [item]
      const changed = exchanged(item, rest, node)
      return changed === undefined ? [] : [changed]
    })
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, item]) => {
          const changed = name === key ? exchanged(item, rest, node) : item
          return changed === undefined ? [] : [[name, changed]]
        })
      )
    : value
}

/** A valid answer with one node exchanged, and the path of that node as the faults of a decoding write it. */
export const mutated = (
  valid: unknown,
  node: fc.Arbitrary<unknown>
): fc.Arbitrary<{ readonly value: unknown; readonly path: string; readonly node: unknown }> =>
  fc.tuple(fc.constantFrom(...pathsOf(valid)), node).map(([path, put]) => ({
    value: exchanged(valid, path, put),
    path: path.reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
      ''
    ),
    node: put
  }))
