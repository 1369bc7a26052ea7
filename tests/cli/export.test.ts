// The command: what it asks the platform for, what it writes, what it says, and what it refuses.

import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { type Connection, connectionsOf } from '../../cli/export/Connections'
import { customersOf } from '../../cli/export/Customers'
import { checkFolder, writeFolder } from '../../cli/export/Folder'
import type { Progress } from '../../cli/report/Progress'
import type { Fetch } from '../../provider/Env'
import { liveFetch } from '../../provider/live/Fetch'
import {
  HEADQUARTERS_GUID,
  STATIC_TOKEN,
  type Simulator,
  customerGuids,
  manySites,
  manySitesCustomer,
  startSimulator
} from '../../simulator'
import { testEnv } from '../support/TestEnv'
import { command } from './Command'
import { exporting } from './Exporting'
import { folderOf } from './Fresh'

const { acme, contoso } = customerGuids

describe('audiocodes-live export', function () {
  this.timeout(20_000)
  const { simulator, folder, add, run } = exporting()

  const requests = (): ReadonlyArray<string> =>
    simulator()
      .requests()
      .map(({ method, path: asked }) => `${method} ${asked.replace('/tenantui/api/', '')}`)

  /** All that is below the folder, with the modes of files that not everybody may read. */
  const tree = (): ReadonlyArray<string> =>
    fs
      .readdirSync(folder(), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => {
        const mode = fs.lstatSync(file).mode & 0o777
        return `${path.relative(folder(), file)}${(mode & 0o077) === 0 ? ` ${mode.toString(8)}` : ''}`
      })
      .sort()

  const text = (file: string): string => fs.readFileSync(path.join(folder(), file), 'utf8')

  const secret = { carrierUserPassword: 'canary-password', customerVariables: { ApiKey: 'canary-key', Region: 'EMEA' } }

  it('writes a project of one customer, and nothing on the platform', async () => {
    add('branch', { ...secret, carrierUserName: 'u', carrierMainLine: 'main', carrierHostName: 'sip.example.net' })
    add('bare')
    const ended = await run(['--customer', 'acme', '--out', 'new'])
    assert.deepStrictEqual(ended, {
      code: 0,
      stdout: [
        `2 SIP connections of customer acme (${acme}) written to new.`,
        '',
        '  index.ts     the program that declares them',
        '  import.json  what "pulumi import" takes into the state; SECRETS IN CLEAR, mode 0600',
        `  secrets.sh   makes 2 secrets part of the stack's configuration; SECRETS IN CLEAR, mode 0600`,
        '',
        '2 connections with values that the platform does not return: look for "confirm" in the program.',
        '',
        'Next, with Pulumi 3.254 or newer and the credentials in the environment:',
        '  cd new',
        '  npm install',
        '  pulumi stack init <stack>',
        '  sh secrets.sh',
        '  pulumi import --file import.json --generate-code=false --protect=false --yes',
        '  pulumi preview --expect-no-changes',
        '  rm import.json secrets.sh',
        ''
      ].join('\n'),
      stderr: ''
    })
    assert.deepStrictEqual(tree(), [
      'new 700',
      'new/.gitignore',
      'new/Pulumi.yaml',
      'new/import.json 600',
      'new/index.ts',
      'new/package.json',
      'new/secrets.sh 600',
      'new/tsconfig.json'
    ])
    assert.deepStrictEqual(text('new/.gitignore').split('\n'), ['node_modules/', 'import.json', 'secrets.sh', ''])
    const withSecrets = fs
      .readdirSync(path.join(folder(), 'new'))
      .filter((file) => text(`new/${file}`).includes('canary') || text(`new/${file}`).includes(STATIC_TOKEN))
    assert.deepStrictEqual(withSecrets, ['import.json', 'secrets.sh'])
    assert.deepStrictEqual(
      [...requests()].map((line) => line.replace(/[0-9a-f-]{36}/, '<id>')),
      ['GET v3/customer', 'GET v3/customer/<id>', 'GET v2/sitelocation/<id>', 'GET v2/sitelocation/<id>']
    )
  })

  it('writes the same program again, and warns of no secrets where there are none', async () => {
    add('one')
    add('two')
    const first = await run(['--customer', acme.toUpperCase(), '--out', 'a'])
    assert.deepStrictEqual([first.code, requests().length], [0, 3])
    assert.doesNotMatch(first.stdout, /SECRETS|secrets\.sh/)
    assert.strictEqual((await run(['--customer', 'acme', '--out', 'b'])).code, 0)
    assert.strictEqual(text('a/index.ts'), text('b/index.ts'))
    assert.deepStrictEqual(
      tree().filter((file) => file.startsWith('a/')),
      ['a/.gitignore', 'a/Pulumi.yaml', 'a/import.json 600', 'a/index.ts', 'a/package.json', 'a/tsconfig.json']
    )
  })

  it('tells apart what has one name: connections, customers, and connections of two customers', async () => {
    simulator().setSwitches({ unlicensedLeads: 'nullGuid' })
    const twin = simulator().addCustomer({ shortName: 'acme' })
    const ids = [
      add('twice'),
      add('twice'),
      add('🏢'),
      add('7'),
      simulator().addSite({ customerGuid: twin, name: 'twice' })
    ]
    const { code, stdout } = await run(['--all', '--out', 'all'])
    assert.deepStrictEqual(
      [code, stdout.split('\n')[0], stdout.split('\n')[2]],
      [
        0,
        '6 SIP connections of 3 customers written to all.',
        '  index.ts     the program, with a file a customer in customers/'
      ]
    )
    const mark = (guid: string | undefined): string => guid?.slice(0, 8) ?? ''
    const { resources } = JSON.parse(text('all/import.json')) as {
      resources: ReadonlyArray<{ name: string; id: string }>
    }
    const one = `acme-${mark(acme)}`
    assert.deepStrictEqual(
      resources.map(({ name, id }) => [name, id]),
      [
        [`${one}-twice-${mark(ids[0])}`, ids[0]],
        [`${one}-twice-${mark(ids[1])}`, ids[1]],
        [`${one}-connection`, ids[2]],
        [`${one}-7`, ids[3]],
        ['contoso-headquarters', HEADQUARTERS_GUID],
        [`acme-${mark(twin)}-twice`, ids[4]]
      ]
    )
    assert.deepStrictEqual(
      tree().filter((file) => file.includes('customers/')),
      [`all/customers/${one}.ts`, `all/customers/acme-${mark(twin)}.ts`, 'all/customers/contoso.ts'].sort()
    )
    for (const { name, id } of resources) {
      const shown = fs.readdirSync(path.join(folder(), 'all/customers')).map((file) => text(`all/customers/${file}`))
      const found = shown.filter(
        (each) => each.includes(`SipConnection('${name}', {`) && each.includes(`adopt: '${id}'`)
      )
      assert.strictEqual(found.length, 1, name)
    }
  })

  it('writes services and dial plans where they are wanted, with one request more for each', async () => {
    const { contoso: other, initech } = customerGuids
    const site = add('branch')
    const rules = [
      { prefix: '+4930', tag: 'a.example.net' },
      { prefix: '+4989', tag: 'b.example.net' }
    ]
    simulator().editDialPlan(site, 'CustDialPlan', { add: rules })
    simulator().editDialPlan(site, 'Zoom', { add: rules.slice(1) })
    simulator().deleteSite(HEADQUARTERS_GUID)
    const { code, stdout, stderr } = await run(['--all', '--out', 'all', '--dial-plans', 'CustDialPlan, Zoom,None'])
    assert.deepStrictEqual(
      [code, stderr, stdout.split('\n')[0]],
      [
        0,
        '',
        '2 Hosted Essentials services, 2 Operator Connect services, 2 dial plans, 1 SIP connection of 4 customers written to all.'
      ]
    )
    const path_ = `v2/customer/${acme}/sitelocation/${site}/dialplan`
    assert.deepStrictEqual(
      requests().filter((line) => /dialplan/.test(line)),
      ['CustDialPlan', 'Zoom', 'None'].map((name) => `GET ${path_}/${name}`)
    )
    assert.strictEqual(requests().length, 1 + 4 + 1 + 4 + 3)
    const { resources } = JSON.parse(text('all/import.json')) as {
      resources: ReadonlyArray<{
        type: string
        name: string
        id: string
        inputs: Record<string, unknown>
        outputs: Record<string, unknown>
      }>
    }
    assert.deepStrictEqual(
      resources.map(({ type, name, id }) => [type.split(':').at(-1), name, id]),
      [
        ['HostedEssentialsService', 'acme', acme],
        ['HostedEssentialsService', 'contoso', other],
        ['OperatorConnectService', 'initech', initech],
        ['OperatorConnectService', 'umbrella', 'c4c4c4c4-0004-4000-8000-000000000004'],
        ['SipConnection', 'acme-branch', site],
        ['DialPlan', 'acme-branch-custdialplan', `${acme}/${site}/CustDialPlan`],
        ['DialPlan', 'acme-branch-zoom', `${acme}/${site}/Zoom`]
      ]
    )
    const plan = { customerGuid: acme, siteGuid: site, dialPlanName: 'CustDialPlan', rules, adopt: true }
    assert.deepStrictEqual(
      [resources[5]?.inputs, resources[5]?.outputs].map(({ __provider, ...rest } = {}) => rest),
      [
        plan,
        {
          ...plan,
          changedOutside: [],
          executionMessages: [],
          platform: simulator().url,
          schemaVersion: 1,
          managedKeys: ['customerGuid', 'siteGuid', 'dialPlanName', 'rules']
        }
      ]
    )
    assert.deepStrictEqual(text('all/customers/acme.ts').split('\n'), [
      "import * as live from 'pulumi-audiocodes-live'",
      '',
      '// Customer: acme, Acme Incorporated',
      "export const service = new live.HostedEssentialsService('acme', {",
      "  shortName: 'acme',",
      "  fullName: 'Acme Incorporated',",
      "  ovocCustomerType: 'IPGROUP_TYPE', // not readable: confirm, here and in import.json, before the import: a change after it replaces the service",
      "  msTenantId: 'a0a0a0a0-0001-4000-8000-000000000001',",
      "  license: 'HostedEssentialsPlus',",
      '  licensedUsersCount: 25,',
      `  adopt: '${acme}'`,
      '})',
      'const customerGuid = service.id',
      '',
      "export const acmeBranch = new live.SipConnection('acme-branch', {",
      '  customerGuid,',
      "  siteName: 'branch',",
      '  sbcId: 3,',
      '  configureSbc: true,',
      '  enableCac: false, // not readable: confirm',
      '  carrierRegistration: false, // not readable: confirm',
      '  // phones, dialPlanPrefixes: not readable: confirm',
      `  adopt: '${site}'`,
      '})',
      '',
      "new live.DialPlan('acme-branch-custdialplan', {",
      '  customerGuid,',
      '  siteGuid: acmeBranch.id,',
      "  dialPlanName: 'CustDialPlan',",
      "  rules: [{ prefix: '+4930', tag: 'a.example.net' }, { prefix: '+4989', tag: 'b.example.net' }],",
      '  adopt: true',
      '})',
      '',
      "new live.DialPlan('acme-branch-zoom', {",
      '  customerGuid,',
      '  siteGuid: acmeBranch.id,',
      "  dialPlanName: 'Zoom',",
      "  rules: [{ prefix: '+4989', tag: 'b.example.net' }],",
      '  adopt: true',
      '})',
      ''
    ])
    const of = (customer: string): ReadonlyArray<string> =>
      text(`all/customers/${customer}.ts`).split('\n').slice(3, -1)
    const confirm =
      'not readable: confirm, here and in import.json, before the import: a change after it replaces the service'
    assert.deepStrictEqual(
      [of('contoso').slice(4), of('umbrella')],
      [
        [
          "  msTenantId: 'a0a0a0a0-0001-4000-8000-000000000002',",
          "  license: 'HostedPro',",
          '  licensedUsersCount: 200,',
          "  applicationClientId: 'a0a0a0a0-0002-4000-8000-000000000002',",
          '  // applicationClientSecret: not readable: confirm',
          `  adopt: '${other}'`,
          '})'
        ],
        [
          "export const service = new live.OperatorConnectService('umbrella', {",
          "  msTenantId: 'a0a0a0a0-0001-4000-8000-000000000005',",
          "  shortName: 'umbrella',",
          "  fullName: 'Umbrella Holding',",
          `  configuration: 'ipGroup', // ${confirm}`,
          '  // license: the one that a new service has; declare another one to change it',
          "  adopt: 'c4c4c4c4-0004-4000-8000-000000000004'",
          '})'
        ]
      ]
    )
  })

  it('leaves out a service and a dial plan that cannot be written, and tells them', async () => {
    const site = add('branch')
    simulator().editCustomer(acme, { licenseType: 9 })
    simulator().addFault({ match: { path: '/dialplan/' }, times: 'always', fault: { kind: 'status', status: 403 } })
    const { code, stdout, stderr } = await run(['--customer', 'acme', '--out', 'new', '--services'])
    assert.deepStrictEqual(
      [code, stdout.split('\n')[0], stderr.split('\n').filter((line) => line !== '' && !line.startsWith(' '))],
      [
        1,
        `1 SIP connection of customer acme (${acme}) written to new; 2 errors above: not everything is in it.`,
        [
          `Read of Hosted Essentials service "acme" (customer ${acme}) failed: its license type 9 is none of 0 to 5, so that its kind is not known`,
          `Read of dial plan "CustDialPlan" (customer ${acme}, site ${site}) failed: the platform rejected GET with status 403`
        ]
      ]
    )
    assert.match(text('new/index.ts'), new RegExp(`const customerGuid = '${acme}'`))
    assert.doesNotMatch(text('new/index.ts'), /DialPlan\(|Service\(/)
  })

  it('refuses names of dial plans that are none', async () => {
    const of = async (names: string) => (await refused(['--all', '--out', 'new', '--dial-plans', names])).headline
    const expected = 'Expected names of dial plans such as CustDialPlan,Zoom: without a slash, none of them empty.'
    const said = (names: string, why: string): string =>
      `error: option '--dial-plans <names>' argument '${names}' is invalid. ${why}`
    assert.deepStrictEqual(
      [await of('a,'), await of('a/b'), await of('..'), await of('Zoom,zoom')],
      [
        said('a,', expected),
        said('a/b', expected),
        said('..', expected),
        said('Zoom,zoom', 'A dial plan is named twice.')
      ]
    )
  })

  it('uses an empty folder, also the one that it is in', async () => {
    add('one')
    fs.mkdirSync(path.join(folder(), 'empty'))
    assert.strictEqual((await run(['--customer', 'acme', '--out', 'empty'])).code, 0)
    const files = fs.readdirSync(path.join(folder(), 'empty'))
    fs.rmSync(path.join(folder(), 'empty'), { recursive: true })
    assert.strictEqual((await run(['--customer', 'acme', '--out', '.'])).code, 0)
    assert.deepStrictEqual(fs.readdirSync(folder()), files)
    assert.match(text('Pulumi.yaml'), /^name: audiocodes-live-[a-z0-9-]+\n/)
  })

  it('writes nothing where there are no connections', async () => {
    assert.deepStrictEqual(await run(['--customer', 'acme', '--out', 'new']), {
      code: 0,
      stdout: `There are no SIP connections at customer acme (${acme}): nothing was written.\n`,
      stderr: ''
    })
    simulator().deleteSite(HEADQUARTERS_GUID)
    const { code, stdout } = await run(['--all', '--out', 'new'])
    assert.deepStrictEqual(
      [code, stdout, tree()],
      [0, 'There are no SIP connections at 4 customers: nothing was written.\n', []]
    )
  })

  /** The first line of the error, and what it leaves: nothing. */
  const refused = async (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) => {
    const before = tree()
    simulator().clearRequests()
    const { code, stderr } = await run(args, env)
    assert.deepStrictEqual(tree(), before)
    const [headline = '', ...details] = stderr.split('\n')
    return { code, headline, next: details.find((line) => /^ +Next:/.test(line))?.trim(), sent: requests() }
  }

  it('refuses what does not say which connections are meant', async () => {
    const twins = [simulator().addCustomer({ shortName: 'twin' }), simulator().addCustomer({ shortName: 'twin' })]
    simulator().setSwitches({ unlicensedLeads: 'nullGuid' })
    const { companyName = '' } =
      simulator()
        .state()
        .leads.find(({ umpCustomerGuid }) => umpCustomerGuid === null) ?? {}
    const unknown = '99999999-9999-4999-8999-999999999999'
    const list = ['GET v3/customer']
    const of = (customer: string) => refused(['--customer', customer, '--out', 'new'])
    assert.deepStrictEqual(await of('acne'), {
      code: 1,
      headline:
        'Lookup of customer "acne" failed: there is no service with the short name "acne"; there are acme, contoso, Globex, initech, twin and 1 more',
      next: 'Next: correct the short name (upper and lower case count).',
      sent: list
    })
    assert.deepStrictEqual(await of('twin'), {
      code: 1,
      headline: `Lookup of customer "twin" failed: 2 are services with the short name "twin": ${twins.map((guid) => `${guid} (twin)`).join(', ')}`,
      next: 'Next: give the customerGuid of the one that is meant.',
      sent: list
    })
    assert.deepStrictEqual(await of(companyName), {
      code: 1,
      headline: `Lookup of customer "${companyName}" failed: "${companyName}" has no customer guid: no license has been applied to the lead yet (Create Service from Lead)`,
      next: 'Next: apply a license to the lead, and run again when the service is there.',
      sent: list
    })
    for (const malformed of [acme.slice(0, -1), `${acme}0`, `{${acme}}`, acme.replace('-4', '-')]) {
      assert.deepStrictEqual(await of(malformed), {
        code: 1,
        headline: `Lookup of customer "${malformed}" failed: "${malformed}" is no guid: expected 32 hexadecimal digits such as 11111111-2222-3333-4444-555555555555; nothing was sent`,
        next: 'Next: correct it, or give the short name of the customer.',
        sent: []
      })
    }
    const { headline, code } = await of(unknown)
    assert.deepStrictEqual(
      [
        code,
        headline.startsWith(`Lookup of customer ${unknown} failed: the platform knows no customer ${unknown} (404`)
      ],
      [1, true]
    )
    const none = 'Which connections? Name a customer with --customer <guid or short name>, or say --all.'
    assert.deepStrictEqual(
      [await refused(['--out', 'new']), await refused(['--customer', ' ', '--out', 'new'])].map(
        (each) => each.headline
      ),
      [none, none]
    )
    assert.match(
      (await refused(['--all', '--customer', 'acme', '--out', 'new'])).headline,
      /cannot be used with option/
    )
    assert.match((await refused(['--all'])).headline, /required option '--out <folder>' not specified/)
  })

  it('refuses a folder that it would have to change, before it asks for anything', async () => {
    fs.mkdirSync(path.join(folder(), 'full'))
    fs.writeFileSync(path.join(folder(), 'full/.hidden'), 'kept')
    fs.writeFileSync(path.join(folder(), 'file'), 'kept')
    fs.symlinkSync('nowhere', path.join(folder(), 'dangling'))
    const told = []
    for (const out of ['full', 'file', 'dangling', 'missing/new', '']) {
      const { code, headline, sent } = await refused(['--all', '--out', out])
      told.push([
        code,
        headline.replace(fs.realpathSync(folder()), '<folder>').replace(folder(), '<folder>'),
        sent.length
      ])
    }
    assert.deepStrictEqual(told, [
      [1, 'full is not empty, and nothing is overwritten: name a folder that is new, or an empty one.', 0],
      [1, 'file is no folder: name a folder that is new, or an empty one.', 0],
      [1, 'dangling is no folder: name a folder that is new, or an empty one.', 0],
      [1, 'missing/new cannot be written: there is no folder <folder>/missing.', 0],
      [1, '--out is empty: name a folder.', 0]
    ])
    assert.deepStrictEqual([text('full/.hidden'), text('file')], ['kept', 'kept'])
  })

  it('refuses a configuration that is not whole, and credentials that are not accepted', async () => {
    const { headline, sent } = await refused(['--all', '--out', 'new'], { AUDIOCODES_LIVE_BASE_URL: '' })
    assert.match(headline, /^Missing configuration audiocodes-live:baseUrl \(environment: AUDIOCODES_LIVE_BASE_URL\)/)
    assert.deepStrictEqual(sent, [])
    const wrong = await refused(['--all', '--out', 'new'], { AUDIOCODES_LIVE_ACCESS_TOKEN: 'canary-token' })
    assert.deepStrictEqual(
      [wrong.code, wrong.headline],
      [
        1,
        `Lookup of the list of customers failed: authorisation was refused by ${simulator().url}/api/v3/customer with status 401`
      ]
    )
  })

  it('leaves out what cannot be read, tells it, and writes the others', async () => {
    const [lost, named] = [add('lost'), add(' odd ')]
    add('kept')
    simulator().addFault({ match: { path: lost }, times: 'always', fault: { kind: 'status', status: 403 } })
    simulator().addFault({
      match: { path: `/v3/customer/${contoso}` },
      times: 'always',
      fault: { kind: 'status', status: 400 }
    })
    const { code, stdout, stderr } = await run(['--all', '--out', 'new'])
    assert.deepStrictEqual(
      [code, stdout.split('\n')[0]],
      [1, `1 SIP connection of customer acme (${acme}) written to new; 3 errors above: not everything is in it.`]
    )
    assert.deepStrictEqual(
      stderr
        .replace(/correlation id [0-9a-f-]{36}(, platform id [^,]+)?, [\d:.TZ-]+/g, 'correlation id <id>, <time>')
        .split('\n'),
      [
        `Lookup of customer ${contoso} failed: the platform rejected GET with status 400`,
        '    Platform: Scripted failure',
        '    Next: run the same command again; nothing depends on how far this came.',
        '    status 400, correlation id <id>, <time>',
        `Read of SIP connection "lost" (customer ${acme}, site ${lost}, SBC 3) failed: the platform rejected GET with status 403`,
        '    Platform: Scripted failure',
        '    Next: let the app registration have the right that this call needs, and run again.',
        '    status 403, correlation id <id>, <time>',
        `Read of SIP connection " odd " (customer ${acme}, site ${named}, SBC 3) failed: it cannot be declared as it is (siteName: has a blank at an end; remove it (the name of the connection))`,
        `    Next: correct it in the portal, or declare it by hand with adopt: "${named}".`,
        '    correlation id <id>, <time>',
        ''
      ]
    )
    const { resources } = JSON.parse(text('new/import.json')) as { resources: ReadonlyArray<{ name: string }> }
    assert.deepStrictEqual(
      resources.map(({ name }) => name),
      ['acme-kept']
    )
  })

  it('writes nothing when nothing can be read', async () => {
    simulator().addFault({ match: { path: '/sitelocation/' }, times: 'always', fault: { kind: 'html', status: 403 } })
    const { code, stdout } = await run(['--customer', contoso, '--out', 'new'])
    assert.deepStrictEqual([code, stdout, tree()], [1, 'Nothing was written.\n', []])
  })

  it('does with the list and the details of V2 where there is no V3', async () => {
    simulator().addFault({ match: { path: '/v3/' }, times: 'always', fault: { kind: 'status', status: 404 } })
    const { code } = await run(['--all', '--out', 'new'])
    assert.deepStrictEqual([code, /siteName: 'headquarters'/.test(text('new/index.ts'))], [0, true])
    assert.doesNotMatch(text('new/index.ts'), /sbcConfigurationType/)
  })
})

describe('The folder of an export', () => {
  const folder = folderOf()
  const twice = ['a', 'b/c', 'a'].map((name) => ({ path: name, text: name }))

  it('is as it was when not everything could be written', () => {
    const out = path.join(folder(), 'out')
    const fault = new Error(`${out} could not be written (EEXIST); nothing is left of it.`)
    assert.throws(() => {
      writeFolder(out, twice)
    }, fault)
    assert.deepStrictEqual(fs.readdirSync(folder()), [])
    fs.mkdirSync(out)
    assert.throws(() => {
      writeFolder(out, twice)
    }, fault)
    assert.deepStrictEqual(fs.readdirSync(folder(), { recursive: true }), ['out'])
  })

  it('is looked at again before it is written', () => {
    const out = path.join(folder(), 'out')
    checkFolder(out)
    fs.mkdirSync(out)
    fs.writeFileSync(path.join(out, 'a'), 'of somebody else')
    assert.throws(() => {
      writeFolder(out, twice.slice(0, 2))
    }, /is not empty, and nothing is overwritten/)
    assert.deepStrictEqual(fs.readdirSync(folder(), { recursive: true }), ['out', 'out/a'])
  })
})

describe('An export of 1,000 connections', function () {
  this.timeout(60_000)
  const [tenants, each] = [10, 100]
  let simulator: Simulator
  before(async () => {
    simulator = await startSimulator({ state: manySites(tenants, each) })
  })
  after(() => simulator.close())

  const credentials = { _tag: 'Token', accessToken: STATIC_TOKEN } as const
  const quiet = (): Progress => ({ step: () => undefined, note: () => undefined, end: () => undefined })

  it('has eight requests under way at a time', async () => {
    let [now, most] = [0, 0]
    const plain = liveFetch('test')
    const counted: Fetch = (request) => async () => {
      most = Math.max(most, ++now)
      const result = await plain(request)()
      now -= 1
      return result
    }
    const { env } = testEnv({ baseUrl: simulator.url, credentials }, { fetch: counted })
    const { customers } = await customersOf({ customer: 'c1' }, env, quiet)
    const { connections } = await connectionsOf(customers, env, quiet)
    assert.deepStrictEqual([connections.length, most], [each, 8])
  })

  it('sends one request a connection and a customer, at the pace that is set', async () => {
    simulator.clearRequests()
    const { env, clock } = testEnv({ baseUrl: simulator.url, credentials, requestsPerSecond: 5 })
    const steps: Array<readonly [total: number, done: number]> = []
    const progressOf = (total: number): Progress => {
      const index = steps.push([total, 0]) - 1
      return {
        step: () => (steps[index] = [total, (steps[index]?.[1] ?? 0) + 1]),
        note: () => undefined,
        end: () => undefined
      }
    }
    const began = clock.now()
    const { customers } = await customersOf('all', env, progressOf)
    const { connections, failures } = await connectionsOf(customers, env, progressOf)
    const names = ({ args }: Connection): string => `${args.customerGuid} ${args.siteName}`
    assert.deepStrictEqual([failures, connections.length, new Set(connections.map(names)).size], [[], 1001, 1001])
    const sent = simulator.requests()
    // Four customers and one connection are there from the start.
    assert.deepStrictEqual([customers.length, sent.length], [tenants + 4, 1 + (tenants + 4) + 1001])
    assert.deepStrictEqual(steps, [
      [tenants + 4, tenants + 4],
      [1001, 1001]
    ])
    assert.ok(clock.now() - began >= (sent.length - 1) * 200, `${clock.now() - began} ms by the clock of the test`)
  })

  it('writes them all', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'audiocodes-live-'))
    try {
      simulator.clearRequests()
      const { code, stdout, stderr } = await command(['export', '--all', '--out', 'all'], {
        cwd: folder,
        env: {
          AUDIOCODES_LIVE_BASE_URL: simulator.url,
          AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN,
          AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0'
        }
      })
      assert.deepStrictEqual(
        [code, stdout.split('\n')[0], stderr],
        [0, `1001 SIP connections of ${tenants + 1} customers written to all.`, '']
      )
      assert.ok(simulator.requests().length <= 1001 + tenants + 4 + 2)
      const { resources } = JSON.parse(fs.readFileSync(path.join(folder, 'all/import.json'), 'utf8')) as {
        resources: ReadonlyArray<{ name: string; inputs: { customerGuid: string } }>
      }
      assert.strictEqual(new Set(resources.map(({ name }) => name)).size, 1001)
      assert.strictEqual(resources.filter(({ inputs }) => inputs.customerGuid === manySitesCustomer(1)).length, each)
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  })
})
