import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { connectionType, full, guidOf, properties, providerText, resource, sites, startWorld } from '../engine/World'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import { assembled, type Form, manifest } from './support/Package'
import { pinned, versionIn } from './support/Pinned'
import { both, sightings, useModulesOf, watch } from './support/Witness'

const pulumi = '@pulumi/pulumi'
const own = manifest.devDependencies[pulumi] ?? ''

/** The same program in every way of writing one. */
const declared = `new live.SipConnection('one', ${JSON.stringify(full('one'))})`
const outputs = `
  site: one.siteGuid,
  said: one.executionMessages.apply((messages) => messages.map(({ message }) => message)),
  profile: pulumi.interpolate\`at most \${one.cacProfile}\`,
  password: one.carrierUserPassword
`
const commonJs = `
const pulumi = require('${pulumi}')
const live = require('pulumi-audiocodes-live')
const one = ${declared}
module.exports = {${outputs}}
`
const ecmaScript = `
import * as pulumi from '${pulumi}'
import { SipConnection } from 'pulumi-audiocodes-live'
import * as live from 'pulumi-audiocodes-live'
if (live.SipConnection !== SipConnection) throw new Error('two classes of one name')
const one = ${declared}
export const { site, said, profile, password } = {${outputs}}
`
const typeScript = `
import * as pulumi from '${pulumi}'
import * as live from 'pulumi-audiocodes-live'
const one: live.SipConnection = ${declared}
const result: Record<string, pulumi.Output<unknown>> = {${outputs}}
export = result
`

interface Case {
  readonly program: string
  readonly typescript?: boolean
  /** The `type` of its package.json. */
  readonly type?: 'module'
  readonly form?: Form
  /** The @pulumi/pulumi of the program, if it is not that of this repository. */
  readonly sdk?: 'sdk-oldest'
}

const cases: Readonly<Record<string, Case>> = {
  'in CommonJS': { program: commonJs },
  'in ECMAScript modules': { program: ecmaScript, type: 'module' },
  'in TypeScript': { program: typeScript, typescript: true },
  // A link leads to a checkout with an SDK of its own, so two versions of the SDK run in one program.
  [`in CommonJS with a linked package and @pulumi/pulumi ${versionIn('sdk-oldest', pulumi)}`]: {
    program: commonJs,
    form: 'linked',
    sdk: 'sdk-oldest'
  }
}

describe('A program', function () {
  this.timeout(120_000)

  for (const [title, { program, typescript = false, type, form, sdk }] of Object.entries(cases)) {
    it(`${title} declares a connection and gets its outputs`, async () => {
      const project = await assembled(
        path.join(sdk === undefined ? repositoryRoot : await pinned(sdk), 'node_modules'),
        form
      )
      const world = await startWorld({ program, typescript })
      const { stack, simulator } = world
      try {
        useModulesOf(stack, project.directory)
        watch(stack)
        fs.writeFileSync(path.join(stack.directory, 'package.json'), JSON.stringify({ name: 'user', type }))
        const { stdout } = succeeded(await stack.up())
        assert.match(stdout, /\nResources:\n +\+ 2 created\n/)
        assert.deepStrictEqual(await stack.outputs(), {
          site: guidOf(simulator, 'one'),
          said: [
            'Skipping SBC CheckIpGroupProgramming.',
            'Starting SBC Programming.',
            'Sbc is programmed',
            'Site location information saved.'
          ],
          profile: 'at most 10 sessions',
          password: '[secret]'
        })
        const { type: registered, inputs } = await resource(stack, 'one')
        const { carrierUserPassword, carrierPasswordDpi, __provider: text } = properties(inputs)
        assert.deepStrictEqual(
          { registered, carrierUserPassword, carrierPasswordDpi, text },
          {
            registered: connectionType,
            carrierUserPassword: '[secret]',
            carrierPasswordDpi: '[secret]',
            text: providerText
          }
        )
        assert.deepStrictEqual(sites(simulator), ['one'])
        const version = sdk === undefined ? own : versionIn(sdk, pulumi)
        assert.deepStrictEqual(sightings(stack), both(process.versions.node, version))
      } finally {
        await world.end()
        project.dispose()
      }
    })
  }
})
