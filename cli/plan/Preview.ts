import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, optional } from '../../provider/Decode'
import { isObject } from '../../provider/Json'
import { nameOf, parseJson } from '../report/Input'

/** What `pulumi preview --json` prints, as far as a plan needs it. */

const properties = optional(t.UnknownRecord)

const State = t.type({
  id: optional(t.string),
  inputs: properties,
  outputs: properties,
  retainOnDelete: optional(t.boolean)
})

const Step = t.type({
  op: t.string,
  urn: t.string,
  provider: optional(t.string),
  oldState: optional(State),
  newState: optional(State),
  diffReasons: optional(t.array(t.string)),
  detailedDiff: properties
})

const Preview = t.type({
  steps: optional(t.array(Step)),
  diagnostics: optional(t.array(t.type({ severity: optional(t.string), message: t.string })))
})

export type Step = t.TypeOf<typeof Step>
export type Preview = t.TypeOf<typeof Preview>

const what = 'output of "pulumi preview --json"'

/** What another file of Pulumi is, since they are easily mixed up. */
const other = (json: unknown): string | undefined => {
  if (!isObject(json)) return 'it is JSON, but no object'
  if ('deployment' in json) return 'it is that of "pulumi stack export"'
  if ('resourcePlans' in json) return 'it is an update plan (--save-plan)'
  if ('sequence' in json && 'timestamp' in json) return 'it is an event of the engine (streamed, or of --event-log)'
  return 'steps' in json || 'changeSummary' in json ? undefined : 'it has neither steps nor a changeSummary'
}

/** Reads a preview; the error says what the text is instead, without any of its values. */
export const parsePreview = (text: string, file: string): Preview => {
  const json = parseJson(text, file, what)
  const stranger = other(json)
  if (stranger !== undefined) throw new Error(`${nameOf(file)} is no ${what}: ${stranger}.`)
  const decoded = decode(Preview, json)
  if (E.isLeft(decoded)) throw new Error(`${nameOf(file)} is no ${what}: ${decoded.left.slice(0, 3).join('; ')}.`)
  return decoded.right
}
