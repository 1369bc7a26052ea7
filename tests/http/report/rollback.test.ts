import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as E from 'fp-ts/Either'
import { programOf } from '../../../cli/rollback/Program'
import { parseReport } from '../../../cli/rollback/Report'
import { rollback } from '../../../cli/rollback/Restore'
import { reportFile } from '../../../provider/live/ReportFile'
import type { Outcome, Properties } from '../../../provider/Resource'
import { inClear } from '../../../provider/SecretMarks'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { sipConnection } from '../../../provider/sip-connection/Definition'
import { type World, acme, bare, full, onCall, plain, plainSite, story } from '../support/Simulated'
import { entriesOf } from '../../../sdk/csv/Entries'
import { isKnown, placesOf } from '../../../sdk/csv/Headings'
import { sheetOf } from '../../../sdk/csv/Sheet'
import { startOfTime, valueOf } from '../../support/TestEnv'
import { type TemporaryProject, temporaryProject } from '../../support/TemporaryProject'
import { evaluated } from '../../unit/report/Evaluated'
import { command } from '../../cli/Command'

describe('rollback', () => {
  let folder: TemporaryProject
  beforeEach(() => {
    folder = temporaryProject()
  })
  afterEach(() => {
    folder.dispose()
  })

  const file = (name: string): string => path.join(folder.directory, name)

  /** A process of the provider that writes its report. */
  const reporting = (world: World) => {
    const { env } = world.process()
    return {
      ...env,
      report: reportFile(file('change'), {
        warn: env.warn,
        now: env.now,
        provider: '1.2.3',
        platform: 'https://live.example.net/tenantui',
        run: {}
      })
    }
  }

  const program = (): string => {
    const report = parseReport(fs.readFileSync(file('change.json'), 'utf8'), 'change.json')
    return programOf(report, rollback(report)).replace(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
      (id) => ids.get(id) ?? id
    )
  }
  let ids: Map<string, string>
  beforeEach(() => {
    ids = new Map()
  })

  const make = async (env: World['env'], args: SipConnectionArgs): Promise<Outcome> => {
    const made = await valueOf(sipConnection.create(args as unknown as Properties).program, env)
    ids.set(made.id, `<${args.siteName}>`)
    return made
  }
  const kept = ({ state }: Outcome): Properties => inClear(state) as Properties

  /** A run that changes, deletes and creates; what it found is in `before`. */
  const changed = async (world: World) => {
    const [whole, gone] = [await make(world.env, full), await make(world.env, { ...plain, siteName: 'branch-08' })]
    const before = world.sites().map(bare)
    const env = reporting(world)
    const { phones: _phones, ...rest } = full
    const updated = await valueOf(
      sipConnection.update(whole.id, kept(whole), {
        ...rest,
        siteName: 'branch-77',
        cacProfile: '20 sessions',
        carrierUserPassword: 'another-secret',
        sbcScripts: { ...plain.sbcScripts, customerVariables: { Region: 'APAC' } },
        allow: ['rename']
      }).program,
      env
    )
    await valueOf(sipConnection.remove(gone.id, kept(gone)).program, env)
    await make(env, { ...plain, siteName: 'branch-09' })
    return { before, updated }
  }

  story('prints the values before the run, and what it does not restore', {}, async (world) => {
    await changed(world)
    assert.strictEqual(
      program(),
      `// The values before the run whose change report began at 2030-01-01T00:00:04.000Z, on https://live.example.net/tenantui.
//
// Put each declaration in the place of the one that the program has for the same thing, under the name that it has there;
// look at "pulumi preview", and run "pulumi up". A secret is a config secret here: give it with "pulumi config set --secret",
// or keep the expression that the program has.
//
// What this does not restore:
// - "branch-77" (<branch-07>): the former value of carrierUserPassword is a secret that no report holds
// - "branch-77" (<branch-07>): give carrierPasswordDpi again: secrets are not in the report
// - "branch-08" (<branch-08>): it was deleted and is made anew: with another id, and without numbers and settings that were not declared
// - "branch-08" (<branch-08>): give carrierUserPassword again: secrets are not in the report
// - "branch-09" (<branch-09>): it was created by the run: to delete it, take its declaration out of the program

import * as pulumi from '@pulumi/pulumi'
import * as live from 'pulumi-audiocodes-live'

const config = new pulumi.Config()

// "branch-77" (<branch-07>)
new live.SipConnection('branch-77', {
  customerGuid: '${acme}',
  siteName: 'branch-07',
  sbcId: 5,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '5 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: config.requireSecret('branch-77_carrierUserPassword'),
  carrierPasswordDpi: config.requireSecret('branch-77_carrierPasswordDpi'),
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  phones: ['+49301234', '+49301235'],
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc5.provider.example',
  proxySet: 'SIPTrunk',
  allow: ['rename']
})

// "branch-08" (<branch-08>)
new live.SipConnection('branch-08', {
  customerGuid: '${acme}',
  siteName: 'branch-08',
  sbcId: 5,
  cacProfile: '5 sessions',
  carrierUserName: 'u-100',
  carrierUserPassword: config.requireSecret('branch-08_carrierUserPassword'),
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
  onlinePstnGateway: 'sbc5.provider.example'
})
`
    )
  })

  story('a run with its declarations leaves the platform as it was', {}, async (world) => {
    const { before, updated } = await changed(world)
    const secrets = (key: string): string => (key.endsWith('Dpi') ? 'made-up-dpi' : 'made-up-secret')
    const [[, whole] = ['', {}], [, gone] = ['', {}]] = evaluated(program(), secrets)
    const { env } = world.process()
    await valueOf(sipConnection.update(updated.id, kept(updated), whole as Properties).program, env)
    await valueOf(sipConnection.create(gone as Properties).program, env)
    const created = world.sites().find(({ name }) => name === 'branch-09')
    assert.ok(created !== undefined)
    await valueOf(sipConnection.remove(created.guid, { customerGuid: acme, siteName: 'branch-09' }).program, env)
    assert.deepStrictEqual(world.sites().map(bare), before)
  })

  story(
    'tells what failed, what ended without a clear answer, and what a takeover did not know',
    { settings: { maxRetries: 0 } },
    async (world) => {
      const { ovocCustomerType: _type, ...portal } = plainSite
      world.simulator.addSite({ ...portal, name: 'portal' })
      const made = await make(world.env, plain)
      const env = reporting(world)
      await sipConnection.create({ ...plain, sbcId: 3 }).program(env)()
      world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 502 }, { times: 1 }))
      await valueOf(
        sipConnection.update(made.id, kept(made), { ...plain, phones: ['+4930'], enableCac: false }).program,
        env
      )
      await make(env, {
        customerGuid: acme,
        siteName: 'portal',
        sbcId: 5,
        cacProfile: '9 sessions',
        enableCac: true,
        carrierRegistration: false,
        adopt: true
      })
      const lines = program().split('\n')
      assert.deepStrictEqual(
        lines.filter((line) => line.startsWith('// - ')),
        [
          '// - "branch-07": it failed before anything was changed: there is nothing to restore',
          '// - "branch-07" (<branch-07>): give carrierUserPassword again: secrets are not in the report',
          '// - "branch-07" (<branch-07>): enableCac, phones: not declared before, and the platform did not tell the value; no longer declared, it is cleared where the platform can do that',
          '// - "branch-07" (<branch-07>): it ended without a clear answer after something was sent: compare it with the portal',
          '// - "portal" (<portal>): the platform did not tell enableCac, carrierRegistration before the takeover: declared as in the run'
        ]
      )
      const [, [, taken] = ['', {}]] = evaluated(program(), () => 'x')
      assert.deepStrictEqual(taken, {
        customerGuid: acme,
        siteName: 'portal',
        sbcId: 5,
        enableCac: true,
        cacProfile: '5 sessions',
        carrierRegistration: false,
        adopt: true
      })
    }
  )

  story('as a sheet, which reads back as the values before the run', {}, async (world) => {
    await changed(world)
    const out = file('before.csv')
    const ended = await command(['rollback', '--report', file('change.json'), '--csv', '--out', out])
    assert.deepStrictEqual([ended.code, ended.stderr], [0, ''])
    const sheet = sheetOf(fs.readFileSync(out, 'utf8'), isKnown({}))
    assert.ok(E.isRight(sheet), JSON.stringify(sheet))
    const { places, faults } = placesOf(sheet.right, {}, false)
    const read = entriesOf(sheet.right.rows, {
      headings: sheet.right.headings,
      places,
      hasSecret: () => true,
      customerGuid: undefined
    })
    assert.deepStrictEqual([faults, read.faults], [[], []])
    const { carrierUserPassword: _password, carrierPasswordDpi: _dpi, ...whole } = full
    const { carrierUserPassword: _other, ...gone } = plain
    const at = (input: string, key: string) => ({ path: [input], key })
    assert.deepStrictEqual(read.entries, [
      {
        name: 'branch-77',
        values: { ...whole, allow: ['rename'] },
        references: [
          at('carrierUserPassword', 'branch-77_carrierUserPassword'),
          at('carrierPasswordDpi', 'branch-77_carrierPasswordDpi')
        ]
      },
      {
        name: 'branch-08',
        values: { ...gone, siteName: 'branch-08' },
        references: [at('carrierUserPassword', 'branch-08_carrierUserPassword')]
      }
    ])
  })

  const report = (rows: ReadonlyArray<object>, more: object = {}): string =>
    JSON.stringify({
      version: 1,
      time: new Date(startOfTime).toISOString(),
      platform: 'https://live.example.net/tenantui',
      rows,
      ...more
    })

  it('the command prints, or writes a file and tells what is left', async () => {
    const row = {
      resource: 'SipConnection',
      name: 'branch-01',
      kind: 'create',
      id: 'x',
      changes: [],
      result: 'ok',
      touched: true
    }
    const input = report([row])
    const printed = await command(['rollback', '--report', '-'], { input })
    const left = `"branch-01" (x): it was created by the run: to delete it, take its declaration out of the program`
    assert.deepStrictEqual([printed.code, printed.stderr, printed.stdout.split('\n').at(-2)], [0, '', `// - ${left}`])
    const out = file('rollback.ts')
    assert.deepStrictEqual(await command(['rollback', '--report', '-', '--out', out], { input }), {
      code: 0,
      stderr: '',
      stdout: `0 declarations with the values before the run: ${out}\nWhat they do not restore:\n  ${left}\n`
    })
    assert.strictEqual(fs.readFileSync(out, 'utf8'), printed.stdout)
  })

  const wrong: ReadonlyArray<readonly [what: string, text: string, said: string]> = [
    ['an empty file', '', 'change.json is no change report: it is empty.'],
    ['half of a file', report([]).slice(0, 40), 'change.json is no change report: it is not one JSON document.'],
    [
      'a newer version',
      report([], { version: 2 }),
      'change.json was written by a newer version of pulumi-audiocodes-live (version 2 of the report; this one knows 1): install that version and run again.'
    ],
    [
      'something else',
      '{"version":1,"steps":[]}',
      'change.json is no change report of pulumi-audiocodes-live: time: expected string, and 2 more faults.'
    ],
    [
      'a row that is not as it is written',
      report([{ name: 'x', kind: 'rename', changes: [], result: 'ok', touched: true, resource: 'SipConnection' }]),
      'change.json is no change report of pulumi-audiocodes-live: rows[0].kind: expected "create" | "adopt" | "update" | "delete".'
    ],
    [
      'the Markdown form',
      '# Change report\n',
      'change.json is the Markdown form of the report: name the JSON file that was written beside it.'
    ]
  ]
  for (const [what, text, said] of wrong) {
    it(`${what} is a clear error`, () => {
      assert.throws(() => parseReport(text, 'change.json'), { message: said })
    })
  }

  it('a file that is not there is an error of the command', async () => {
    const ended = await command(['rollback', '--report', 'nowhere.json'], { cwd: folder.directory })
    assert.deepStrictEqual(ended, {
      code: 1,
      stdout: '',
      stderr: 'nowhere.json cannot be read: there is no such file.\n'
    })
  })
})
