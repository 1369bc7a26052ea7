// The reference is generated. What it says comes from the code; that it says all of it, and of today's code, is tested here.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import * as ts from 'typescript'
import { resources } from '../../provider/resources'
import { settingKeys } from '../../provider/Settings'
import { repositoryRoot } from '../support/repository'
import { inlineCode, linkTargets, partsOf, tableRows } from './support/Markdown'
import { linkFaults } from './support/Readme'
import { examplesOf, sourcesIn, titleOf } from './support/Sources'

const folder = 'docs/reference'

type Pages = ReadonlyMap<string, string>

const pagesIn = (directory: string): Pages =>
  new Map(
    fs
      .readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()
      .map((file) => [file, fs.readFileSync(path.join(directory, file), 'utf8')])
  )

const pages = pagesIn(path.join(repositoryRoot, folder))
const pageOf = (file: string): string => pages.get(file) ?? assert.fail(`there is no ${folder}/${file}`)

const run = (...args: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: repositoryRoot, encoding: 'utf8' })
  return { status, stderr, stdout }
}

/** The names in the export clauses of a file. */
const exportedNames = (text: string): ReadonlyArray<string> =>
  ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest, true).statements.flatMap((statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined
    if (clause === undefined || !ts.isNamedExports(clause))
      throw new Error(`${statement.getText()}: what it exports is not known here`)
    return clause.elements.map(({ name }) => name.text)
  })

/** Exports that the index does not link to a page which speaks of them. */
const exportFaults = (all: Pages, names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.flatMap((name) => {
    const row = new RegExp(`\\[\`${name}\`\\]\\(([^)#]+)(#[^)]*)?\\)`).exec(all.get('README.md') ?? '')
    if (row === null) return [`${name}: the index has no link to it`]
    const [, file = ''] = row
    const page = all.get(file)
    if (page === undefined) return [`${name}: there is no ${file}`]
    return new RegExp(`\\b${name}\\b`).test(page) ? [] : [`${name}: ${file} does not speak of it`]
  })

/** Files of this repository that users do not have, and places on a machine. */
const privatePaths = (text: string): ReadonlyArray<string> =>
  [
    ...text.matchAll(
      /(?<![\w.-])(?:\.\.\/)*(?:provider|sdk|simulator|cli|dist|scripts|tests|engine|node_modules)\/[\w./-]+|(?<![\w.:>/…-])\/(?:home|root|tmp|usr|var|work|opt|Users)\/[\w./-]+|\b[\w-]+\.(?:ts|mjs|cjs)\b/g
    )
  ].map(([found]) => found)

/** A line of a table without its padding. */
const lineOf = (page: string, start: string): string =>
  (page.split('\n').find((line) => line.startsWith(start)) ?? `no ${start}`).replace(/ {2,}/g, ' ')

const firstColumn = (page: string, heading: string): ReadonlyArray<string> =>
  tableRows(partsOf(page).prose, heading).map(([first = '']) => inlineCode(first)[0] ?? '')

const withoutSpace = (text: string): string => text.replace(/\s/g, '')

describe('the reference', function () {
  this.timeout(60000)

  it('is up to date', () => {
    assert.deepEqual(run('scripts/reference.mjs', '--check'), { status: 0, stderr: '', stdout: '' })
  })

  it('is noticed when it is not', () => {
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'reference-'))
    try {
      fs.cpSync(path.join(repositoryRoot, folder), copy, { recursive: true })
      fs.appendFileSync(path.join(copy, 'configuration.md'), '\nMore.\n')
      fs.rmSync(path.join(copy, 'commands/simulate.md'))
      fs.writeFileSync(path.join(copy, 'functions/getNothing.md'), '# getNothing\n')
      assert.deepEqual(run('scripts/reference.mjs', '--check', copy), {
        status: 1,
        stdout: '',
        stderr: [
          'configuration.md: is not up to date',
          'commands/simulate.md: is missing',
          'functions/getNothing.md: is not made any more',
          'Write the pages anew with: node scripts/reference.mjs\n'
        ].join('\n')
      })
    } finally {
      fs.rmSync(copy, { recursive: true })
    }
  })

  it('has a page for everything that the package exports', () => {
    const names = exportedNames(fs.readFileSync(path.join(repositoryRoot, 'sdk/index.ts'), 'utf8'))
    assert.deepEqual([exportFaults(pages, names), names.includes('SipConnection')], [[], true])
  })

  it('has a page for every command', () => {
    const { stdout } = run('dist/cli/main.js', '--help')
    const listed = (stdout.split('Commands:\n')[1] ?? '').split('\n')
    const names = listed.flatMap((line) => /^ {2}([a-z]+)/.exec(line)?.[1] ?? []).filter((name) => name !== 'help')
    const found = [...pages.keys()].flatMap((file) => /^commands\/(.*)\.md$/.exec(file)?.[1] ?? [])
    assert.deepEqual(found, [...names].sort())
  })

  for (const { type, inputs } of Object.values(resources)) {
    it(`has every input of ${type}, with a section of its own`, () => {
      const page = pageOf(`resources/${type}.md`)
      const sections = [...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)
      const keys = Object.keys(inputs.codecs)
      assert.deepEqual([firstColumn(page, 'input'), keys.filter((key) => !sections.includes(key))], [keys, []])
    })
  }

  it('has every setting', () => {
    assert.deepEqual(firstColumn(pageOf('configuration.md'), 'key'), settingKeys)
  })

  it('tells what the code does with an input', () => {
    const page = pageOf('resources/SipConnection.md')
    const starts = ['customerGuid', 'siteName', 'sbcId', 'carrierUserPassword', 'phones', 'proxySet', 'adopt']
    const wire = ['customerGuid', 'siteName', 'enableCac', 'sbcScripts.onboardingScript', 'carrierMainLine']
    assert.deepEqual(
      [...starts.map((name) => lineOf(page, `| [\`${name}\``)), ...wire.map((name) => lineOf(page, `| \`${name}\` `))],
      [
        '| [`customerGuid`](#customerguid) | `string` | yes | | **replaces the connection** | |',
        "| [`siteName`](#sitename) | `string` | yes | | update; needs `allow: ['rename']` | |",
        "| [`sbcId`](#sbcid) | `number` | yes | | update; needs `allow: ['sbcMove']` | |",
        '| [`carrierUserPassword`](#carrieruserpassword) | `string` | | | update | yes |',
        "| [`phones`](#phones) | `string[]` | | | update; its removal needs `allow: ['clearPhones']` | |",
        '| [`proxySet`](#proxyset) | `string` | | | update; needs `modifyBody: scriptParameters` | |',
        '| [`adopt`](#adopt) | `boolean \\| string` | | false | nothing is sent; the state is rewritten | |',
        '| `customerGuid` | in the path | in the path | in the path | |',
        '| `siteName` | `siteLocationName` | `sbcSiteName` | `siteLocationName` | `siteName` |',
        '| `enableCac` | | `enableCAC` | | |',
        '| `sbcScripts.onboardingScript` | `sbcOnboardingScript` | `sbcScripts.sbcOnboardingScript` | `sbcOnboardingScript` | `sbcInfo.sbcScripts.onboardingScript` |',
        '| `carrierMainLine` | `scriptParameters.CarrierMainLine` | `CarrierMainLine` | `scriptParameters.CarrierMainLine` | `sbcInfo.carrierMainLine`, `sbcInfo.sbcScripts.customerVariables.CarierMailLine` |'
      ]
    )
  })

  it('tells what removes a service, its connections or its rules, and what holds that up', () => {
    const rows = (type: string): ReadonlyArray<string> =>
      tableRows(partsOf(pageOf(`resources/${type}.md`)).prose, 'what').map((cells) => cells.join(' | '))
    const gone = 'takes all its SIP connections and dial plans with it'
    const protectedBy =
      'a run with `deletionProtection: false` before; else it is refused with the list of what would go'
    assert.deepEqual(
      [
        rows('OperatorConnectService').slice(0, 3),
        rows('DialPlan').map((row) => row.replace(/\|[^|]*$/, '|')),
        rows('SipConnection').filter((row) => /`(sbcId|enableCac|proxySet)`/.test(row))
      ],
      [
        [
          `deletion | ${gone} | ${protectedBy}`,
          `a change of \`msTenantId\`, \`shortName\`, \`configuration\` | ${gone}; replaced: deleted and made again | only after a run with \`deletionProtection: false\``,
          'a change of `license`, `licensedUsersCount` | license or licensed users lowered, or not comparable | '
        ],
        [
          'deletion | deleted; rules removed or changed, or not comparable: numbers routed elsewhere or nowhere |',
          'a change of `customerGuid`, `siteGuid`, `dialPlanName` | replaced: deleted and made again; rules removed or changed, or not comparable: numbers routed elsewhere or nowhere |',
          'a change of `rules` | rules removed or changed, or not comparable: numbers routed elsewhere or nowhere |',
          'a creation with `adopt` | takes over what exists: what differs there is changed |'
        ],
        [
          "a change of `sbcId` | moves to another SBC: the old one may keep its IP group and registration | needs `allow: ['sbcMove']`",
          'a change of `enableCac` | fewer calls at a time (CAC) | ',
          'a change of `proxySet` | route of the calls (gateway, proxy set, configuration mode, M365 routing) | needs `modifyBody: scriptParameters`'
        ]
      ]
    )
  })

  it('tells what the code does with an input of a service, a dial plan and a guard', () => {
    const lines = (type: string, ...starts: ReadonlyArray<string>): ReadonlyArray<string> =>
      starts.map((start) => lineOf(pageOf(`resources/${type}.md`), start))
    assert.deepEqual(
      [
        ...lines('HostedEssentialsService', '| [`shortName`', '| [`fullName`', '| [`siteLocation`', '| `license` '),
        ...lines('HostedEssentialsService', '- On the wire', '- `DELETE'),
        ...lines('OperatorConnectService', '- On the wire', '| `siteLocation.uploadNumberScript`', '| `license` '),
        ...lines('DialPlan', '| [`dialPlanName`', '- No longer declared', '| `rules[].tag`', '| `dialPlanName`'),
        ...lines('NumbersGuard', '| `customerGuid`', '| `msTenantId`', '| `connections`')
      ],
      [
        '| [`shortName`](#shortname) | `string` | yes | | **replaces the service**; only after a run with `deletionProtection: false` | |',
        "| [`fullName`](#fullname) | `string` | | the short name (the platform's) | update; needs `licenseBody: licenseType` | |",
        '| [`siteLocation`](#sitelocation) | [`ServiceSiteLocation`](#sitelocation) | | | refused: it is used at the creation only | |',
        '| `license` | | `upgradeToLicense` | `licenseType` | `LicenseType` |',
        '- On the wire: `HostedEssentials` = 0, `HostedEssentialsPlus` = 1, `HostedPro` = 2',
        '- `DELETE /api/v2/customer/{customerGuid}`: deletes the service, unless it is protected',
        '- On the wire: `ipGroup` = `OcEssential_IPGROUP_TYPE`, `tenant` = `OcEssential_TENANT_TYPE`',
        '| `siteLocation.uploadNumberScript` | `siteLocation[].sbcOcUploadNumberScript` | | | | |',
        '| `license` | | `upgradeToLicense` | `upgradeToLicense` | `licenseType` | `LicenseType` |',
        '| [`dialPlanName`](#dialplanname) | `string` | | `CustDialPlan` | **replaces the dial plan** |',
        '- No longer declared: its default `CustDialPlan` counts; after another value this replaces the dial plan',
        '| `rules[].tag` | `add[].tag` | `remove[].tag` | `ruleDTO[].tag` |',
        '| `dialPlanName` | in the path, `dialPlanId` | in the path, `dialPlanId` | |',
        '| `customerGuid` | in the path | | `umpCustomerGuid` |',
        '| `msTenantId` | | `msTenantId` | |',
        '| `connections` | | | `ocSipConnectionName` |'
      ]
    )
  })

  it('tells what a component makes, in which order', () => {
    const page = pageOf('resources/Customer.md')
    assert.deepEqual(
      [
        firstColumn(page, 'input'),
        tableRows(partsOf(page).prose, 'resource').map(([, name = '', waitsFor = '']) => [
          inlineCode(name)[0],
          ...inlineCode(waitsFor)
        ]),
        linkTargets(partsOf(page).prose).filter((target) => /^[A-Z]\w+\.md$/.test(target))
      ],
      [
        ['service', 'connections', 'dialPlans', 'allow'],
        [
          ['contoso'],
          ['contoso-berlin', 'contoso'],
          ['contoso-berlin-numbers', 'contoso', 'contoso-berlin'],
          ['contoso-numbers', 'contoso', 'contoso-berlin', 'contoso-berlin-numbers']
        ],
        [
          'HostedEssentialsService.md',
          'OperatorConnectService.md',
          'SipConnection.md',
          'DialPlan.md',
          'NumbersGuard.md'
        ]
      ]
    )
  })

  it('tells what the code does with a setting and with an argument', () => {
    const configuration = pageOf('configuration.md')
    assert.deepEqual(
      [
        lineOf(configuration, '| `accessToken`'),
        lineOf(configuration, '| `maxRetries`'),
        lineOf(pageOf('functions/getSipConnection.md'), '| `siteGuid`'),
        lineOf(pageOf('functions/getSipConnection.md'), '- `GET'),
        lineOf(pageOf('commands/simulate.md'), '| `--port')
      ],
      [
        '| `accessToken` | `AUDIOCODES_LIVE_ACCESS_TOKEN` | text | | | yes | A ready bearer token. Excludes the client credentials below. |',
        '| `maxRetries` | `AUDIOCODES_LIVE_MAX_RETRIES` | whole number, 0 to 100 | tries | `5` | | Further tries after the first. |',
        '| `siteGuid` | `string` | yes | in the path | Id of the connection (site location), a uuid: `sipConnections[].siteGuid` of `getService`. |',
        '- `GET /api/v2/sitelocation/{siteGuid}`',
        '| `--port <number>` | `8787` | port to listen on; 0 for any free one |'
      ]
    )
  })

  it('has every example of what the package exports, of those that the tests run', () => {
    const text = withoutSpace([...pages.values()].join('\n'))
    const examples = examplesOf(sourcesIn('sdk'))
    const missing = examples.filter(({ code }) => !text.includes(withoutSpace(code))).map(titleOf)
    assert.deepEqual([missing, examples.length > 0], [[], true])
  })

  it('has no dead links', () => {
    const faults = [...pages.keys()].flatMap((file) =>
      linkFaults(`${folder}/${file}`, repositoryRoot).map((fault) => `${file}: ${fault}`)
    )
    const links = [...pages.values()].flatMap((page) => linkTargets(partsOf(page).prose))
    assert.deepEqual([faults, links.includes('../functions/getServices.md')], [[], true])
  })

  it('names no file that users do not have, and no place on a machine', () => {
    const found = [...pages].flatMap(([file, text]) => privatePaths(text).map((name) => `${file}: ${name}`))
    assert.deepEqual(found, [])
  })

  it('has a forgotten export and a private path noticed', () => {
    const planted: Pages = new Map([
      ['README.md', '[`said`](a.md) [`gone`](b.md) [`unsaid`](a.md#x) [`NoArgs`](a.md)'],
      ['a.md', 'It speaks of said.']
    ])
    const index =
      "export { said, type gone } from './a'\nexport { inner as unsaid } from './b'\nexport type { NoArgs, lost } from './c'"
    const text =
      'In provider/Env.ts, `../../dist/sdk/index.js`, /home/me/x, "/work/y" or Args.ts; not in pulumi-audiocodes-live/simulator, ' +
      'https://live.example.net/home/x, `/api/v2/task/{taskId}`, …/var/x or ../functions/getTask.md.'
    assert.deepEqual(
      [exportFaults(planted, exportedNames(index)), privatePaths(text)],
      [
        [
          'gone: there is no b.md',
          'unsaid: a.md does not speak of it',
          'NoArgs: a.md does not speak of it',
          'lost: the index has no link to it'
        ],
        ['provider/Env.ts', '../../dist/sdk/index.js', '/home/me/x', '/work/y', 'Args.ts']
      ]
    )
    assert.throws(() => exportedNames("export * from './a'"), /what it exports is not known here/)
  })
})
