import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import * as fc from 'fast-check'
import { programOf } from '../../../cli/rollback/Program'
import { parseReport } from '../../../cli/rollback/Report'
import { rollback } from '../../../cli/rollback/Restore'
import { failed, refused } from '../../../provider/Errors'
import { sameJson } from '../../../provider/Json'
import { type Change, type End, type Reported, rowOf } from '../../../provider/Report'
import { counted, jsonForm, markdownForm, nothingYet } from '../../../provider/ReportText'
import { secretsAt } from '../../../provider/SecretMarks'
import { hidden, scrubber } from '../../../provider/Secrets'
import { type SipConnectionArgs, secretPlaces } from '../../../provider/sip-connection/Args'
import { changeRules } from '../../../provider/sip-connection/Diff'
import { managedKeysOf } from '../../../provider/sip-connection/State'
import { subject } from '../../../provider/sip-connection/Subject'
import { forms } from '../../secrets/support/Forms'
import { check } from '../../support/property'
import { args, secret } from './Arbitrary'
import { evaluated } from './Evaluated'

const siteGuid = '22222222-2222-4222-8222-222222222222'
const time = '2030-01-01T00:00:00.000Z'

type Args = SipConnectionArgs

const change = (kind: 'create' | 'update' | 'delete', before: Args | undefined, after: Args | undefined): Change => ({
  resource: 'SipConnection',
  subject: subject(kind, after ?? before ?? {}, siteGuid),
  id: siteGuid,
  ...(before === undefined ? {} : { before: { ...before, managedKeys: managedKeysOf(before) } }),
  ...(after === undefined ? {} : { after }),
  secrets: secretPlaces,
  rules: changeRules
})

const secretsOf = ({ before = {}, after = {} }: Change): ReadonlyArray<string> => [
  ...secretsAt(before, secretPlaces),
  ...secretsAt(after, secretPlaces)
]

const ended = (of: Change, more: Partial<End> = {}): End => ({
  fault: O.none,
  kept: true,
  messages: [],
  touched: true,
  scrub: scrubber(secretsOf(of)),
  startedAt: Date.parse(time),
  endedAt: Date.parse(time) + 1500,
  ...more
})

const rowFor = (of: Change, more: Partial<End> = {}): Reported => {
  const row = rowOf(of, ended(of, more))
  if (O.isNone(row)) throw new Error('there must be a row')
  return row.value
}

const head = { time, provider: '1.2.3', platform: 'https://live.example.net/tenantui', run: {} }

const documentOf =
  (form: typeof jsonForm) =>
  (rows: ReadonlyArray<Reported>): string => {
    const totals = rows.reduce((sum, row) => counted(sum, row, time), nothingYet(time))
    return `${form.above(head)}${rows.map((row, index) => form.row(row, index === 0)).join('')}${form.below(totals)}`
  }
const jsonOf = documentOf(jsonForm)
const markdownOf = documentOf(markdownForm)

/** The secret that a key of the program stands for: that of the input in its name. */
const secretsBy =
  (inputs: Args) =>
  (key: string): string => {
    const variables = inputs.sbcScripts?.customerVariables
    return key.endsWith('_SipPassword')
      ? (variables?.SipPassword ?? '')
      : ((inputs as unknown as Readonly<Record<string, string>>)[key.replace(/^.*_/, '')] ?? '')
  }

describe('change report: a row', () => {
  const inputs: Args = { customerGuid: '11111111-1111-4111-8111-111111111111', siteName: 'branch-01', sbcId: 3 }

  it('has no secret in either form, whatever the platform says of it', () => {
    const form = fc.constantFrom(...Object.values(forms))
    check(
      fc.property(args(), args(), secret(), form, (before, after, own, write) => {
        const variables = { ...after.sbcScripts?.customerVariables, Note: `see ${own}`, OwnToken: own }
        const now: Args = { ...after, carrierUserName: own, sbcScripts: { customerVariables: variables } }
        const of = change('update', before, now)
        const said = secretsOf(of).map((text) => `refused: (( ${write(text)} ))`)
        const row = rowFor(of, {
          messages: said.map((message) => ({ level: 'Error', message })),
          fault: O.some(failed(said))
        })
        for (const text of [jsonOf([row]), markdownOf([row])]) {
          for (const known of secretsOf(of)) {
            for (const encode of Object.values(forms)) {
              assert.ok(!text.includes(encode(known)), `${encode(known)} in ${text}`)
            }
          }
        }
        return JSON.parse(jsonOf([row])) !== undefined
      }),
      60
    )
  })

  it('says of a changed secret that it changed, and of one that stayed nothing', () => {
    const of = change(
      'update',
      { ...inputs, carrierUserPassword: 'first-secret', carrierPasswordDpi: 'same-secret' },
      { ...inputs, carrierUserPassword: 'second-secret', carrierPasswordDpi: 'same-secret', phones: ['+4930123'] }
    )
    const row = rowFor(of)
    assert.deepStrictEqual(row.changes, [
      { path: 'carrierUserPassword', before: hidden, after: hidden },
      { path: 'phones', after: ['+4930123'] }
    ])
    assert.ok(
      markdownOf([row]).includes(
        `| \`branch-01\` | customer \`${inputs.customerGuid}\`<br>id \`${siteGuid}\`<br>SBC 3 | changed | \`carrierUserPassword\`: changed (secret)<br>\`phones\`: not set → \`+4930123\` |  | 1.5 |  |\n`
      )
    )
  })

  it('compares as the diff does: what was not managed has no value before', () => {
    const of: Change = {
      ...change('update', inputs, { ...inputs, cacProfile: '5 sessions' }),
      before: { ...inputs, cacProfile: '9 sessions', managedKeys: managedKeysOf(inputs) }
    }
    assert.deepStrictEqual(rowFor(of).changes, [{ path: 'cacProfile', after: '5 sessions' }])
  })

  it('is there for a failure and for what was sent, and for nothing else', () => {
    const of = change('update', inputs, { ...inputs, allow: ['rename'] })
    const refusal = O.some(refused('not this'))
    const isThere = (more: Partial<End>): boolean => O.isSome(rowOf(of, ended(of, more)))
    assert.deepStrictEqual([{}, { touched: false }, { touched: false, fault: refusal }].map(isThere), [
      true,
      false,
      true
    ])
  })

  it('of a change is undone by its rollback', () => {
    check(
      fc.property(args(), args(), (before, after) => {
        fc.pre(!sameJson(before, after))
        const report = parseReport(jsonOf([rowFor(change('update', before, after))]), 'change.json')
        const back = rollback(report)
        const [[, declared] = ['', {}]] = evaluated(programOf(report, back), secretsBy(before))
        const { allow, ...rest } = declared as Args
        assert.deepStrictEqual(rest, JSON.parse(JSON.stringify(before)))
        // A dangerous change back must be allowed.
        assert.deepStrictEqual([...(allow ?? [])].sort(), [
          ...(before.phones?.length === 0 && !sameJson(before.phones, after.phones) ? ['clearPhones'] : []),
          ...(before.siteName === after.siteName ? [] : ['rename']),
          ...(before.sbcId === after.sbcId ? [] : ['sbcMove'])
        ])
      }),
      60
    )
  })

  it('of a deletion is undone by a new connection, that of a creation by none', () => {
    check(
      fc.property(args(), args(), (gone, made) => {
        const rows = [
          rowFor(change('delete', { ...gone, adopt: siteGuid }, undefined)),
          { ...rowFor(change('create', undefined, made)), id: '33333333-3333-4333-8333-333333333333' }
        ]
        const report = parseReport(jsonOf(rows), 'change.json')
        const declared = evaluated(programOf(report, rollback(report)), secretsBy(gone))
        assert.deepStrictEqual(
          declared.map(([, inputsOf]) => inputsOf),
          [JSON.parse(JSON.stringify(gone))]
        )
      }),
      30
    )
  })

  it('of entries of a fleet is undone by a record of connections', () => {
    const [a, b]: readonly [Args, Args] = [
      { ...inputs, cacProfile: '5 sessions', carrierUserPassword: 'a-secret-one' },
      { ...inputs, siteName: 'branch-02' }
    ]
    const entry = (name: string) => ({ entry: { fleet: 'fleet-1', name } })
    const rows = [
      rowFor({ ...change('update', a, { ...a, cacProfile: '9 sessions' }), ...entry('munich "north"') }),
      { ...rowFor({ ...change('delete', b, undefined), ...entry('berlin') }), id: 'other' }
    ]
    const report = parseReport(jsonOf(rows), 'change.json')
    assert.deepStrictEqual(evaluated(programOf(report, rollback(report)), secretsBy(a)), [
      ['connections', { 'munich "north"': a, berlin: b }]
    ])
  })
})
