import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, optional } from '../../provider/Decode'
import { isObject } from '../../provider/Json'
import { reportVersion } from '../../provider/Report'
import { nameOf, parseJson } from '../report/Input'

/** A change report as it is read back: what the rollback needs of it. */

const inputs = optional(t.UnknownRecord)

const row = t.type({
  resource: t.string,
  name: t.string,
  entry: optional(t.type({ fleet: optional(t.string), name: t.string })),
  kind: t.keyof({ create: null, adopt: null, update: null, delete: null }),
  id: optional(t.string),
  customerGuid: optional(t.string),
  sbcId: optional(t.number),
  before: inputs,
  after: inputs,
  changes: t.readonlyArray(t.intersection([t.type({ path: t.string }), t.UnknownRecord])),
  result: t.keyof({ ok: null, failed: null, unknown: null }),
  touched: t.boolean
})

const document = t.type({ version: t.number, time: t.string, platform: t.string, rows: t.readonlyArray(row) })

export type Row = t.TypeOf<typeof row>
export type Report = t.TypeOf<typeof document>

const isMarkdown = (file: string, text: string): boolean => file.endsWith('.md') || text.startsWith('# Change report')

/** The text of a JSON report. An error is one sentence, without any value. */
export const parseReport = (text: string, file: string): Report => {
  if (isMarkdown(file, text))
    throw new Error(
      `${nameOf(file)} is the Markdown form of the report: name the JSON file that was written beside it.`
    )
  const json = parseJson(text, file, 'change report')
  const version = isObject(json) ? json.version : undefined
  if (typeof version === 'number' && version > reportVersion) {
    throw new Error(
      `${nameOf(file)} was written by a newer version of pulumi-audiocodes-live (version ${version} of the report; this one knows ${reportVersion}): install that version and run again.`
    )
  }
  const report = decode(document, json)
  if (E.isLeft(report)) {
    const [first = '', ...others] = report.left
    throw new Error(
      `${nameOf(file)} is no change report of pulumi-audiocodes-live: ${first}${others.length === 0 ? '' : `, and ${others.length} more faults`}.`
    )
  }
  return report.right
}
