/** Request bodies: JSON objects whose member names are matched without regard to case. */

export interface Member {
  /** As the request spells it. */
  readonly name: string
  readonly value: unknown
}

/** Members by name in lower case. Of two that differ in case only, the last one counts, as in most JSON readers. */
export type Members = ReadonlyMap<string, Member>

/** Whether a value is a JSON object: neither null nor a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const membersOf = (value: unknown): Members | undefined =>
  isObject(value)
    ? new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), { name, value: member }]))
    : undefined

/** undefined when the text is no JSON; JSON itself has no such value. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export const named = (members: Members, spellings: readonly string[]): Member | undefined => {
  for (const spelling of spellings) {
    const member = members.get(spelling.toLowerCase())
    if (member !== undefined) return member
  }
  return undefined
}
