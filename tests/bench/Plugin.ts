import { startSimulator } from '../../simulator'
import { fakeEngine } from '../plugin/support/FakeEngine'
import { startPlugin } from '../plugin/support/PluginProcess'
import { Engine } from '../support/Engine'
import { succeeded } from '../support/EngineRun'
import type { Json, JsonObject } from '../support/Json'
import { withPlugin } from '../support/withPlugin'
import { configFor, fullArgs, secretConfig } from './Connections'
import { type Created, create, sendTheSame } from './Creation'
import type { Figure } from './Figure'
import { inTurn, median, quartiles, round } from './Statistics'

/** From the start of the process to its first answered call, in ms. */
const start = async (): Promise<number> => {
  const engine = await fakeEngine()
  try {
    const began = performance.now()
    const plugin = await startPlugin(engine.address)
    await plugin.client.handshake(engine.address)
    const milliseconds = performance.now() - began
    await plugin.close()
    return milliseconds
  } finally {
    engine.close()
  }
}

const startTime = async (rounds: number): Promise<Figure> => {
  // The first start reads the files from the disk.
  await start()
  const times: number[] = []
  for (let done = 0; done < rounds; done++) times.push(await start())
  const [low, high] = quartiles(times)
  return {
    id: 'pluginStart',
    name: 'Start of the plugin to its first answered call',
    measured: round(median(times), 0),
    unit: 'ms',
    target: 200,
    quartiles: [round(low, 0), round(high, 0)],
    detail: `median of ${rounds} starts, quartiles ${low.toFixed(0)} and ${high.toFixed(0)} ms`
  }
}

/** 14 inputs, as many as a connection with a registration, CAC and numbers has. */
const inputs: JsonObject = Object.fromEntries(
  Object.entries(fullArgs).filter(
    ([key]) =>
      ![
        'carrierPasswordDpi',
        'dialPlanPrefixes',
        'm365Scripts',
        'onlinePstnGateway',
        'proxySet',
        'adopt',
        'allow'
      ].includes(key)
  )
)

const program = `
const pulumi = require('@pulumi/pulumi')
new pulumi.CustomResource('audiocodes-live:index:SipConnection', 'branch-07', JSON.parse(new pulumi.Config().require('args')))
`

const stateSize = async (): Promise<readonly Figure[]> => {
  const simulator = await startSimulator()
  const stack = await Engine.project({ program, config: configFor(simulator), secrets: secretConfig })
  try {
    withPlugin(stack)
    await stack.setConfig('harness:args', JSON.stringify(inputs), { secret: true })
    succeeded(await stack.up())
    const [resource] = await stack.resources()
    const { executionMessages } = resource?.outputs ?? {}
    const messages = executionMessages as readonly Json[] | undefined
    if (resource === undefined || messages === undefined) throw new Error('the state has no connection with messages')
    // The simulator says less than five things of a change; the longest of them once more for each that is missing.
    const [longest = ''] = [...messages].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)
    const five = [...messages, ...Array.from({ length: 5 - messages.length }, () => longest)]
    const outputs = { ...resource.outputs, executionMessages: five }
    const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))
    const [entry, ofInputs, ofOutputs] = [bytesOf({ ...resource, outputs }), bytesOf(resource.inputs), bytesOf(outputs)]
    return [
      {
        id: 'pluginState',
        name: 'State that the plugin keeps of a connection with 14 inputs and 5 messages',
        measured: ofOutputs,
        unit: 'bytes',
        target: 2600,
        detail: 'checked inputs and what is computed (`outputs`) as compact JSON, secrets encrypted'
      },
      {
        id: 'pluginEntry',
        name: 'The whole entry of that connection in `pulumi stack export`, by the plugin',
        measured: entry,
        unit: 'bytes',
        target: 2600,
        detail: `outputs ${ofOutputs} bytes, inputs once more ${ofInputs} bytes, the engine's own ${entry - ofInputs - ofOutputs} bytes (dependencies of each property, URNs)`
      }
    ]
  } finally {
    await stack.dispose()
    await simulator.close()
  }
}

/** The plugin against the dynamic host: the same connections, in one run, in turn. */
export const measurePlugin = async (
  count: number,
  rounds: number,
  told: (line: string) => void
): Promise<readonly Figure[]> => {
  if (Object.keys(inputs).length !== 14) throw new Error(`${Object.keys(inputs).length} inputs`)
  const small = [await startTime(15), ...(await stateSize())]
  const run = (host: 'live' | 'plugin') => async (): Promise<Created> => {
    const created = await create(host, count)
    told(
      `${host === 'live' ? 'dynamic host' : 'plugin'}: ${created.seconds.toFixed(1)} s, processor ${created.processor.toFixed(1)} s, state ${(created.stateBytes / 1e6).toFixed(2)} MB`
    )
    return created
  }
  const pairs = await inTurn(rounds, run('live'), run('plugin'))
  for (const [dynamic, plugin] of pairs) sendTheSame(dynamic, plugin)
  const ratios = (key: 'seconds' | 'stateBytes'): readonly number[] =>
    pairs.map(([dynamic, plugin]) => plugin[key] / dynamic[key])
  const of = (index: 0 | 1, key: 'seconds' | 'processor' | 'stateBytes'): number =>
    median(pairs.map((pair) => pair[index][key]))
  const [low, high] = quartiles(ratios('seconds'))
  const many = count.toLocaleString('en-US')
  return [
    {
      id: 'pluginCreation',
      name: `\`pulumi up\` that creates ${many} connections by the plugin`,
      measured: round(median(ratios('seconds')), 2),
      unit: '× the time of the dynamic host',
      target: 1.05,
      rounds,
      ...(rounds === 1 ? {} : { quartiles: [round(low, 2), round(high, 2)] as const }),
      detail: `${of(1, 'seconds').toFixed(1)} s against ${of(0, 'seconds').toFixed(1)} s (of processor time ${of(1, 'processor').toFixed(1)} s against ${of(0, 'processor').toFixed(1)} s)`
    },
    {
      id: 'pluginStateRatio',
      name: `State of ${many} connections by the plugin`,
      measured: round(median(ratios('stateBytes')), 2),
      unit: '× that of the dynamic host',
      target: 1,
      detail: `${(of(1, 'stateBytes') / count / 1000).toFixed(2)} kB a connection against ${(of(0, 'stateBytes') / count / 1000).toFixed(2)} kB`
    },
    ...small
  ]
}
