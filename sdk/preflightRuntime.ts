import * as pulumi from '@pulumi/pulumi'
import type { InvokeResponse } from '@pulumi/pulumi/proto/provider_pb'
import { ResourceInvokeRequest } from '@pulumi/pulumi/proto/resource_pb'
import { Struct } from 'google-protobuf/google/protobuf/struct_pb'

/** What the engine's SDK does not document, and has had since it came to be: with a way out for the day when it is gone. */

interface Runtime {
  readonly rpcKeepAlive?: () => () => void
}

interface Monitor {
  readonly invoke: (
    request: ResourceInvokeRequest,
    answered: (error: Error | null, answer: InvokeResponse | undefined) => void
  ) => void
}

interface State {
  readonly getStore: () => { readonly settings: { readonly rpcDone?: Promise<unknown> } }
}

/** Ends when the engine has answered all that was asked of it until now, with success or without. */
const answeredSoFar = (): Promise<unknown> | undefined => {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { getStore } = require('@pulumi/pulumi/runtime/state') as State
    return getStore().settings.rpcDone
  } catch {
    return undefined
  }
}

const never = new Promise<never>(() => undefined)

/**
 * Runs a task that has something to say to the engine: an inline program (Automation API) is not disconnected before it ends. What it throws
 * is dropped.
 *
 * @param task is handed the end of all that was asked of the engine before
 */
export const whileAnswering = (task: (answered: Promise<unknown>) => Promise<void>): void => {
  const answered = answeredSoFar()
  // Without that end a task might wait for ever, and must not be waited for.
  const release = answered === undefined ? undefined : (pulumi.runtime as Runtime).rpcKeepAlive?.()
  const end = (): void => release?.()
  task(answered ?? never).then(end, end)
}

/**
 * A value that the outputs of a resource give, or `undefined` when they give none: those of a resource that the engine refused stay
 * open for ever.
 *
 * @param answered the end of its registration, with success or without
 */
export const settled = async <A>(value: Promise<A>, answered: Promise<unknown>): Promise<A | undefined> =>
  Promise.race([
    value,
    // A turn of the event loop, in which outputs that have got their values settle.
    answered.then(() => new Promise<undefined>((resolve) => setImmediate(resolve, undefined)))
  ])

type Given = Readonly<Record<string, unknown>>

/**
 * Asks a function of the engine. Not by `pulumi.runtime.invoke`, which writes every answer as a debug event: here that would be the secrets of the whole
 * stack, in clear.
 */
const ask = (token: string, args: Readonly<Record<string, string>>): Promise<Given> =>
  new Promise((resolve, reject) => {
    const request = new ResourceInvokeRequest()
    request.setTok(token)
    request.setArgs(Struct.fromJavaScript(args))
    const monitor: Monitor | undefined = pulumi.runtime.getMonitor()
    if (monitor === undefined) throw new Error('there is no engine to ask')
    monitor.invoke(request, (error, answer) => {
      const value = answer?.getReturn()
      if (error !== null || value === undefined) reject(error ?? new Error(`${token} has no answer`))
      else resolve(pulumi.runtime.deserializeProperties(value))
    })
  })

/** Outputs of the last run by URN. The engine gives those of any stack that it can read, this one too. */
const statesOf = async (stackName: string): Promise<Given> => {
  const { outputs } = await ask('pulumi:pulumi:readStackResourceOutputs', { stackName })
  // One secret within makes the whole a secret.
  return pulumi.runtime.unwrapRpcSecret(outputs) as Given
}

/** The long name is right whatever organization is the default; not every backend has one. */
const statesOfStack = async (): Promise<Given> => {
  try {
    return await statesOf(`${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`)
  } catch {
    return statesOf(pulumi.getStack())
  }
}

const states = new WeakMap<object, Promise<Given>>()

/**
 * The outputs of a resource as the last run left them, which a preview does not give of a resource that changes; `undefined`: they cannot be had.
 *
 * @param ofRun the run of the program, which reads them once
 */
export const lastOutputs = async (ofRun: object, urn: string): Promise<Given | undefined> => {
  try {
    const all = states.get(ofRun) ?? statesOfStack()
    states.set(ofRun, all)
    return ((await all)[urn] as { readonly outputs?: Given } | undefined)?.outputs
  } catch {
    return undefined
  }
}
