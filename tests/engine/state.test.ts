import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { type RunResult, succeeded } from '../support/EngineRun'
import {
  acme,
  bodies,
  canaries,
  full,
  guidOf,
  minimal,
  planned,
  program,
  properties,
  providerText,
  resource,
  sites,
  startWorld,
  steady,
  traffic,
  writes,
  type World
} from './World'

/** Debug events of the SDK hold every answer of the engine, which a provider cannot prevent. */
const isDebug = (line: string): boolean => line.includes('"diagnosticEvent":{"prefix":"debug: "')

describe('The state of connections', function () {
  this.timeout(60_000)
  let world: World
  const declarations = { whole: full('whole'), bare: minimal('bare') }
  const outputsOfBare = `
    const keys = ${JSON.stringify(Object.keys(full('')).filter((key) => key !== 'adopt' && key !== 'allow'))}
    exports.noOutputs = keys.filter((key) => !pulumi.Output.isInstance(declared.bare[key]))
    exports.absent = pulumi.all(keys.map((key) => declared.bare[key]))
      .apply((values) => keys.filter((_, index) => values[index] === undefined))`
  const messages = (first: readonly string[]) =>
    [...first, 'Starting SBC Programming.', 'Sbc is programmed', 'Site location information saved.'].map((message) => ({
      level: 'Information',
      message
    }))
  const computed = (name: string) => {
    const guid = guidOf(world.simulator, name)
    return {
      siteGuid: guid,
      tenantId: 'a0a0a0a0-0001-4000-8000-000000000001',
      sbcDeploymentState: '3',
      sbcProgrammed: true,
      pendingTasks: [],
      platform: world.simulator.url,
      schemaVersion: 1,
      __provider: providerText
    }
  }

  /** What a run must not show: any of the canaries, in whatever form, and what stands for them in base64. */
  const secretsIn = (text: string): readonly string[] =>
    [
      'canary',
      ...Object.values(canaries).map((value) => Buffer.from(value).toString('base64').replace(/=+$/, ''))
    ].filter((secret) => text.includes(secret))

  const events = (): string => path.join(world.stack.directory, 'events.json')

  /** Runs with an event log, and looks for secrets at every place that a run leaves something. */
  const hidden = async (run: (args: readonly string[]) => Promise<RunResult>): Promise<RunResult> => {
    const result = await run(['--event-log', events()])
    const log = fs.readFileSync(events(), 'utf8').split('\n')
    fs.rmSync(events())
    const shown = log.filter((line) => !isDebug(line))
    assert.ok(shown.length > 3, 'the event log has events')
    assert.deepStrictEqual(
      {
        output: secretsIn(result.output),
        events: secretsIn(shown.join('\n')),
        export: secretsIn(await world.stack.exportRaw()),
        files: world.stack.filesWith('canary')
      },
      { output: [], events: [], export: [], files: [] }
    )
    return result
  }

  before(async () => {
    world = await startWorld({
      program: program(declarations, outputsOfBare),
      settings: { trace: 'wire.jsonl', audit: 'audit.jsonl' },
      env: { PULUMI_DEBUG_COMMANDS: 'true' }
    })
  })
  after(() => world.end())

  it('holds the declared inputs, the computed ones, and secrets encrypted', async () => {
    const { stack, simulator } = world
    succeeded(await hidden((args) => stack.up(args)))
    assert.deepStrictEqual(sites(simulator), ['bare', 'whole'])
    const whole = await resource(stack, 'whole')
    const inputs = {
      ...full('whole'),
      carrierUserPassword: '[secret]',
      carrierPasswordDpi: '[secret]',
      sbcScripts: {
        ...full('whole').sbcScripts,
        customerVariables: { Region: 'EMEA', RegistrarPassword: '[secret]' }
      }
    }
    assert.deepStrictEqual(properties(whole.inputs), { ...inputs, __provider: providerText })
    const { lastOperation, ...outputs } = properties(whole.outputs)
    assert.deepStrictEqual(outputs, {
      ...inputs,
      ...computed('whole'),
      executionMessages: messages(['Skipping SBC CheckIpGroupProgramming.']),
      managedKeys: Object.keys(full('whole')).filter((key) => key !== 'adopt' && key !== 'allow')
    })
    const { correlationId, startedAt, durationMs, ...operation } = lastOperation as Record<string, unknown>
    assert.deepStrictEqual(operation, { kind: 'create', outcome: 'ok', serverIds: [], taskIds: [] })
    assert.deepStrictEqual([typeof correlationId, typeof startedAt, typeof durationMs], ['string', 'string', 'number'])
    assert.ok(simulator.requests().some(({ headers }) => headers['x-correlation-id'] === correlationId))
    assert.strictEqual(whole.id, guidOf(simulator, 'whole'))
  })

  it('holds no default for what is not declared', async () => {
    const bare = await resource(world.stack, 'bare')
    assert.deepStrictEqual(properties(bare.inputs), { ...minimal('bare'), __provider: providerText })
    const { lastOperation: _, ...outputs } = properties(bare.outputs)
    assert.deepStrictEqual(outputs, {
      ...minimal('bare'),
      ...computed('bare'),
      executionMessages: messages(['Checking SBC IP Group Programming.', 'SBC not programmed yet.']),
      managedKeys: ['customerGuid', 'siteName', 'sbcId', 'sbcScripts']
    })
  })

  it('gives the program an output for every input, declared or not', async () => {
    const { noOutputs, absent } = await world.stack.outputs()
    const declared = Object.keys(minimal('bare'))
    const rest = Object.keys(full('')).filter((key) => ![...declared, 'adopt', 'allow'].includes(key))
    assert.deepStrictEqual({ noOutputs, absent }, { noOutputs: [], absent: rest })
  })

  it('is small', async () => {
    const { inputs, outputs } = await resource(world.stack, 'whole')
    const bytes = Buffer.byteLength(JSON.stringify(outputs))
    assert.ok(bytes <= 4096, `the state of a connection with every input set has ${bytes} bytes`)
    assert.ok(Buffer.byteLength(providerText) <= 100)
    assert.deepStrictEqual([inputs?.['__provider'], outputs?.['__provider']], [providerText, providerText])
  })

  it('is as declared: nothing to do in the next preview and up, which send nothing', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    assert.deepStrictEqual(await planned(stack), [])
    assert.match(succeeded(await stack.up()).stdout, /\nResources:\n +3 unchanged\n/)
    assert.deepStrictEqual(traffic(simulator), [])
  })

  it('stays as it is at a refresh', async () => {
    const { stack, simulator } = world
    const before = [await resource(stack, 'whole'), await resource(stack, 'bare')].map(({ inputs, outputs }) => ({
      inputs: properties(inputs),
      outputs: properties(outputs)
    }))
    simulator.clearRequests()
    const { stdout } = succeeded(await hidden((args) => stack.refresh(args)))
    assert.match(stdout, /\nResources:\n +3 unchanged\n/)
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET bare', 'GET whole'])
    assert.deepStrictEqual(
      [await resource(stack, 'whole'), await resource(stack, 'bare')].map(({ inputs, outputs }) => ({
        inputs: properties(inputs),
        outputs: properties(outputs)
      })),
      before
    )
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('takes a password and a secret variable that were changed outside, without showing either value', async () => {
    const { stack, simulator } = world
    const guid = guidOf(simulator, 'whole')
    simulator.editSite(guid, {
      carrierUserPassword: 'canary-drifted',
      customerVariables: { RegistrarPassword: 'canary-drifted-too' }
    })
    const refreshed = succeeded(await hidden((args) => stack.refresh(args)))
    assert.match(refreshed.stdout, /\[diff: ~carrierUserPassword,sbcScripts\]/)
    const { inputs, outputs } = await resource(stack, 'whole')
    const secrets = {
      carrierUserPassword: '[secret]',
      carrierPasswordDpi: '[secret]',
      customerVariables: { Region: 'EMEA', RegistrarPassword: '[secret]' }
    }
    for (const side of [properties(inputs), properties(outputs)]) {
      const { carrierUserPassword, carrierPasswordDpi, sbcScripts } = side
      const { customerVariables } = sbcScripts as { readonly customerVariables: unknown }
      assert.deepStrictEqual({ carrierUserPassword, carrierPasswordDpi, customerVariables }, secrets)
    }

    const previewed = succeeded(await hidden((args) => stack.preview(['--diff', ...args])))
    assert.match(
      previewed.stdout,
      / ~ carrierUserPassword: \[secret\] => \[secret\]\n +~ sbcScripts +: \{\n +~ customerVariables: \{\n +~ RegistrarPassword: \[secret\] => \[secret\]\n/
    )
    simulator.clearRequests()
    succeeded(await hidden((args) => stack.up(args)))
    assert.deepStrictEqual(traffic(simulator), ['GET whole', 'PATCH whole', 'GET whole'])
    const site = simulator.site(guid)
    assert.deepStrictEqual(
      [site?.carrierUserPassword, site?.customerVariables],
      [canaries.password, full('whole').sbcScripts.customerVariables]
    )
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('takes new secrets without showing them', async () => {
    const { stack, simulator } = world
    const whole = full('whole')
    const changed = {
      ...whole,
      carrierUserPassword: 'canary-new',
      carrierPasswordDpi: 'canary-new-dpi',
      sbcScripts: {
        ...whole.sbcScripts,
        customerVariables: { Region: 'EMEA', RegistrarPassword: 'canary-new-variable' }
      }
    }
    stack.setProgram(program({ ...declarations, whole: changed }))
    simulator.clearRequests()
    const { stdout } = succeeded(await hidden((args) => stack.up(args)))
    assert.match(stdout, /\[diff: ~carrierPasswordDpi,carrierUserPassword,sbcScripts\]/)
    assert.deepStrictEqual(writes(simulator), ['PATCH whole'])
    const [sent] = bodies(simulator, 'PATCH')
    assert.deepStrictEqual(
      [sent?.['CarrierUserPassword'], sent?.['carrierPasswordDPI']],
      ['canary-new', 'canary-new-dpi']
    )
    const { inputs, outputs } = await resource(stack, 'whole')
    assert.deepStrictEqual(
      [properties(inputs), properties(outputs)].map(({ carrierUserPassword, carrierPasswordDpi }) => [
        carrierUserPassword,
        carrierPasswordDpi
      ]),
      [
        ['[secret]', '[secret]'],
        ['[secret]', '[secret]']
      ]
    )
  })

  it('hides secrets after a create that failed, also those that the platform repeats in its error', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ broken: full('broken') }))
    simulator.addFault({
      match: { method: 'POST' },
      fault: {
        kind: 'errorMessage',
        effect: true,
        message: `Script failed at ${canaries.password} and ${canaries.variable}.`
      }
    })
    const result = await hidden((args) => stack.up(args))
    assert.strictEqual(result.code, 1)
    assert.match(steady(result.stdout), /Platform: Script failed at \[secret\] and \[secret\]\./)
    const { inputs, outputs } = await resource(stack, 'broken')
    for (const side of [properties(inputs), properties(outputs)]) {
      const { customerGuid, carrierUserPassword, carrierPasswordDpi, sbcScripts } = side
      assert.deepStrictEqual(
        { customerGuid, carrierUserPassword, carrierPasswordDpi, sbcScripts },
        {
          customerGuid: acme,
          carrierUserPassword: '[secret]',
          carrierPasswordDpi: '[secret]',
          sbcScripts: {
            onboardingScript: 12001,
            cleanupScript: 12002,
            customerVariables: { Region: 'EMEA', RegistrarPassword: '[secret]' }
          }
        }
      )
    }
  })

  it('hides secrets when everything is destroyed', async () => {
    const { stack, simulator } = world
    succeeded(await hidden((args) => stack.destroy(args)))
    assert.deepStrictEqual(sites(simulator), [])
  })

  it('has left its logs, in which the secrets are replaced', () => {
    const read = (name: string): readonly Record<string, unknown>[] =>
      fs
        .readFileSync(path.join(world.stack.directory, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    const written = read('audit.jsonl').map(({ method, siteName }) => `${String(method)} ${String(siteName)}`)
    assert.deepStrictEqual(written.sort(), [
      ...['DELETE bare', 'DELETE broken', 'DELETE whole'],
      ...['PATCH whole', 'PATCH whole', 'PATCH whole'],
      ...['POST bare', 'POST broken', 'POST whole']
    ])
    const post = read('wire.jsonl').find(
      ({ method, request }) => method === 'POST' && JSON.stringify(request).includes('whole')
    )
    assert.strictEqual(
      (post?.['request'] as { readonly scriptParameters: { readonly CarrierUserPassword: unknown } }).scriptParameters
        .CarrierUserPassword,
      '[secret]'
    )
  })
})
