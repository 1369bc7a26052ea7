import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import type { TemporaryProject } from '../support/TemporaryProject'
import { failureOf, sipConnectionText } from '../support/ProtocolServer'
import { startWorld, type World } from '../engine/World'
import { information, last, least, managedOfMost, modifyMessages, most, stateOf } from '../protocol/support/Connections'
import { create, type Rig, startRig, steady } from '../protocol/support/Rig'
import { run } from './support/command'
import { lifeOf, wholeLife } from './support/Life'
import { assembled, manifest } from './support/Package'
import { pinned, versionIn } from './support/Pinned'
import { both, sightings, useModulesOf, watch } from './support/Witness'

const pulumi = '@pulumi/pulumi'

describe('Supported versions of @pulumi/pulumi', () => {
  it('are those between the two that are tested here', () => {
    const { peerDependencies } = JSON.parse(fs.readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8')) as {
      readonly peerDependencies: Readonly<Record<string, string>>
    }
    assert.deepStrictEqual(peerDependencies, { [pulumi]: `>=${versionIn('sdk-oldest', pulumi)} <4` })
    const minor = (version: string): number => Number(version.split('.')[1])
    assert.ok(minor(versionIn('sdk-newest', pulumi)) >= minor(manifest.devDependencies[pulumi] ?? ''))
  })
})

for (const set of ['sdk-oldest', 'sdk-newest'] as const) {
  const version = versionIn(set, pulumi)

  describe(`With @pulumi/pulumi ${version}`, function () {
    this.timeout(180_000)
    let project: TemporaryProject
    before(async () => {
      project = await assembled(path.join(await pinned(set), 'node_modules'))
    })
    after(() => {
      project.dispose()
    })

    describe('the provider text', () => {
      let rig: Rig
      before(async () => {
        rig = await startRig({ sdk: fs.realpathSync(path.join(project.directory, 'node_modules', pulumi)) })
      })
      after(() => rig.close())

      it('answers every call of the engine', async () => {
        const { platform, provider } = rig
        const { id, inputs, outs } = await create(rig, { ...most, adopt: false })
        assert.deepStrictEqual(inputs, { ...most, adopt: false })
        const created = stateOf(id, platform.url, inputs, managedOfMost, {
          executionMessages: modifyMessages,
          lastOperation: last('create')
        })
        assert.deepStrictEqual(steady(outs), created)
        assert.deepStrictEqual(await provider.diff(id, outs, inputs), {
          changes: 'none',
          replaces: [],
          deleteBeforeReplace: false
        })
        assert.deepStrictEqual(await provider.read(id, outs), { id, props: outs, inputs })
        const news = { ...inputs, cacProfile: '5 sessions' }
        assert.strictEqual((await provider.diff(id, outs, news)).changes, 'unknown')
        const updated = await provider.update(id, outs, news)
        assert.deepStrictEqual(steady(updated), { ...created, ...news, lastOperation: last('update') })
        await provider.delete(id, updated)
        assert.strictEqual(platform.site(id), undefined)
        assert.deepStrictEqual(await provider.read(id, updated), { id: '', props: {} })
      })

      it('answers with what is wrong: failures of a check, a refusal, a connection that was made in part', async () => {
        const { platform, provider } = rig
        assert.deepStrictEqual(await provider.check({}, { ...least, sbcId: 0 }), {
          inputs: { ...least, sbcId: 0 },
          failures: [{ property: '', reason: 'sbcId: expected a whole number from 1' }]
        })
        platform.addFault({ match: { method: 'POST' }, fault: { kind: 'errorMessage', effect: true } })
        const { code, initFailed } = await failureOf(provider.create(least))
        const id = initFailed?.id ?? ''
        assert.strictEqual(platform.site(id)?.name, least.siteName)
        const { __provider: text, lastOperation, executionMessages } = initFailed?.properties ?? {}
        assert.deepStrictEqual(
          { code, text, executionMessages, lastOperation: steady({ lastOperation: lastOperation ?? null }) },
          {
            code: 2,
            text: sipConnectionText,
            executionMessages: [
              information('Starting SBC Programming.'),
              { level: 'Error', message: 'SBC programming failed.' }
            ],
            lastOperation: { lastOperation: last('create', 'failed') }
          }
        )
      })
    })

    describe('on the engine', () => {
      let world: World
      before(async () => {
        world = await startWorld({ program: lifeOf() })
        useModulesOf(world.stack, project.directory)
        watch(world.stack)
      })
      after(() => world.end())

      it('a connection is created, left alone, changed, refreshed and destroyed', async () => {
        await wholeLife(world)
        assert.deepStrictEqual(sightings(world.stack), both(process.versions.node, version))
      })
    })

    describe('the compiler', () => {
      // One compilation for both, since most of it goes to the declarations of the packages.
      it('takes a program that is right, and refuses a wrong one at the wrong line only', async () => {
        project.write('right.ts', typed)
        project.write('wrong.ts', typed.replace('siteName: name,', 'siteName: 7,'))
        const compilerOptions = { target: 'ES2022', module: 'Node16', strict: true, noEmit: true, types: ['node'] }
        project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['right.ts', 'wrong.ts'] }))
        const tsc = path.join(project.directory, 'node_modules', 'typescript', 'bin', 'tsc')
        await assert.rejects(run([process.execPath, tsc, '--pretty', 'false'], { cwd: project.directory }), (error) => {
          const errors = String(error)
            .split('\n')
            .filter((line) => /^\S.*: error /.test(line))
            .map((line) => line.replace(/,\d+\)/, ')'))
          assert.deepStrictEqual(errors, [
            `wrong.ts(${lineOf('siteName')}): error TS2322: Type 'number' is not assignable to type 'Input<string>'.`
          ])
          return true
        })
      })
    })
  })
}

const typed = `
import * as pulumi from '@pulumi/pulumi'
import * as live from 'pulumi-audiocodes-live'

const config = new pulumi.Config()
const eu = new live.Provider('eu', { baseUrl: config.require('url'), accessToken: config.requireSecret('token') })
const name = pulumi.output('one')
const args: live.SipConnectionArgs = {
  customerGuid: '11111111-1111-4111-8111-111111111111',
  siteName: name,
  sbcId: 3,
  carrierUserPassword: config.requireSecret('password'),
  phones: [pulumi.interpolate\`+\${name}\`],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } }
}
const one = new live.SipConnection('one', args, { provider: eu, protect: true })
export const site: pulumi.Output<string> = one.siteGuid
export const said: pulumi.Output<string[]> = one.executionMessages.apply((messages) => messages.map((m) => m.message))
export const same: pulumi.Output<string | undefined> = live.SipConnection.get('same', one.id, {
  customerGuid: args.customerGuid
}).cacProfile
`

const lineOf = (text: string): number => typed.slice(0, typed.indexOf(text)).split('\n').length
