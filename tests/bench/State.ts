import { startSimulator } from '../../simulator'
import { Engine } from '../support/Engine'
import { succeeded } from '../support/EngineRun'
import type { ResourceState } from '../support/Stack'
import { configFor, fullArgs, secretConfig, secrets } from './Connections'
import type { Figure } from './Figure'

/** The passwords reach the program as configuration does: encrypted, so the text of the program has none. */
const program = `
const pulumi = require('@pulumi/pulumi')
const live = require('pulumi-audiocodes-live')
const args = JSON.parse(new pulumi.Config().require('args'))
new live.SipConnection('branch-07', args)
`

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Bytes of the provider's text in a resource; an error when it has none. */
export const textBytesOf = (resource: ResourceState | undefined): number => {
  const text = resource?.inputs?.['__provider']
  if (typeof text !== 'string') throw new Error('the resource has no provider text')
  return Buffer.byteLength(text)
}

/** A figure of a state that lacks an input, or an encryption, would flatter. */
const complete = (resource: ResourceState): void => {
  const missing = Object.keys(fullArgs).filter(
    (key) => resource.inputs?.[key] === undefined || resource.outputs?.[key] === undefined
  )
  if (missing.length > 0) throw new Error(`the state lacks ${missing.join(', ')}`)
  const text = JSON.stringify(resource)
  const clear = secrets.filter((secret) => text.includes(secret))
  if (clear.length > 0) throw new Error(`the state shows ${clear.length} secrets in clear`)
}

/** The state of one connection with every input set, as `pulumi stack export` shows it with its secrets encrypted. */
export const measureState = async (): Promise<readonly Figure[]> => {
  const simulator = await startSimulator()
  const stack = await Engine.project({ program, config: configFor(simulator), secrets: secretConfig })
  try {
    await stack.setConfig('harness:args', JSON.stringify(fullArgs), { secret: true })
    succeeded(await stack.up())
    const [resource, ...others] = await stack.resources()
    if (resource === undefined || others.length > 0) throw new Error('expected one resource in the state')
    complete(resource)
    const [entry, inputs, outputs] = [bytesOf(resource), bytesOf(resource.inputs), bytesOf(resource.outputs)]
    return [
      {
        id: 'providerText',
        name: 'Text of the provider in the state',
        measured: textBytesOf(resource),
        unit: 'bytes',
        target: 100,
        detail: 'kept twice a connection, in its inputs and in its outputs'
      },
      {
        id: 'stateOutputs',
        name: 'State that the provider keeps of a connection with every input set',
        measured: outputs,
        unit: 'bytes',
        target: 4000,
        detail: 'checked inputs and what is computed (`outputs`) as compact JSON, secrets encrypted'
      },
      {
        id: 'stateEntry',
        name: 'The whole entry of that connection in `pulumi stack export`',
        measured: entry,
        unit: 'bytes',
        target: 4000,
        detail: `outputs ${outputs} bytes, inputs once more ${inputs} bytes, the engine's own ${entry - inputs - outputs} bytes (stack trace, dependencies, URNs)`
      }
    ]
  } finally {
    await stack.dispose()
    await simulator.close()
  }
}
