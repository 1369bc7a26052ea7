/** Bodies with a fixed list of members: each is read by its rule, and whatever is wrong is collected by name. */
import { named } from './Body'
import type { Members } from './Body'
import type { FieldErrors } from './Problems'
import type { Rule } from './Rules'

/** A member of a body; the first spelling names it in errors. */
export interface Field<A, Required extends boolean = boolean> {
  readonly spellings: readonly [string, ...string[]]
  readonly rule: Rule<A>
  readonly required: Required
}

export const required = <A>(rule: Rule<A>, ...spellings: Field<A>['spellings']): Field<A, true> => ({
  spellings,
  rule,
  required: true
})

/** Null counts as left out. */
export const optional = <A>(rule: Rule<A>, ...spellings: Field<A>['spellings']): Field<A, false> => ({
  spellings,
  rule,
  required: false
})

type Fields = Readonly<Record<string, Field<unknown>>>

type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer A, infer R> ? (R extends true ? A : A | undefined) : never
}

export type FieldsRead<F extends Fields> = { readonly values: Values<F> } | { readonly errors: FieldErrors }

/** @param strict whether members that are not among the fields are errors; they are ignored otherwise */
export const readFields = <F extends Fields>(members: Members, fields: F, strict: boolean): FieldsRead<F> => {
  const values: Record<string, unknown> = {}
  // A map, because members of a body may have names such as __proto__.
  const errors = new Map<string, readonly string[]>()
  const known = new Set<string>()
  for (const [key, { spellings, rule, required: needed }] of Object.entries(fields)) {
    for (const spelling of spellings) known.add(spelling.toLowerCase())
    const given = named(members, spellings)?.value ?? undefined
    const checked = given === undefined ? undefined : rule(given)
    if (checked === undefined && needed) errors.set(spellings[0], ['The field is required.'])
    else if (checked !== undefined && 'error' in checked) errors.set(spellings[0], [checked.error])
    else if (checked !== undefined) values[key] = checked.ok
  }
  for (const [lower, { name }] of members) {
    if (strict && !known.has(lower)) errors.set(name, ['This member is not documented.'])
  }
  // Without errors, every value has passed the rule of its field, and none that is required is missing.
  return errors.size > 0 ? { errors: Object.fromEntries(errors) } : { values: values as Values<F> }
}
