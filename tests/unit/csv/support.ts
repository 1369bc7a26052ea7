import * as assert from 'node:assert'
import * as pulumi from '@pulumi/pulumi'
import { type CsvOptions, connectionsFromCsv } from '../../../sdk/csv/connectionsFromCsv'

/** The stack's config. Set when the file is loaded: the engine's SDK keeps it in a global, and mocha looks for those that a test adds. */
pulumi.runtime.setAllConfig({ 'project:pw': 'made-up', 'other:key': 'another' })

/** Further values of the config. */
export const configured = (values: Readonly<Record<string, string>>): void => {
  for (const [key, value] of Object.entries(values)) pulumi.runtime.setConfig(key, value)
}

/** Stands in the place of a secret, with its value. */
export const secret = (value: string): string => `secret ${JSON.stringify(value)}`

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What outputs hold, with the secret ones marked. */
const plain = async (value: unknown): Promise<unknown> => {
  if (pulumi.Output.isInstance(value)) {
    const known = await (value as unknown as { promise: () => Promise<unknown> }).promise()
    return (await pulumi.isSecret(value)) ? secret(String(known)) : known
  }
  if (Array.isArray(value)) return Promise.all(value.map(plain))
  if (!isObject(value)) return value
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await plain(item)] as const))
  )
}

/** What a sheet says, with its secrets in words. */
export const read = (pathOrText: string, opts?: CsvOptions): Promise<unknown> =>
  plain(connectionsFromCsv(pathOrText, opts))

/** The lines of the error that a sheet leads to. */
export const faults = (pathOrText: string, opts?: CsvOptions): ReadonlyArray<string> => {
  try {
    connectionsFromCsv(pathOrText, opts)
  } catch (cause) {
    assert.ok(pulumi.RunError.isInstance(cause), String(cause))
    return cause.message.split('\n')
  }
  return assert.fail('the sheet must be refused')
}

/** A sheet with these lines. */
export const sheet = (...lines: ReadonlyArray<string>): string => `${lines.join('\n')}\n`
