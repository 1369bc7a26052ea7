// Every example is code that a reader copies. Each is compiled under the settings of the house and run.

import * as assert from 'node:assert/strict'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { STATIC_TOKEN, type Simulator, startSimulator } from '../../simulator'
import { repositoryRoot } from '../support/repository'
import { type Configuration, type Trial, good, tryOut } from './support/Examples'
import { programsOf } from './support/Markdown'
import { docstring, planted, plantedTrials } from './support/Planted'
import { configurationBy } from './support/Readme'
import { type Example, type Sources, callables, exampleLines, examplesOf, sourcesIn, titleOf } from './support/Sources'

const sources = sourcesIn('provider', 'sdk', 'simulator')
const examples = examplesOf(sources)
const readme = fs.readFileSync(path.join(repositoryRoot, 'README.md'), 'utf8')
const programs = [
  ...programsOf('README.md', readme),
  ...['docs/fleet.md'].flatMap((page) => programsOf(page, fs.readFileSync(path.join(repositoryRoot, page), 'utf8')))
]

/** What the examples in docstrings find configured: a platform that answers their lookups. */
const commonWith = (platform: Simulator): Configuration => ({
  config: {
    'audiocodes-live:baseUrl': platform.url,
    'audiocodes-live:accessToken': STATIC_TOKEN,
    'docs:carrierPassword': 'made-up',
    'docs:euToken': 'token'
  },
  environment: {}
})

/** What a file exports without an example. */
const missing = (files: Sources, index: string): ReadonlyArray<string> => {
  const titles = examplesOf(files).map(titleOf)
  return callables(files, index).filter((name) => !titles.includes(name))
}

/** The files with examples, once for each, as the compiler and as a reader sees them. */
const filesWithExamples = (files: Sources) => ({
  compiler: examplesOf(files).map(({ file }) => file),
  reader: exampleLines(files).map((line) => line.slice(0, line.indexOf(':')))
})

describe('the examples', function () {
  this.timeout(180000)

  const plantedExamples = examplesOf(planted)
  const all = [...examples, ...programs, ...plantedExamples]
  let trials: ReadonlyArray<Trial> = []

  before(async () => {
    // The program of the README runs with what the commands of the README set up.
    const ofReadme = configurationBy(readme, 'docs')
    const platform = await startSimulator()
    try {
      const common = commonWith(platform)
      trials = await tryOut(all, ({ file }) => (file === 'README.md' ? ofReadme : common))
    } finally {
      await platform.close()
    }
  })
  const trialOf = (example: Example): Trial | undefined => trials[all.indexOf(example)]

  for (const example of [...examples, ...programs]) {
    it(`hold: ${titleOf(example)}`, () => {
      assert.deepEqual(trialOf(example), good(example))
    })
  }

  it('are there for what a reader meets first', () => {
    const wanted = [
      'sdk/SipConnection.ts SipConnection',
      'sdk/SipConnection.ts SipConnection.get',
      'sdk/HostedEssentialsService.ts HostedEssentialsService',
      'sdk/HostedEssentialsService.ts HostedEssentialsService.get',
      'sdk/OperatorConnectService.ts OperatorConnectService',
      'sdk/OperatorConnectService.ts OperatorConnectService.get',
      'sdk/DialPlan.ts DialPlan',
      'sdk/DialPlan.ts DialPlan.get',
      'sdk/NumbersGuard.ts NumbersGuard',
      'sdk/Customer.ts Customer',
      'sdk/Provider.ts Provider',
      'provider/Config.ts settingsFrom',
      'provider/Retry.ts next',
      'provider/Secrets.ts scrubber',
      'README.md program 1',
      'README.md program 2',
      'docs/fleet.md program 1',
      'docs/fleet.md program 2'
    ]
    const titles = [...examples, ...programs].map(titleOf)
    assert.deepEqual(
      wanted.filter((title) => !titles.includes(title)),
      []
    )
  })

  it('are there for every function and class that the package exports', () => {
    assert.deepEqual(missing(sources, 'sdk/index.ts'), [])
  })

  it('are all found', () => {
    const { compiler, reader } = filesWithExamples(sources)
    assert.deepEqual(compiler, reader)
  })

  it('fail when they are wrong', () => {
    assert.deepEqual(plantedExamples.map(trialOf), plantedTrials)
  })

  it('are missed where there is none', () => {
    const example = docstring('1')
    const files: Sources = {
      'index.ts': "export { Shown, Unshown, type Shape } from './Things'\nexport * from './More'\n",
      'Things.ts': `
        ${example}
        export class Shown {
          ${example}
          static shown(): void {}
          static get(): void {}
          private static own(): void {}
          method(): void {}
        }
        /** Said. */
        export class Unshown {}
        export interface Shape { readonly a: string }
        export class Hidden {}`,
      'More.ts': `
        export const arrow = (): number => 1
        export function declared(): void {}
        export const value = 1
        ${example}
        export const shown = (): number => 1`
    }
    assert.deepEqual(
      [missing(files, 'index.ts'), examplesOf(files).map(titleOf)],
      [
        ['Things.ts Shown.get', 'Things.ts Unshown', 'More.ts declared', 'More.ts arrow'],
        ['Things.ts Shown', 'Things.ts Shown.shown', 'More.ts shown']
      ]
    )
  })

  it('are missed where they belong to nothing', () => {
    const files = {
      'a.ts': `${docstring('1')}export const a = [${docstring('2')}]\n`,
      'b.ts': "/** @example 1 */\nexport const b = '@example'\n"
    }
    assert.deepEqual(filesWithExamples(files), { compiler: ['a.ts', 'b.ts'], reader: ['a.ts', 'a.ts', 'b.ts'] })
  })
})
