import * as pulumi from '@pulumi/pulumi'
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
 * A value in which the bag of variables at this path has its secret ones marked, however the program hands it over.
 *
 * @param path below the value; empty: the value is the bag
 */
export const markedBagAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>): unknown =>
  within(value, (known) =>
    key === undefined
      ? markedValues(known as Values)
      : known[key] === undefined
        ? known
        : { ...known, [key]: markedBagAt(known[key], rest) }
  )
