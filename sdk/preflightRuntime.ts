import * as pulumi from '@pulumi/pulumi'

/** What the engine's SDK does not document, and has had since it came to be: with a way out for the day when it is gone. */

interface Runtime {
  readonly rpcKeepAlive?: () => () => void
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

/** Outputs of the last run by URN. The engine gives those of any stack that it can read, this one too. */
const statesOf = async (stackName: string): Promise<Given> => {
  const read: unknown = await pulumi.runtime.invoke('pulumi:pulumi:readStackResourceOutputs', { stackName })
  return (read as { readonly outputs: Given }).outputs
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
