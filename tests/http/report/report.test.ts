import * as assert from 'node:assert'
import fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { dialPlan } from '../../../provider/dial-plan/Definition'
import { sipConnectionFleet } from '../../../provider/fleet/Definition'
import { reportFile, reportFiles } from '../../../provider/live/ReportFile'
import { numbersGuard } from '../../../provider/numbers-guard/Definition'
import type { Reported } from '../../../provider/Report'
import { reported } from '../../../provider/Reported'
import type { Outcome, Properties } from '../../../provider/Resource'
import { inClear } from '../../../provider/SecretMarks'
import { secretPlaces } from '../../../provider/sip-connection/Args'
import { sipConnection } from '../../../provider/sip-connection/Definition'
import { changeRules } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { subject } from '../../../provider/sip-connection/Subject'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { errorOf, nthId, startOfTime, valueOf } from '../../support/TestEnv'
import {
  type World,
  acme,
  addSaid,
  contoso,
  full,
  fullSite,
  modifySaid,
  onCall,
  plain,
  story,
  writeMs
} from '../support/Simulated'

const at = (ms: number): string => new Date(startOfTime + ms).toISOString()

/** The state that a write leaves, as the engine hands it back. */
const kept = ({ state }: Outcome): Properties => inClear(state) as Properties

const create = (world: Pick<World, 'env'>, args: object): Promise<Outcome> =>
  valueOf(sipConnection.create(args as Properties).program, world.env)

const update = (world: Pick<World, 'env'>, before: Outcome, args: object): Promise<Outcome> =>
  valueOf(sipConnection.update(before.id, kept(before), args as Properties).program, world.env)

const onlyRow = ({ report }: Pick<World, 'report'>): Reported => {
  assert.strictEqual(report.length, 1)
  return report[0] as Reported
}

const hidden = '[secret]'

describe('change report: what a write says', () => {
  story('a creation, a change and a deletion', {}, async (world) => {
    const made = await create(world, full)
    const changed = await update(world, made, {
      ...full,
      cacProfile: '20 sessions',
      phones: ['+49301235', '+49301236'],
      carrierUserPassword: 'another-secret',
      sbcScripts: { ...plain.sbcScripts, customerVariables: { Region: 'APAC', SipPassword: 'third-secret' } }
    })
    await valueOf(sipConnection.remove(changed.id, kept(changed)).program, world.env)
    const before = { ...full, carrierUserPassword: hidden, carrierPasswordDpi: hidden }
    const after = {
      ...before,
      cacProfile: '20 sessions',
      phones: ['+49301235', '+49301236'],
      sbcScripts: { ...plain.sbcScripts, customerVariables: { Region: 'APAC', SipPassword: hidden } }
    }
    const same = {
      resource: 'SipConnection',
      name: 'branch-07',
      id: made.id,
      customerGuid: acme,
      sbcId: 5,
      result: 'ok',
      touched: true
    }
    const [first, second, third, ...others] = world.report
    assert.deepStrictEqual(others, [])
    assert.deepStrictEqual(first, {
      ...same,
      kind: 'create',
      after: before,
      changes: [],
      // The second write carries what Add could not.
      messages: modifySaid,
      correlationId: nthId(1),
      startedAt: at(0),
      durationMs: 2 * writeMs
    })
    assert.deepStrictEqual(second, {
      ...same,
      kind: 'update',
      before,
      after,
      changes: [
        { path: 'cacProfile', before: '5 sessions', after: '20 sessions' },
        { path: 'carrierUserPassword', before: hidden, after: hidden },
        { path: 'phones', before: ['+49301234', '+49301235'], after: ['+49301235', '+49301236'] },
        { path: 'sbcScripts.customerVariables.Region', before: 'EMEA', after: 'APAC' },
        { path: 'sbcScripts.customerVariables.SipPassword', after: hidden }
      ],
      messages: modifySaid,
      correlationId: nthId(2),
      startedAt: at(2 * writeMs),
      durationMs: writeMs
    })
    const { startedAt: _startedAt, durationMs, messages: _messages, ...rest } = third ?? assert.fail('no third row')
    assert.deepStrictEqual(rest, { ...same, kind: 'delete', before: after, changes: [], correlationId: nthId(3) })
    assert.ok(durationMs >= writeMs)
  })

  story('what sends nothing has no row: options, another spelling of nothing, a guard', {}, async (world) => {
    const made = await create(world, plain)
    world.report.splice(0)
    await update(world, made, { ...plain, allow: ['rename'] })
    await valueOf(numbersGuard.create({ customerGuid: acme, connections: ['branch-07'] }).program, world.env)
    world.simulator.reset()
    await valueOf(sipConnection.remove(made.id, kept(made)).program, world.env)
    assert.deepStrictEqual(world.report, [])
  })

  story('what was changed outside is told as it was on the platform', {}, async (world) => {
    const made = await create(world, plain)
    const { siteGuid } = made.state as { readonly siteGuid: string }
    world.report.splice(0)
    // Another process changes the profile, and this one does not know.
    const { env } = world.process()
    const other = await valueOf(
      sipConnection.update(made.id, kept(made), { ...plain, cacProfile: '10 sessions' }).program,
      env
    )
    assert.strictEqual(other.id, siteGuid)
    await update(world, made, { ...plain, carrierUserName: 'u-200' })
    const { before, changes } = onlyRow(world)
    assert.strictEqual(before?.cacProfile, '10 sessions')
    assert.deepStrictEqual(changes, [
      { path: 'cacProfile', before: '10 sessions', after: '5 sessions' },
      { path: 'carrierUserName', before: 'u-100', after: 'u-200' }
    ])
  })

  story('a takeover tells what the platform held, and no more than it told', {}, async (world) => {
    const { ovocCustomerType: _type, ...portal } = fullSite
    world.simulator.addSite(portal)
    const { id } = await create(world, { ...full, cacProfile: '20 sessions', carrierUserName: 'u-200', adopt: true })
    const { before, after, ...rest } = onlyRow(world)
    assert.deepStrictEqual(
      { ...rest, before, cacProfile: after?.cacProfile },
      {
        ...rest,
        kind: 'adopt',
        id,
        before: {
          siteName: 'branch-07',
          sbcId: 5,
          configureSbc: true,
          cacProfile: '5 sessions',
          carrierUserName: 'u-100',
          carrierUserPassword: hidden,
          carrierMainLine: 'main',
          carrierHostName: 'sip.example.net',
          sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
          m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
          onlinePstnGateway: 'sbc5.provider.example'
        },
        cacProfile: '20 sessions',
        changes: [
          { path: 'cacProfile', before: '5 sessions', after: '20 sessions' },
          { path: 'carrierUserName', before: 'u-100', after: 'u-200' }
        ]
      }
    )
  })

  story('ends: refused before, rejected, said to be wrong, lost', { settings: { maxRetries: 0 } }, async (world) => {
    const made = await create(world, plain)
    world.report.splice(0)
    const next = { ...plain, cacProfile: '20 sessions' }
    const changing = () => sipConnection.update(made.id, kept(made), next).program
    await errorOf(sipConnection.create(plain as unknown as Properties).program, world.process().env)
    const taken = world.process()
    await errorOf(sipConnection.create(plain as unknown as Properties).program, taken.env)
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400, body: { message: 'no such profile' } }))
    await errorOf(changing(), world.env)
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 502 }, { times: 1 }))
    const lost = await valueOf(changing(), world.env)
    assert.strictEqual(lost.fault._tag, 'Some')
    assert.deepStrictEqual(
      [...taken.report, ...world.report].map(({ kind, result, touched }) => ({ kind, result, touched })),
      [
        { kind: 'create', result: 'failed', touched: false },
        { kind: 'update', result: 'failed', touched: false },
        { kind: 'update', result: 'unknown', touched: true }
      ]
    )
    assert.match(taken.report[0]?.failure ?? '', /^Create of SIP connection "branch-07" .* exists already/)
    assert.match(world.report[0]?.failure ?? '', /no such profile/)
  })

  story('an entry of a fleet, by the same combinator', {}, async (world) => {
    const entry = { fleet: 'fleet-1', name: 'berlin' }
    const about = { resource: 'SipConnection', entry, secrets: secretPlaces, rules: changeRules }
    const made = await valueOf(
      reported({ ...about, subject: subject('create', plain), after: plain })(SipConnection.create(plain)),
      world.env
    )
    const gone = reported({ ...about, subject: subject('delete', plain, made.id), id: made.id, before: made.state })
    await valueOf(gone(SipConnection.remove(made.id, made.state)), world.env)
    assert.deepStrictEqual(
      world.report.map(({ kind, name, id, entry: of, before, after }) => ({ kind, name, id, of, before, after })),
      [
        { kind: 'create', before: undefined, after: { ...plain, carrierUserPassword: hidden } },
        { kind: 'delete', before: { ...plain, carrierUserPassword: hidden }, after: undefined }
      ].map((row) => ({ name: 'branch-07', id: made.id, of: entry, ...row }))
    )
    assert.deepStrictEqual(world.report[0]?.messages, addSaid)
  })

  story('a fleet: a row for each connection that it wrote, and none of its own', {}, async (world) => {
    const { siteName: _name, ...defaults } = plain
    const entries = (connections: object) => ({ defaults, connections }) as Properties
    const three = entries({ a: { siteName: 'a' }, b: { siteName: 'b' }, c: { siteName: 'c' } })
    const made = await valueOf(sipConnectionFleet.create(three).program, world.env)
    const next = world.process()
    await valueOf(
      sipConnectionFleet.update(
        made.id,
        kept(made),
        entries({ a: { siteName: 'a', cacProfile: '20 sessions' }, b: { siteName: 'b' }, d: { siteName: 'd' } })
      ).program,
      next.env
    )
    const short = ({ resource, name, entry, kind, before, changes, result }: Reported) => ({
      resource,
      name,
      entry,
      kind,
      cacProfile: before?.cacProfile,
      password: before?.carrierUserPassword,
      changes,
      result
    })
    const row = (name: string, kind: Reported['kind'], more: object = {}) => ({
      resource: 'SipConnection',
      name,
      entry: { fleet: made.id, name },
      kind,
      cacProfile: kind === 'create' ? undefined : '5 sessions',
      password: kind === 'create' ? undefined : hidden,
      changes: [],
      result: 'ok',
      ...more
    })
    const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1)
    assert.deepStrictEqual(
      world.report.map(short).sort(byName),
      ['a', 'b', 'c'].map((name) => row(name, 'create'))
    )
    assert.deepStrictEqual(next.report.map(short).sort(byName), [
      row('a', 'update', { changes: [{ path: 'cacProfile', before: '5 sessions', after: '20 sessions' }] }),
      row('c', 'delete'),
      row('d', 'create')
    ])
  })

  story('a dial plan, with its rules', {}, async (world) => {
    const args = { customerGuid: contoso, siteGuid: HEADQUARTERS_GUID, dialPlanName: 'CustDialPlan' }
    const [a, b] = [
      { prefix: '+4930100', tag: 'sbc1.example.net' },
      { prefix: '+4930200', tag: 'sbc1.example.net' }
    ]
    const made = await valueOf(dialPlan.create({ ...args, rules: [a] }).program, world.env)
    await valueOf(dialPlan.update(made.id, kept(made), { ...args, rules: [a, b] }).program, world.env)
    assert.deepStrictEqual(
      world.report.map(({ resource, name, kind, changes }) => ({ resource, name, kind, changes })),
      [
        { resource: 'DialPlan', name: 'CustDialPlan', kind: 'create', changes: [] },
        {
          resource: 'DialPlan',
          name: 'CustDialPlan',
          kind: 'update',
          changes: [{ path: 'rules', before: [a], after: [a, b] }]
        }
      ]
    )
  })
})

describe('change report: its files', () => {
  let folder: string
  let warnings: Array<string>
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'))
    warnings = []
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true })
  })

  const row = (n: number): Reported => ({
    resource: 'SipConnection',
    name: `branch-${n} | "ü" \\`,
    kind: 'update',
    id: HEADQUARTERS_GUID,
    before: { cacProfile: '5 sessions' },
    after: { cacProfile: 'a\nb | c' },
    changes: [{ path: 'cacProfile', before: '5 sessions', after: 'a\nb | c' }],
    messages: [{ level: 'Error', message: 'busy |\n`again`' }],
    result: n % 2 === 0 ? 'ok' : 'failed',
    touched: true,
    ...(n % 2 === 0 ? {} : { failure: 'Update failed:\n    no | such' }),
    correlationId: nthId(n),
    startedAt: at(0),
    durationMs: 1234
  })

  const writerOf = (setting: string, instance?: string) =>
    reportFile(path.join(folder, setting), {
      warn: (text) => void warnings.push(text),
      now: () => startOfTime,
      provider: '1.2.3',
      platform: 'https://live.example.net/tenantui',
      run: { PULUMI_PROJECT: 'sites', PULUMI_STACK: 'production', GITHUB_ACTOR: 'alice' },
      ...(instance === undefined ? {} : { instance })
    })

  const textOf = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8')

  /** The lines of the one table of a Markdown document, which every cell must leave whole. */
  const tableOf = (markdown: string): ReadonlyArray<string> => {
    const lines = markdown.split('\n')
    const first = lines.findIndex((line) => line.startsWith('|'))
    const rest = lines.slice(first)
    const end = rest.findIndex((line) => !line.startsWith('|'))
    assert.ok(first > 0 && end > 0)
    assert.ok(!rest.slice(end).some((line) => line.startsWith('|')))
    for (const line of rest.slice(0, end)) assert.strictEqual(line.split('|').length, 9, line)
    return rest.slice(0, end)
  }

  it('are whole after every row, and hold no more than their owner may read', () => {
    const write = writerOf('change.md')
    assert.deepStrictEqual(fs.readdirSync(folder), [])
    for (let n = 1; n <= 12; n++) {
      write(row(n))
      const document = JSON.parse(textOf('change.json')) as Readonly<Record<string, unknown>>
      const failed = Math.ceil(n / 2)
      assert.deepStrictEqual(document, {
        version: 1,
        time: at(0),
        provider: '1.2.3',
        platform: 'https://live.example.net/tenantui',
        run: { PULUMI_PROJECT: 'sites', PULUMI_STACK: 'production', GITHUB_ACTOR: 'alice' },
        rows: Array.from({ length: n }, (_, index) => row(index + 1)),
        totals: { created: 0, adopted: 0, updated: n - failed, deleted: 0, failed, unknown: 0, until: at(0) }
      })
      const markdown = textOf('change.md')
      assert.strictEqual(tableOf(markdown).length, n + 2)
      assert.ok(
        markdown.endsWith(
          `|\n\nTotals: created 0, adopted 0, updated ${n - failed}, deleted 0, failed ${failed}, unknown 0. Last line written ${at(0)}.\n`
        )
      )
    }
    assert.deepStrictEqual(
      ['change.json', 'change.md'].map((name) => fs.statSync(path.join(folder, name)).mode & 0o777),
      [0o600, 0o600]
    )
    assert.match(textOf('change.md'), /- Stack: `sites\/production`\n(.*\n)*- GITHUB_ACTOR: `alice`\n/)
    assert.deepStrictEqual(warnings, [])
  })

  it('are begun anew by the first row of the next process, and not before', () => {
    for (const name of ['change.md', 'change.json'])
      fs.writeFileSync(path.join(folder, name), 'x'.repeat(9999), { mode: 0o644 })
    const write = writerOf('change')
    assert.strictEqual(textOf('change.md').length, 9999)
    write(row(2))
    assert.strictEqual((JSON.parse(textOf('change.json')) as { readonly rows: ReadonlyArray<unknown> }).rows.length, 1)
    assert.strictEqual(tableOf(textOf('change.md')).length, 3)
    assert.strictEqual(fs.statSync(path.join(folder, 'change.md')).mode & 0o777, 0o600)
  })

  it('of two provider instances are four', () => {
    writerOf('change.json')(row(1))
    writerOf('change.json', 'lab eu/2')(row(2))
    assert.deepStrictEqual(fs.readdirSync(folder).sort(), [
      'change-lab%20eu%2F2.json',
      'change-lab%20eu%2F2.md',
      'change.json',
      'change.md'
    ])
    assert.match(textOf('change-lab%20eu%2F2.md'), /- Provider instance: `lab eu\/2`\n/)
    assert.deepStrictEqual(reportFiles('out/a.b.MD'), { md: 'out/a.b.md', json: 'out/a.b.json' })
  })

  it('that cannot be written are one warning each', () => {
    fs.mkdirSync(path.join(folder, 'change.md'))
    const write = writerOf('change')
    for (const n of [1, 2, 3]) write(row(n))
    assert.deepStrictEqual(warnings, [
      `The change report ${path.join(folder, 'change.md')} cannot be written (EISDIR); the run goes on without it.`
    ])
    assert.strictEqual((JSON.parse(textOf('change.json')) as { readonly rows: ReadonlyArray<unknown> }).rows.length, 3)
  })

  it('cost as much for the last row as for the first: a row, and what stands below', () => {
    const { writeSync } = fs
    let written = 0
    const counting = (...args: Parameters<typeof writeSync>): number => {
      const count = writeSync(...args)
      written += count
      return count
    }
    const write = writerOf('change')
    const costOf = (rows: number): number => {
      written = 0
      for (let n = 0; n < rows; n++) write(row(2))
      return written
    }
    try {
      Object.assign(fs, { writeSync: counting })
      const [first, later] = [costOf(100), costOf(1000)]
      assert.ok(first > 0 && later < 11 * first, `${first} bytes, then ${later}`)
    } finally {
      Object.assign(fs, { writeSync })
    }
    const { rows } = JSON.parse(textOf('change.json')) as { readonly rows: ReadonlyArray<unknown> }
    assert.deepStrictEqual([rows.length, tableOf(textOf('change.md')).length], [1100, 1102])
  })

  it('stay as they were when a row cannot be written, and take the next one', () => {
    const { writeSync } = fs
    const write = writerOf('change')
    write(row(2))
    const before = ['change.md', 'change.json'].map(textOf)
    let calls = 0
    // A disk that is full in the middle of a row.
    const full = (file: number, bytes: Buffer, offset: number, length: number, position: number): number => {
      calls += 1
      if (calls % 3 === 1) return writeSync(file, bytes, offset, Math.min(length, 300), position)
      if (calls % 3 === 2) throw Object.assign(new Error(), { code: 'ENOSPC' })
      return writeSync(file, bytes, offset, length, position)
    }
    try {
      Object.assign(fs, { writeSync: full })
      write(row(4))
    } finally {
      Object.assign(fs, { writeSync })
    }
    assert.deepStrictEqual([calls, ['change.md', 'change.json'].map(textOf)], [6, before])
    write(row(6))
    const { rows } = JSON.parse(textOf('change.json')) as { readonly rows: ReadonlyArray<Reported> }
    assert.deepStrictEqual(
      rows.map(({ name }) => name),
      [row(2).name, row(6).name]
    )
    assert.match(warnings.join('\n'), /^The change report .*change.md cannot be written \(ENOSPC\).*\n.*change.json/)
  })
})
