import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import * as path from 'node:path'
import * as grpc from '@grpc/grpc-js'
import { ResourceProviderClient } from '@pulumi/pulumi/proto/provider_grpc_pb'
import * as messages from '@pulumi/pulumi/proto/provider_pb'
import { Status } from '@pulumi/pulumi/proto/status_pb'
import { Struct } from 'google-protobuf/google/protobuf/struct_pb'
import { atExit, type Exit, exitOf, pidOf } from './Children'
import type { JsonObject } from './Json'
import { quickNode } from './quick-node/QuickNode'
import { repositoryRoot } from './repository'
import { cleanEnvironment, temporaryProject } from './TemporaryProject'

/** The provider text that the sdk writes into the state of every SIP connection. */
export const sipConnectionText = 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;'

export interface ProtocolServerOptions {
  /** Added as `__provider` to all properties that have none of their own; default `sipConnectionText`. */
  readonly provider?: string
  /** Where the server runs and from where the text resolves packages; default a folder like that of a user's program. */
  readonly cwd?: string
  /** What `configure` is called with before `start` resolves, as the engine always does; default nothing. */
  readonly config?: JsonObject
  /** Added to the environment, in which no setting of this package, of Pulumi or of a proxy is left. */
  readonly env?: NodeJS.ProcessEnv
  /** The folder of the @pulumi/pulumi whose server is started; default the installed one. */
  readonly sdk?: string
  /** After so many seconds a call fails with code 4 (deadline exceeded); default 15. */
  readonly deadline?: number
}

export interface CheckFailure {
  readonly property: string
  readonly reason: string
}

export interface CheckResult {
  readonly inputs: JsonObject
  readonly failures: readonly CheckFailure[]
}

export interface DiffResult {
  /** `unknown`: the provider left `changes` undefined, so the engine compares the inputs itself. */
  readonly changes: 'none' | 'some' | 'unknown'
  readonly replaces: readonly string[]
  readonly deleteBeforeReplace: boolean
}

export interface CreateResult {
  readonly id: string
  readonly outs: JsonObject
}

export interface ReadResult {
  /** Empty: the resource is gone. */
  readonly id: string
  readonly props: JsonObject
  /** Missing when the provider gave none; the engine then keeps the old inputs. */
  readonly inputs?: JsonObject
}

/** A create or update that took effect in part: the engine keeps `id` and `properties` in state. */
export interface InitFailed {
  readonly id: string
  /** As sent, with `__provider`, which the provider has to put in by itself. */
  readonly properties: JsonObject
  readonly reasons: readonly string[]
}

/** A call that was answered with an error. */
export class RpcFailure extends Error {
  /**
   * @param code the gRPC status: 2 (unknown) for what a provider threw, 4 when the deadline passed, 14 when the
   * server is gone
   */
  constructor(
    readonly code: number,
    message: string,
    readonly initFailed?: InitFailed
  ) {
    super(message)
  }
}

/** The failure of a call as plain data; an error when the call succeeds or fails otherwise. */
export const failureOf = async (
  call: Promise<unknown>
): Promise<{ readonly code: number; readonly message: string; readonly initFailed?: InitFailed }> => {
  const failure = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error
  )
  if (!(failure instanceof RpcFailure)) throw failure
  const { code, message, initFailed } = failure
  return initFailed === undefined ? { code, message } : { code, message, initFailed }
}

const providerKey = '__provider'

/**
 * Pulumi's own server for dynamic providers as a child process, spoken to as the engine does: properties go in with
 * `__provider` and come back without it. Calls may run side by side. Every call rejects with an `RpcFailure`.
 */
export class ProtocolServer {
  readonly pid: number
  readonly exited: Promise<Exit>

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
    private readonly texts: { out: string; err: string },
    private readonly options: Required<Pick<ProtocolServerOptions, 'provider' | 'deadline'>>,
    private readonly dispose: () => void,
    exited: Promise<Exit>
  ) {
    this.pid = pidOf(child)
    this.exited = exited
  }

  /** Resolves when the server listens; rejects with its output when it ends before. */
  static async start(options: ProtocolServerOptions = {}): Promise<ProtocolServer> {
    const project = options.cwd === undefined ? temporaryProject() : undefined
    const sdk = options.sdk ?? path.join(repositoryRoot, 'node_modules', '@pulumi', 'pulumi')
    // No engine listens at this address, and the server never calls it. stdin stays open: its end tells the provider
    // that the engine is dead.
    const child = spawn(process.execPath, [path.join(sdk, 'cmd', 'dynamic-provider'), '127.0.0.1:1'], {
      cwd: options.cwd ?? project?.directory,
      env: cleanEnvironment({ ...quickNode, ...options.env }),
      stdio: ['pipe', 'pipe', 'pipe']
    })
    const forget = atExit(() => child.kill('SIGKILL'))
    const dispose = (): void => {
      forget()
      project?.dispose()
    }
    const exited = exitOf(child)
    const texts = { out: '', err: '' }
    child.stdin.on('error', () => undefined)
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
    const port = await Promise.race([
      new Promise<string>((resolve) => {
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          texts.out += text
          const line = /^(\d+)\n/.exec(texts.out)
          if (line?.[1] !== undefined) resolve(line[1])
        })
      }),
      exited.then((exit) => {
        dispose()
        throw new Error(`the dynamic-provider server ended (${exit.code ?? exit.signal}): ${texts.out}${texts.err}`)
      })
    ])
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1
    })
    const { provider = sipConnectionText, deadline = 15, config = {} } = options
    const server = new ProtocolServer(child, client, texts, { provider, deadline }, dispose, exited)
    await server.configure(config)
    // A test that fails to close its server must not keep the test run from ending; `atExit` then ends the server.
    for (const handle of handles(child)) handle.unref()
    return server
  }

  /**
   * The stack configuration, with namespaces (`audiocodes-live:baseUrl`), for every provider text that is loaded
   * afterwards. Secrets: wrap them in `secretOnTheWire`.
   */
  async configure(config: JsonObject): Promise<void> {
    const request = new messages.ConfigureRequest()
    request.setArgs(struct(config))
    await this.call<messages.ConfigureResponse>((...rest) => this.client.configure(request, ...rest))
  }

  /** @param olds the old inputs, `{}` at a create and at the second check of a replacement */
  async check(olds: JsonObject, news: JsonObject): Promise<CheckResult> {
    const request = new messages.CheckRequest()
    // The engine adds nothing to the empty olds of a create.
    request.setOlds(Object.keys(olds).length === 0 ? struct({}) : this.properties(olds))
    request.setNews(this.properties(news))
    const response = await this.call<messages.CheckResponse>((...rest) => this.client.check(request, ...rest))
    return {
      inputs: withoutProvider(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }))
    }
  }

  /** @param olds the old outputs @param news the checked inputs */
  async diff(id: string, olds: JsonObject, news: JsonObject): Promise<DiffResult> {
    const request = new messages.DiffRequest()
    request.setId(id)
    request.setOlds(this.properties(olds))
    request.setNews(this.properties(news))
    const response = await this.call<messages.DiffResponse>((...rest) => this.client.diff(request, ...rest))
    return {
      changes: changesOf(response.getChanges()),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace()
    }
  }

  /** @param inputs the checked inputs */
  async create(inputs: JsonObject): Promise<CreateResult> {
    const request = new messages.CreateRequest()
    request.setProperties(this.properties(inputs))
    const response = await this.call<messages.CreateResponse>((...rest) => this.client.create(request, ...rest))
    return { id: response.getId(), outs: withoutProvider(response.getProperties()) }
  }

  /** @param olds the old outputs @param news the checked inputs @returns the new outputs */
  async update(id: string, olds: JsonObject, news: JsonObject): Promise<JsonObject> {
    const request = new messages.UpdateRequest()
    request.setId(id)
    request.setOlds(this.properties(olds))
    request.setNews(this.properties(news))
    const response = await this.call<messages.UpdateResponse>((...rest) => this.client.update(request, ...rest))
    return withoutProvider(response.getProperties())
  }

  /** @param props the old outputs, or the program's inputs for a `get` */
  async read(id: string, props: JsonObject): Promise<ReadResult> {
    const request = new messages.ReadRequest()
    request.setId(id)
    request.setProperties(this.properties(props))
    const response = await this.call<messages.ReadResponse>((...rest) => this.client.read(request, ...rest))
    const inputs = response.getInputs()
    return {
      id: response.getId(),
      props: withoutProvider(response.getProperties()),
      ...(inputs === undefined ? {} : { inputs: withoutProvider(inputs) })
    }
  }

  /** @param props the old outputs */
  async delete(id: string, props: JsonObject): Promise<void> {
    const request = new messages.DeleteRequest()
    request.setId(id)
    request.setProperties(this.properties(props))
    await this.call<unknown>((...rest) => this.client.delete(request, ...rest))
  }

  /** All that the server has printed so far, without its first line, the port. The engine shows it to the user. */
  stdout(): string {
    return this.texts.out.slice(this.texts.out.indexOf('\n') + 1)
  }

  /** All that the server has printed to stderr so far. The engine shows it to the user. */
  stderr(): string {
    return this.texts.err
  }

  /** What the server sees when its engine dies. */
  closeStdin(): void {
    this.child.stdin?.end()
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** Ends the server by force, if it still runs, and removes its folder. */
  async close(): Promise<Exit> {
    for (const handle of handles(this.child)) handle.ref()
    this.client.close()
    this.child.kill('SIGKILL')
    const exit = await this.exited
    this.dispose()
    return exit
  }

  private properties(properties: JsonObject): Struct {
    return struct({ [providerKey]: this.options.provider, ...properties })
  }

  private call<A>(
    send: (
      metadata: grpc.Metadata,
      options: Partial<grpc.CallOptions>,
      done: (error: grpc.ServiceError | null, response: A) => void
    ) => void
  ): Promise<A> {
    return new Promise((resolve, reject) => {
      send(new grpc.Metadata(), { deadline: Date.now() + this.options.deadline * 1000 }, (error, response) => {
        if (error === null) resolve(response)
        else reject(new RpcFailure(error.code, error.details, initFailedOf(error)))
      })
    })
  }
}

/** What keeps this process from ending as long as the child runs. Its pipes are sockets, which their type hides. */
const handles = (child: ChildProcess): readonly { ref: () => unknown; unref: () => unknown }[] => [
  child,
  ...[child.stdin, child.stdout, child.stderr].filter((pipe) => pipe instanceof Socket)
]

const struct = (properties: JsonObject): Struct => Struct.fromJavaScript(structuredClone(properties))

const objectOf = (properties: Struct | undefined): JsonObject => properties?.toJavaScript() ?? {}

/** The server itself puts `__provider` back into every answer of a method, so its value says nothing of the provider. */
const withoutProvider = (properties: Struct | undefined): JsonObject =>
  Object.fromEntries(Object.entries(objectOf(properties)).filter(([key]) => key !== providerKey))

const changesOf = (changes: messages.DiffResponse.DiffChanges): DiffResult['changes'] => {
  switch (changes) {
    case messages.DiffResponse.DiffChanges.DIFF_NONE:
      return 'none'
    case messages.DiffResponse.DiffChanges.DIFF_SOME:
      return 'some'
    case messages.DiffResponse.DiffChanges.DIFF_UNKNOWN:
      return 'unknown'
  }
}

/** The partial failure that travels in the trailer of an error, beside its message. */
const initFailedOf = (error: grpc.ServiceError): InitFailed | undefined => {
  const [trailer] = error.metadata.get('grpc-status-details-bin')
  if (!(trailer instanceof Buffer)) return undefined
  const [detail] = Status.deserializeBinary(trailer).getDetailsList()
  const failed = detail?.unpack(
    (bytes) => messages.ErrorResourceInitFailed.deserializeBinary(bytes),
    'pulumirpc.ErrorResourceInitFailed'
  )
  if (failed === undefined || failed === null) return undefined
  return { id: failed.getId(), properties: objectOf(failed.getProperties()), reasons: failed.getReasonsList() }
}
