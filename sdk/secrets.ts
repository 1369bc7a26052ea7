import * as pulumi from '@pulumi/pulumi'
import type { SecretPlaces } from '../provider/SecretMarks'
import { isSecretName } from '../provider/Secrets'

type Values = Readonly<Record<string, pulumi.Input<string>>>

/** Variables with the values under a secret's name marked secret; the others stay readable in a review. */
const markedValues = (variables: Values): Values =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, isSecretName(name) ? pulumi.secret(value) : value])
  )

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !pulumi.Output.isInstance(value) && !(value instanceof Promise)

/** Applies `mark` to a value that may not be there yet, without making the whole of it secret. */
const within = (value: unknown, mark: (known: Readonly<Record<string, unknown>>) => unknown): unknown =>
  value === undefined || value === null
    ? value
    : isObject(value)
      ? mark(value)
      : pulumi.output(value).apply((known) => (isObject(known) ? mark(known) : known))

/**
 * A value in which the objects at this path are changed, however the program hands it over.
 *
 * @param path below the value, `*` for every name; empty: the value itself
 */
const changedAt = (
  value: unknown,
  [key, ...rest]: ReadonlyArray<string>,
  change: (object: Readonly<Record<string, unknown>>) => unknown
): unknown =>
  within(value, (known) => {
    if (key === undefined) return change(known)
    const keys = key === '*' ? Object.keys(known) : [key].filter((each) => known[each] !== undefined)
    return {
      ...known,
      ...Object.fromEntries(keys.map((each) => [each, changedAt(known[each], rest, change)]))
    }
  })

/** What is declared, with its secrets marked. */
export const marked = (
  args: Readonly<Record<string, unknown>>,
  { keys, bags, within: parts = [] }: SecretPlaces
): Readonly<Record<string, unknown>> => {
  const whole: Readonly<Record<string, unknown>> = {
    ...args,
    ...Object.fromEntries(
      keys.flatMap((key) => (args[key] === undefined ? [] : [[key, pulumi.secret(args[key])] as const]))
    )
  }
  const places = [
    ...bags.map((path) => ({ path, mark: (bag: object) => markedValues(bag as Values) })),
    ...parts.map(({ path, places: inner }) => ({
      path,
      mark: (object: Readonly<Record<string, unknown>>) => marked(object, inner)
    }))
  ]
  return places.reduce((all, { path, mark }) => changedAt(all, path, mark) as Readonly<Record<string, unknown>>, whole)
}
