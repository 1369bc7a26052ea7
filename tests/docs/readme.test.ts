// The README is read first, and by people who do not know yet what is true. Its program is tried out in examples.test.ts.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { settingSpecs } from '../../provider/Settings'
import { repositoryRoot } from '../support/repository'
import { anchors, linkTargets, partsOf } from './support/Markdown'
import { type Facts, commandFaults, configurationBy, linkFaults, makeTargetsOf, tableFaults } from './support/Readme'

const read = (file: string): string => fs.readFileSync(path.join(repositoryRoot, file), 'utf8')
const readme = read('README.md')

const { name, peerDependencies, bin } = JSON.parse(read('package.json')) as {
  name: string
  peerDependencies: Record<string, string>
  bin: { 'audiocodes-live': string }
}

/** Subcommands as the help of the command lists them. */
const subcommands = (): ReadonlyArray<string> => {
  const command = path.join(repositoryRoot, bin['audiocodes-live'])
  const { stdout } = spawnSync(process.execPath, [command, '--help'], { encoding: 'utf8' })
  const list = stdout.split('Commands:\n')[1] ?? ''
  return list.split('\n').flatMap((line) => /^ {2}([a-z]+)/.exec(line)?.[1] ?? [])
}

describe('the README', () => {
  let facts: Facts = { settings: settingSpecs, makeTargets: [], subcommands: [], packages: [] }
  before(() => {
    facts = {
      settings: settingSpecs,
      makeTargets: makeTargetsOf(read('Makefile')),
      subcommands: subcommands(),
      packages: [name, ...Object.keys(peerDependencies)]
    }
  })

  it('has every key of the configuration in its table, with its environment variable and its default', () => {
    assert.deepEqual(tableFaults(readme, settingSpecs), [])
  })

  it('links to what exists', () => {
    assert.deepEqual(
      [linkFaults('README.md', repositoryRoot), linkTargets(partsOf(readme).prose).includes('CHANGELOG.md')],
      [[], true]
    )
  })

  it('names commands, keys and variables that exist', () => {
    assert.deepEqual(commandFaults(readme, facts), [])
  })

  it('has a wrong table noticed', () => {
    const { baseUrl, accessToken, requestTimeout, programTimeout, pollInterval, maxRetries } = settingSpecs
    const { readOnly, siteIdPlacement, modifyBody, clearWith, scope } = settingSpecs
    const settings: Facts['settings'] = {
      ...{ baseUrl, accessToken, requestTimeout, programTimeout, pollInterval, maxRetries, readOnly, siteIdPlacement },
      ...{ modifyBody, clearWith, scope }
    }
    const table = `
| key | environment | meaning, default |
| --- | --- | --- |
| \`baseUrl\` (secret) | \`AUDIOCODES_LIVE_BASE_URL\` | address |
| \`accessToken\` | \`…_TOKEN\` | a token |
| \`requestTimeout\`, \`programTimeout\` | \`…_PROGRAM_TIMEOUT\`, \`…_REQUEST_TIMEOUT\` | 300, and 60 |
| \`pollInterval\` | | 15 or 5.5 seconds |
| \`maxRetries\` | \`…_MAX_RETRIES\` | 5 |
| \`maxRetries\` | \`…_MAX_RETRIES\` | tries: 5. |
| \`readOnly\` | \`…_READ_ONLY\` | falsehood |
| \`siteIdPlacement\`, \`modifyBody\` | \`…_SITE_ID_PLACEMENT\`, \`…_MODIFY_BODY\` | \`query\`/\`path\`/\`body\`, \`fields\`/\`scriptParameters\` |
| \`clearsWith\` | \`…_CLEAR_WITH\` | \`empty\`/\`null\` |

| \`scope\` | \`…_SCOPE\` | another table |
`
    assert.deepEqual(tableFaults(table, settings), [
      'baseUrl: is no secret',
      'accessToken: its variable is AUDIOCODES_LIVE_ACCESS_TOKEN, the table says AUDIOCODES_LIVE_TOKEN',
      'accessToken: is a secret, and the table does not say so',
      'requestTimeout: its variable is AUDIOCODES_LIVE_REQUEST_TIMEOUT, the table says AUDIOCODES_LIVE_PROGRAM_TIMEOUT',
      'programTimeout: its variable is AUDIOCODES_LIVE_PROGRAM_TIMEOUT, the table says AUDIOCODES_LIVE_REQUEST_TIMEOUT',
      'programTimeout: its default 300 does not stand in its row',
      'pollInterval: its variable is AUDIOCODES_LIVE_POLL_INTERVAL, the table says nothing',
      'pollInterval: its default 5 does not stand in its row',
      'readOnly: its default false does not stand in its row',
      'siteIdPlacement: its default path does not stand in its row',
      'clearsWith: there is no such key',
      'maxRetries: stands 2 times in the table',
      'clearWith: stands 0 times in the table',
      'scope: stands 0 times in the table'
    ])
  })

  it('has dead links noticed', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'))
    const lines = [
      '# One, and two',
      '[a](docs) [b](docs/B.md#there) ![c](docs/c.png "picture") [d](#one-and-two) [e](https://live.example.net/x)',
      '[f](docs/B.md#gone) [g](#gone) [h](<docs/B.md>) `[i](gone)`',
      '```',
      '[j](gone)',
      '```'
    ]
    fs.mkdirSync(path.join(folder, 'docs'))
    fs.writeFileSync(path.join(folder, 'README.md'), lines.join('\n'))
    fs.writeFileSync(path.join(folder, 'docs/B.md'), '## There\n')
    try {
      assert.deepEqual(
        [linkFaults('README.md', folder), anchors(lines.join('\n'))],
        [
          [
            'docs/c.png: there is no docs/c.png',
            'docs/B.md#gone: docs/B.md has no such heading',
            '#gone: README.md has no such heading'
          ],
          ['one-and-two']
        ]
      )
    } finally {
      fs.rmSync(folder, { recursive: true })
    }
  })

  it('has wrong commands noticed', () => {
    const page = `
Run \`make gone\`, \`make up\`, \`npx audiocodes-live gone\` or \`npx other simulate\`; \`audiocodes-live:gone\` is a key.

\`\`\`sh
make test    # everything
make nothing # of this
npm install pulumi-audiocodes-live
npm install pulumi-audiocodes-live @pulumi/pulumi
curl https://live.example.net
pulumi config set audiocodes-live:accessToken x
pulumi config set --secret audiocodes-live:scope x
pulumi config set audiocodes-live:lost x
pulumi config set carrierHost <host name>
pulumi stack rm
export AUDIOCODES_LIVE_SCOPE=api://…/.default AUDIOCODES_LIVE_TENANT=…
\`\`\`

\`\`\`
$ make down
$ make off
up
\`\`\`
`
    assert.deepEqual(
      [commandFaults(page, facts), configurationBy(page, 'own')],
      [
        [
          'make nothing: no such target: nothing',
          'npm install pulumi-audiocodes-live: expected npm install pulumi-audiocodes-live @pulumi/pulumi',
          'curl https://live.example.net: an unknown command',
          'pulumi config set audiocodes-live:accessToken x: --secret is missing',
          'pulumi config set --secret audiocodes-live:scope x: --secret is too much',
          'pulumi config set audiocodes-live:lost x: no such key',
          'pulumi stack rm: an unknown command of pulumi',
          'export AUDIOCODES_LIVE_SCOPE=api://…/.default AUDIOCODES_LIVE_TENANT=…: no such variable: AUDIOCODES_LIVE_TENANT',
          'make off: no such target: off',
          'make gone: no such target: gone',
          'npx audiocodes-live gone: no such subcommand',
          'npx other simulate: no such subcommand',
          'AUDIOCODES_LIVE_TENANT: no such variable',
          'audiocodes-live:gone: no such key',
          'audiocodes-live:lost: no such key'
        ],
        {
          config: {
            'audiocodes-live:accessToken': 'x',
            'audiocodes-live:scope': 'x',
            'audiocodes-live:lost': 'x',
            'own:carrierHost': 'placeholder.example.net'
          },
          environment: { AUDIOCODES_LIVE_SCOPE: 'api://placeholder/.default', AUDIOCODES_LIVE_TENANT: 'placeholder' }
        }
      ]
    )
  })
})
