// The export as a sheet and as a fleet: what it writes, that the sheet says the same as the platform, and that it holds no secret.

import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as ts from 'typescript'
import type { Connection } from '../../cli/export/Connections'
import { defaultsOf, fleetProgram, fleetSheet, unconfirmed } from '../../cli/export/Fleet'
import { named } from '../../cli/export/Named'
import type { SipConnectionArgs } from '../../provider/sip-connection/Args'
import type { SipConnectionState } from '../../provider/sip-connection/State'
import { customerGuids } from '../../simulator'
import { configured, read, secret } from '../unit/csv/support'
import { exporting } from './Exporting'

const { acme } = customerGuids
const platform = 'https://live.example.net/tenantui'
const customer = { guid: acme, shortName: 'acme', fullName: undefined, connections: [] }
const open = 'phones, dialPlanPrefixes: not readable: confirm'

const connectionOf = (
  siteGuid: string,
  args: Partial<SipConnectionArgs>,
  more: Partial<Connection> = {}
): Connection => {
  const whole = { customerGuid: acme, siteName: siteGuid.slice(0, 8), sbcId: 3, adopt: siteGuid, ...args }
  return {
    customer,
    siteGuid,
    args: whole,
    state: whole as unknown as SipConnectionState,
    remarks: {},
    left: [open],
    ...more
  }
}

const [one, two] = ['aaaaaaaa-2222-4222-8222-222222222222', 'bbbbbbbb-2222-4222-8222-222222222222']
const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

describe('The fleet of an export', () => {
  it('has in its defaults what all connections have in common, and no secret there', () => {
    const all = named([
      connectionOf(one, {
        enableCac: true,
        carrierUserPassword: 'canary-1',
        sbcScripts: { ...scripts, customerVariables: { ApiKey: 'canary-2', Region: 'EMEA', Zone: 'a' } }
      }),
      connectionOf(two, {
        enableCac: true,
        carrierUserPassword: 'canary-1',
        sbcScripts: { ...scripts, customerVariables: { Region: 'EMEA', ApiKey: 'canary-2', Zone: 'b' } }
      })
    ])
    assert.deepStrictEqual(
      [defaultsOf(all), defaultsOf(all.slice(1))],
      [
        {
          customerGuid: acme,
          sbcId: 3,
          enableCac: true,
          sbcScripts: { ...scripts, customerVariables: { Region: 'EMEA' } }
        },
        {}
      ]
    )
  })

  it('is a program that can be read', () => {
    const confirm = 'not readable: confirm'
    const all = named([
      connectionOf(
        one,
        { enableCac: false, carrierUserPassword: 'canary-1', sbcScripts: scripts },
        { remarks: { enableCac: confirm } }
      ),
      connectionOf(
        two,
        {
          siteName: "it's",
          enableCac: false,
          adopt: undefined,
          sbcScripts: { ...scripts, cleanupScript: 1 }
        },
        { remarks: { enableCac: confirm }, left: [`carrierRegistration: ${confirm}`, open] }
      )
    ])
    const { text } = fleetProgram(all, platform, defaultsOf(all))
    assert.strictEqual(
      text.slice(text.indexOf('// Of all')),
      [
        `// Of all connections: ${open}`,
        `import * as pulumi from '@pulumi/pulumi'`,
        `import * as live from 'pulumi-audiocodes-live'`,
        '',
        'const config = new pulumi.Config()',
        '',
        `export const connections = new live.SipConnectionFleet('connections', {`,
        '  defaults: {',
        `    customerGuid: '${acme}',`,
        '    sbcId: 3,',
        `    enableCac: false, // ${confirm}`,
        '    sbcScripts: { onboardingScript: 12001 }',
        '  },',
        '  connections: {',
        `    'acme-aaaaaaaa': {`,
        `      siteName: 'aaaaaaaa',`,
        `      carrierUserPassword: config.requireSecret('acme-aaaaaaaa_carrierUserPassword'),`,
        '      sbcScripts: { cleanupScript: 12002 },',
        `      adopt: '${one}'`,
        '    },',
        `    'acme-it-s': {`,
        `      siteName: "it's",`,
        '      sbcScripts: { cleanupScript: 1 },',
        `      // carrierRegistration: ${confirm}`,
        `      adopt: '${two}'`,
        '    }',
        '  }',
        '})',
        ''
      ].join('\n')
    )
    assert.deepStrictEqual(ts.transpileModule(text, { reportDiagnostics: true }).diagnostics, [])
    assert.deepStrictEqual(unconfirmed(all), ['acme-it-s'])
  })

  it('is a sheet without the values of secrets, which tells what is left open, and of which connections', () => {
    const all = named([
      connectionOf(one, { carrierUserPassword: 'canary-1', sbcScripts: { customerVariables: { Copy: 'canary-1' } } }),
      connectionOf(two, { siteName: '=x' }, { left: ['proxySet: not readable: confirm', open] })
    ])
    assert.strictEqual(
      fleetSheet(all, platform, defaultsOf(all), ';'),
      [
        `\ufeff"# SIP connections as ${platform} held them when they were exported; read by connectionsFromCsv, which skips these lines"`,
        '"# enableCac and carrierRegistration are not returned by the platform and have the values that fit the rest: compare them with the portal"',
        `"# ${open}"`,
        '"# proxySet: not readable: confirm (acme-x)"',
        'name;siteName;enableCac;carrierRegistration;passwordConfigKey;phones;dialPlanPrefixes;adopt;sbcScripts.customerVariables.Copy.configKey',
        `acme-aaaaaaaa;aaaaaaaa;;;acme-aaaaaaaa_carrierUserPassword;;;${one};acme-aaaaaaaa_Copy`,
        `acme-x;"'=x";;;;;;${two};`,
        ''
      ].join('\r\n')
    )
  })
})

describe('audiocodes-live export --csv and --as fleet', function () {
  this.timeout(20_000)
  const { folder, add, run } = exporting()

  const carrier = { carrierUserName: 'u', carrierMainLine: 'main', carrierHostName: 'sip.example.net' }
  const key = 'acme-branch_carrierUserPassword'

  const files = (name: string): ReadonlyArray<string> => fs.readdirSync(path.join(folder(), name)).sort()
  const withSecrets = (name: string): ReadonlyArray<string> =>
    files(name).filter((file) => fs.readFileSync(path.join(folder(), name, file), 'utf8').includes('canary'))

  it('write what the platform has, and the sheet gives back the same entries', async () => {
    const ids = [
      add('branch', { ...carrier, carrierUserPassword: 'canary-1', customerVariables: { Region: '=a;b"c' } }),
      add('-Büro; "1"')
    ]
    const sheet = await run(['--customer', 'acme', '--csv', '--delimiter', 'tab', '--out', 'sheet'])
    assert.deepStrictEqual(sheet, {
      code: 0,
      stdout: [
        `2 SIP connections of customer acme (${acme}) written to sheet.`,
        '',
        `  connections.csv  the sheet: connectionsFromCsv('connections.csv') reads it`,
        `  secrets.sh       makes 1 secret part of the stack's configuration; SECRETS IN CLEAR, mode 0600`,
        '',
        'Put both files beside the Pulumi.yaml of the program, run "sh secrets.sh", and remove that file.',
        'Compare what the platform does not return with the portal: the lines above the headings of connections.csv say what it is.',
        ''
      ].join('\n'),
      stderr: ''
    })
    assert.deepStrictEqual(
      [files('sheet'), withSecrets('sheet')],
      [['.gitignore', 'connections.csv', 'secrets.sh'], ['secrets.sh']]
    )
    configured({ [`project:${key}`]: 'canary-1' })
    const shared = { customerGuid: acme, sbcId: 3, configureSbc: true, enableCac: false }
    const entries = {
      'acme-branch': {
        ...shared,
        siteName: 'branch',
        ...carrier,
        carrierRegistration: true,
        carrierUserPassword: secret('canary-1'),
        sbcScripts: { customerVariables: { Region: '=a;b"c' } },
        adopt: ids[0]
      },
      'acme-buro-1': { ...shared, siteName: '-Büro; "1"', carrierRegistration: false, adopt: ids[1] }
    }
    assert.deepStrictEqual(await read(path.join(folder(), 'sheet/connections.csv')), entries)

    const fleet = await run(['--customer', 'acme', '--as', 'fleet', '--csv', '--out', 'fleet'])
    assert.deepStrictEqual(
      [fleet.code, fleet.stderr, fleet.stdout.split('\n').slice(2, 14), files('fleet'), withSecrets('fleet')],
      [
        0,
        '',
        [
          '  index.ts         the program: one fleet that takes them over by their site ids',
          `  connections.csv  the sheet: connectionsFromCsv('connections.csv') reads it`,
          `  secrets.sh       makes 1 secret part of the stack's configuration; SECRETS IN CLEAR, mode 0600`,
          '',
          'Next, with the credentials in the environment:',
          '  cd fleet',
          '  npm install',
          '  pulumi stack init <stack>',
          '  sh secrets.sh',
          '  pulumi preview',
          '  pulumi up',
          '  rm secrets.sh'
        ],
        ['.gitignore', 'Pulumi.yaml', 'connections.csv', 'index.ts', 'package.json', 'secrets.sh', 'tsconfig.json'],
        ['secrets.sh']
      ]
    )
    assert.match(
      fs.readFileSync(path.join(folder(), 'fleet/index.ts'), 'utf8'),
      /\n {4}enableCac: false \/\/ not readable: confirm\n {2}\},\n {2}connections: live\.connectionsFromCsv\('connections\.csv'\)\n\}\)\n$/
    )
    assert.deepStrictEqual(await read(path.join(folder(), 'fleet/connections.csv'), { defaults: shared }), entries)
  })

  it('tell what cannot be taken over yet, and make no program of single connections with services', async () => {
    add('masked', { carrierUserName: 'u', onboardingScript: 12001, cleanupScript: 12002 })
    const { code, stdout } = await run(['--customer', 'acme', '--as', 'fleet', '--out', 'fleet'])
    assert.deepStrictEqual(
      [code, stdout.split('\n')[4]],
      [
        0,
        '1 connection cannot be taken over before carrierRegistration is filled in, which the platform does not tell: acme-masked.'
      ]
    )
    const both = await run(['--customer', 'acme', '--csv', '--services', '--out', 'both'])
    assert.deepStrictEqual(
      [both.code, both.stderr],
      [1, "error: option '--services' cannot be used with option '--csv'\n"]
    )
  })
})
