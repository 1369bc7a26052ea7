/** From the members of a body to a `Change`, with everything that is wrong collected by name. */
import { membersOf } from './Body'
import type { Member, Members } from './Body'
import type { FieldErrors } from './Problems'
import { bagFields, containers, rows } from './SiteFields'
import type { Change, Place, Row, Shape } from './SiteFields'

export interface Decoded {
  readonly change: Change
  readonly errors: FieldErrors
}

const keyOf = (place: Place, spelling: string): string => `${place}/${spelling.toLowerCase()}`

const rowsByKey: ReadonlyMap<string, readonly Row[]> = rows.reduce((byKey, row) => {
  for (const spelling of row.spellings) {
    const key = keyOf(row.place, spelling)
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  return byKey
}, new Map<string, readonly Row[]>())

const containerPlaces = new Map(
  (Object.keys(containers) as (keyof typeof containers)[]).map((place) => [place.toLowerCase(), place])
)

const common = (a: readonly Shape[], b: readonly Shape[]): boolean => a.some((shape) => b.includes(shape))

/**
 * What the body says.
 *
 * @param shapes the shapes that are taken; to Modify, a member of its other documented shape is an error
 * @param strict whether members that are documented nowhere for this call are errors; they are ignored otherwise
 */
export const decoded = (body: Members, shapes: readonly Shape[], strict: boolean): Decoded => {
  const change: Record<string, unknown> = {}
  // Maps, because members of a body may have names such as __proto__.
  const errors = new Map<string, readonly string[]>()
  const own = new Map<string, string>()

  const refuse = (name: string, text: string): void => {
    errors.set(name, [...(errors.get(name) ?? []), text])
  }
  const take = (row: Row, member: Member): void => {
    const checked = row.rule(member.value)
    if ('ok' in checked) change[row.field] = checked.ok
    else refuse(row.spellings[0] ?? row.field, checked.error)
  }
  const variable = ({ name, value }: Member): void => {
    if (typeof value === 'string') own.set(name, value)
    else refuse(name, 'The value must be a string.')
  }
  const walk = (members: Members, place: Place): void => {
    for (const [lower, member] of members) {
      const container = place === 'top' ? containerPlaces.get(lower) : undefined
      const known = rowsByKey.get(keyOf(place, lower)) ?? []
      const row = known.find((each) => common(each.shapes, shapes))
      if (container !== undefined && common(containers[container], shapes)) {
        const inner = membersOf(member.value)
        if (inner !== undefined) walk(inner, container)
        else if (member.value !== null) refuse(container, 'The value must be an object.')
      } else if (row !== undefined) take(row, member)
      else if (place === 'scriptParameters') variable(member)
      else if (!shapes.includes('add') && (known.length > 0 || container !== undefined))
        refuse(member.name, 'This member is not part of this body.')
      else if (strict) refuse(member.name, 'This member is not documented.')
    }
  }

  walk(body, 'top')
  const bag = [...Object.entries((change['customerVariables'] ?? {}) as Record<string, string>), ...own]
  for (const [name, value] of bag) {
    const row = bagFields.get(name.toLowerCase())
    if (row !== undefined && change[row.field] === undefined) take(row, { name, value })
  }
  if (change['customerVariables'] !== undefined || bag.length > 0) {
    change['customerVariables'] = Object.fromEntries(bag.filter(([name]) => !bagFields.has(name.toLowerCase())))
  }
  // Every value has passed the rule of a row, and `row` ties that rule to the type of the field.
  return { change, errors: Object.fromEntries(errors) }
}
