import * as assert from 'node:assert'
import * as path from 'node:path'
import * as fs from 'node:fs'
import { command } from '../cli/Command'
import { kept, steadied } from '../cli/Fixtures'
import { succeeded } from '../support/EngineRun'
import { canaries, contoso, full, guidOf, minimal, program, startWorld, type World } from './World'

describe('audiocodes-live plan', function () {
  this.timeout(60_000)
  let world: World
  let guids: ReadonlyArray<string>
  let file: string
  const allow = ['rename', 'sbcMove']
  const whole = { ...full('whole'), allow }

  before(async () => {
    world = await startWorld({
      program: program({
        whole,
        mover: { ...minimal('mover'), allow },
        away: minimal('away'),
        gone: minimal('gone'),
        kept: { args: minimal('kept'), options: '{ retainOnDelete: true }' }
      })
    })
    succeeded(await world.stack.up())
    guids = ['whole', 'mover', 'away', 'gone', 'kept'].map((name) => guidOf(world.simulator, name))
    file = path.join(world.stack.directory, 'preview.json')
  })
  after(() => world.end())

  const preview = async (): Promise<string> => {
    const { stdout } = succeeded(await world.stack.preview(['--json']))
    fs.writeFileSync(file, stdout)
    return stdout
  }

  it('says in one line that there is nothing to do', async () => {
    await preview()
    assert.deepStrictEqual(await command(['plan', file, '--exit-code', '--format', 'text']), {
      code: 0,
      stdout: 'dev of harness: No changes of SIP connections.\n',
      stderr: ''
    })
  })

  it('reads what the engine prints of every kind of change', async () => {
    const { m365Scripts: _m365, ...rest } = whole
    const changed = {
      ...rest,
      cacProfile: '5 sessions',
      carrierUserPassword: 'canary-new-password',
      phones: [...whole.phones.slice(1), '+493055510'],
      dialPlanPrefixes: whole.dialPlanPrefixes.slice(1),
      sbcScripts: {
        ...whole.sbcScripts,
        customerVariables: { Region: 'APAC', RegistrarPassword: 'canary-new-variable', New: 'a|`b' }
      }
    }
    const later = `
      new live.SipConnection('later', {
        ...${JSON.stringify(minimal('later'))},
        carrierUserName: declared.fresh.siteGuid.apply((guid) => guid.slice(0, 5)),
        cacProfile: pulumi.secret('10 sessions')
      })
      new pulumi.ComponentResource('other:index:Thing', 'thing')`
    world.stack.setProgram(
      program(
        {
          whole: changed,
          mover: { ...minimal('mover'), sbcId: 5, allow },
          away: { ...minimal('away'), customerGuid: contoso },
          fresh: { ...minimal('fresh'), adopt: false }
        },
        later
      )
    )
    const printed = await preview()
    const now = steadied(printed, world.simulator, guids)
    assert.deepStrictEqual(now, kept('preview', now))

    const { code, stdout, stderr } = await command(['plan', file, '--exit-code', '--format', 'text'])
    assert.deepStrictEqual({ code, stderr }, { code: 2, stderr: '' })
    const [, , , gone = '', leaving = ''] = guids
    assert.deepStrictEqual(stdout.split('\n'), [
      'dev of harness: SIP connections: 2 create, 2 update, 1 replace, 1 delete, 1 forget; 4 may affect calls.',
      '',
      'May affect calls (4)',
      '  delete gone (SBC 3): deleted',
      `      taken off the platform (site ${gone})`,
      '  replace away (SBC 3): replaced: deleted and made again',
      `      customerGuid: ${whole.customerGuid} → ${contoso}`,
      '  update mover (SBC 3 → 5): moves to another SBC: the old one may keep its IP group and registration',
      '      sbcId: 3 → 5',
      '  update whole (SBC 3): registration with the carrier; fewer calls at a time (CAC); numbers removed, or not comparable; route of the calls (gateway, proxy set, configuration mode, M365 routing)',
      '      cacProfile: 10 sessions → 5 sessions',
      '      carrierUserPassword: changed',
      '      dialPlanPrefixes: removed CustDialPlan 0',
      '      m365Scripts.cleanupScript: 13002 → not set',
      '      m365Scripts.configureM365Routing: true → not set',
      '      m365Scripts.onboardingScript: 13001 → not set',
      '      phones: removed +4989555100; added +493055510',
      '      sbcScripts.customerVariables.New: not set → a|`b',
      '      sbcScripts.customerVariables.Region: EMEA → APAC',
      '      sbcScripts.customerVariables.RegistrarPassword: changed',
      '',
      'Other changes (3)',
      '  create fresh (SBC 3)',
      `      customerGuid: ${whole.customerGuid}`,
      '      sbcId: 3',
      '      sbcScripts.cleanupScript: 12002',
      '      sbcScripts.onboardingScript: 12001',
      '      siteName: fresh',
      '  forget kept (SBC 3)',
      `      stays on the platform and leaves the state (site ${leaving})`,
      '  create later (SBC 3)',
      '      cacProfile: set',
      '      carrierUserName: known after apply',
      `      customerGuid: ${whole.customerGuid}`,
      '      sbcId: 3',
      '      sbcScripts.cleanupScript: 12002',
      '      sbcScripts.onboardingScript: 12001',
      '      siteName: later',
      '',
      'SBC    create  update  replace  delete  forget',
      '-----  ------  ------  -------  ------  ------',
      '3      2       1       1        1       1',
      '3 → 5  -       1       -        -       -',
      'all    2       2       1        1       1',
      '',
      'Resources that are no SIP connections: 1 create.',
      ''
    ])
    const all = (
      await Promise.all(['text', 'markdown', 'json'].map((format) => command(['plan', file, '--format', format])))
    ).map((ended) => ended.stdout)
    assert.deepStrictEqual(
      all.map((text) => [text.includes('canary'), ...Object.values(canaries).map((canary) => text.includes(canary))]),
      all.map(() => [false, false, false, false])
    )
  })

  it('reads a preview with refresh and with the steps of a replacement in the same way', async () => {
    const plain = await command(['plan', file, '--format', 'text'])
    const args = ['--json', '--refresh', '--show-replacement-steps']
    fs.writeFileSync(file, succeeded(await world.stack.preview(args)).stdout)
    assert.deepStrictEqual(await command(['plan', file, '--format', 'text']), plain)
  })

  it('says that the plan is not complete when the preview failed', async () => {
    world.stack.setProgram(program({ whole: { ...whole, sbcId: 'three' } }))
    const failed = await world.stack.preview(['--json'])
    const { code, stdout } = await command(['plan', '-', '--format', 'text'], { input: failed.stdout })
    assert.deepStrictEqual(
      [failed.code, code, stdout.split('\n').slice(1, 4)],
      [
        1,
        1,
        [
          '',
          'The preview failed, so this plan is not complete:',
          "  error: pulumi-nodejs:dynamic/audiocodes-live:SipConnection resource 'whole' has a problem: sbcId: expected a whole number from 1"
        ]
      ]
    )
  })

  it('has a failed write finished, and says that this may affect calls', async () => {
    world.simulator.addFault({
      match: { method: 'PATCH' },
      times: 1,
      fault: { kind: 'errorMessage', effect: true, message: 'refused by the SBC' }
    })
    const declared = program({ whole: { ...whole, carrierUserName: 'user-2' } })
    world.stack.setProgram(declared)
    assert.notStrictEqual((await world.stack.up(['--target', '**whole'])).code, 0)
    const { stdout } = await world.stack.preview(['--json', '--target', '**whole'])
    const ended = await command(['plan', '-', '--format', 'json'], { input: stdout })
    const { changes } = JSON.parse(ended.stdout) as { changes: ReadonlyArray<Record<string, unknown>> }
    assert.deepStrictEqual(
      changes.map(({ name, operation, mayAffectCalls, fields }) => ({ name, operation, mayAffectCalls, fields })),
      [
        {
          name: 'whole',
          operation: 'update',
          mayAffectCalls: ['registration', 'unfinished'],
          // The engine keeps the inputs of before a failed update.
          fields: [{ path: 'carrierUserName', before: 'user-1', after: 'user-2' }]
        }
      ]
    )
  })
})
