/** Names in the program, made from names on the platform: the same ones for the same platform, whatever else there is on it. */

const marks = /\p{M}/gu

/** A text as a name: in lower case, with `-` for what is no letter or digit of ASCII. Nothing may be left of it. */
export const cleaned = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** A name that is wanted, and the id of what is to have it. */
export interface Wanted {
  readonly name: string
  readonly guid: string
}

const stages: ReadonlyArray<(wanted: Wanted, separator: string) => string> = [
  ({ name }) => name,
  ({ name, guid }, separator) => `${name}${separator}${guid.slice(0, 8)}`,
  ({ name, guid }, separator) => `${name}${separator}${guid.replace(/-/g, '')}`
]

/**
 * The names, all different. Those that more than one wants get the first digits of their ids, and the whole id where that is not
 * enough: the name of each depends on nothing but the set of them, not on their order.
 *
 * @param taken names that nobody may have
 */
export const distinct = (
  wanted: ReadonlyArray<Wanted>,
  separator = '-',
  taken: ReadonlyArray<string> = []
): ReadonlyArray<string> => {
  const stage = wanted.map(() => 0)
  for (;;) {
    const names = wanted.map((each, index) => stages[stage[index] ?? 0]?.(each, separator) ?? each.name)
    const count = new Map<string, number>(taken.map((name) => [name, 1]))
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1)
    const again = names.flatMap((name, index) =>
      (count.get(name) ?? 0) > 1 && (stage[index] ?? 0) < stages.length - 1 ? [index] : []
    )
    if (again.length === 0) return names
    for (const index of again) stage[index] = (stage[index] ?? 0) + 1
  }
}

/** Name of a customer in the program, before it is told from the others. */
export const customerName = (shortName: string | undefined): string => cleaned(shortName ?? '') || 'customer'

/** Name of a connection, before it is told from the others; it begins with that of its customer. */
export const connectionName = (customer: string, siteName: string): string => {
  const site = cleaned(siteName) || 'connection'
  return site.startsWith(`${customer}-`) ? site : `${customer}-${site}`
}

/** `acme-branch-07` as the name of a constant: `acmeBranch07`. Two numbers stay apart. */
export const identifier = (name: string): string => {
  const camel = name.replace(/(?<=\d)-(?=\d)/g, '_').replace(/-(.)/g, (_, next: string) => next.toUpperCase())
  return /^[a-z]/.test(camel) ? camel : `connection${camel}`
}

/** Keys for the secrets of one connection, all different, in their order. */
export const secretKeysOf = (connection: string, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const keys = new Set<string>()
  return names.map((name) => {
    // No name of a connection has an underscore, so that the keys of two connections cannot meet.
    const key = `${connection}_${name.replace(/[^A-Za-z0-9]+/g, '-')}`
    let free = key
    for (let n = 2; keys.has(free); n++) free = `${key}-${n}`
    keys.add(free)
    return free
  })
}
