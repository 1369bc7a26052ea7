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

/** `sbcScripts` with the secret ones among its variables marked, however the program hands them over. */
export const markedScripts = (scripts: unknown): unknown =>
  within(scripts, (known) =>
    known.customerVariables === undefined
      ? known
      : {
          ...known,
          customerVariables: within(known.customerVariables, (variables) => markedValues(variables as Values))
        }
  )
