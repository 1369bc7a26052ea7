// The two forms of a lookup, as a program calls them: for plain values a promise, for outputs an output.

import * as assert from 'node:assert'
import * as pulumi from '@pulumi/pulumi'
import * as live from '../../../sdk'
import { baseUrl } from '../../support/TestEnv'
import { type Answer, answers, ok } from '../support/Scripted'

// The SDK makes a global of its own when it is asked first; made here, it is no leak of a test.
pulumi.runtime.getStackResource()

const guid = '11111111-1111-4111-8111-111111111111'
const services = ok([{ UmpCustomerGuid: guid, CustomerShortName: 'acme' }])

/** What the engine's SDK knows of an output. */
const settled = async <T>(output: pulumi.Output<T>) => {
  const { isKnown, promise } = output as unknown as { isKnown: Promise<boolean>; promise: () => Promise<T> }
  return { known: await isKnown, secret: await pulumi.isSecret(output), value: await promise.call(output) }
}

const unknownText = (): pulumi.Output<string> => pulumi.output(pulumi.unknown as unknown as string)

const failureOf = async (result: Promise<unknown>): Promise<Error> => {
  try {
    await result
  } catch (error) {
    return error as Error
  }
  throw new Error('it must fail')
}

describe('A lookup', () => {
  const before = { ...process.env }
  let tests = 0
  beforeEach(() => {
    // One process is one run; with a token of its own a test shares no read with another.
    const variables = {
      BASE_URL: baseUrl,
      ACCESS_TOKEN: `token-${++tests}`,
      REQUESTS_PER_SECOND: '0',
      MAX_RETRIES: '0'
    }
    for (const [name, value] of Object.entries(variables)) process.env[`AUDIOCODES_LIVE_${name}`] = value
  })
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name)
  })
  const answering = (...given: ReadonlyArray<Answer>) => answers(given.map((answer) => ['GET', answer]))

  it('of plain values is a promise', async () => {
    const sent = answering(services)
    assert.deepStrictEqual(await live.getServices(), [{ customerGuid: guid, shortName: 'acme' }])
    assert.strictEqual(await live.customerGuid('acme'), guid)
    assert.strictEqual(sent.length, 1)
  })

  it('of outputs is an output, and no secret because of the token', async () => {
    answering(services)
    assert.deepStrictEqual(await settled(live.customerGuidOutput(pulumi.output('acme'))), {
      known: true,
      secret: false,
      value: guid
    })
    assert.deepStrictEqual(await settled(live.getServicesOutput().apply(([service]) => service?.shortName)), {
      known: true,
      secret: false,
      value: 'acme'
    })
  })

  it('of a secret is a secret, which no message shows', async () => {
    answering(services)
    assert.deepStrictEqual(await settled(live.customerGuidOutput(pulumi.secret('acme'))), {
      known: true,
      secret: true,
      value: guid
    })
    const { message } = await failureOf(settled(live.customerGuidOutput(pulumi.secret('canary-name'))))
    assert.doesNotMatch(message, /canary/)
  })

  it('of what is not known yet is not known yet, and asks nothing', async () => {
    const sent = answering()
    const results = [
      live.customerGuidOutput(unknownText()),
      live.getServiceOutput({ customerGuid: unknownText() }),
      live.scriptIdOutput(unknownText(), { kind: 'SbcCleanup' })
    ]
    const known = await Promise.all(results.map(async (result) => (await settled<unknown>(result)).known))
    assert.deepStrictEqual([known, sent], [[false, false, false], []])
  })

  it('that is given an output for a plain value names the other form', async () => {
    const args = { customerGuid: pulumi.output(guid) as unknown as string }
    const { message, stack } = await failureOf(live.getService(args))
    const text = 'getService: customerGuid is an output of a resource; use getServiceOutput in its place.'
    assert.deepStrictEqual([message, stack], [text, text])
  })

  it('without its arguments, as a program in JavaScript may call it, says what is expected', async () => {
    const getService = live.getService as unknown as (args?: unknown) => Promise<unknown>
    for (const args of [undefined, null]) {
      const { message, stack } = await failureOf(getService(args))
      assert.match(message, /expected an object with customerGuid/)
      assert.strictEqual(stack, message)
    }
  })

  it('that fails throws one error for all who ask the same, without a stack', async () => {
    answering(services)
    const [first, ...others] = await Promise.all([
      failureOf(live.customerGuid('acne')),
      failureOf(live.customerGuid('acne')),
      failureOf(settled(live.customerGuidOutput('acne')))
    ])
    assert.ok(pulumi.RunError.isInstance(first))
    assert.strictEqual(first.stack, first.message)
    assert.match(
      first.message,
      /^Lookup customerGuid\(shortName: "acne"\) failed: there is no service with the short name "acne"; there are acme\n/
    )
    assert.ok(others.every((other) => other === first))
    assert.notStrictEqual(await failureOf(live.customerGuid('acmee')), first)
  })

  it('takes no provider of another kind', async () => {
    const provider = {} as unknown as live.Provider
    assert.strictEqual(
      (await failureOf(live.getServices({}, { provider }))).message,
      'getServices: the option "provider" takes a live.Provider.'
    )
    assert.throws(() => live.getServicesOutput({}, { provider }), {
      message: 'getServices: the option "provider" takes a live.Provider.'
    })
  })
})
