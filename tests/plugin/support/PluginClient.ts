import * as grpc from '@grpc/grpc-js'
import { PluginAttach } from '@pulumi/pulumi/proto/plugin_pb'
import { ResourceProviderClient } from '@pulumi/pulumi/proto/provider_grpc_pb'
import * as messages from '@pulumi/pulumi/proto/provider_pb'
import { Status } from '@pulumi/pulumi/proto/status_pb'
import { Empty } from 'google-protobuf/google/protobuf/empty_pb'
import { Struct } from 'google-protobuf/google/protobuf/struct_pb'
import type { JsonObject } from '../../support/Json'

/** What is answered to a check: of inputs, and of a configuration. */
export interface Checked {
  readonly inputs: JsonObject
  readonly failures: readonly { readonly property: string; readonly reason: string }[]
}

/** What is answered to a diff. */
export interface Compared {
  readonly changes: 'none' | 'some' | 'unknown'
  readonly replaces: readonly string[]
  readonly deleteBeforeReplace: boolean
  readonly diffs: readonly string[]
  /** Kind by path, e.g. `update`, `add-replace`, with `, output` for what is no input; none: the engine compares. */
  readonly detail?: Readonly<Record<string, string>>
}

/** A write that took effect and failed. */
export interface InitFailed {
  readonly id: string
  readonly properties: JsonObject
  readonly reasons: readonly string[]
}

/** A call that was answered with an error. */
export class CallFailed extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly initFailed: InitFailed | undefined
  ) {
    super(message)
  }
}

/** How a call goes beyond its values. */
export interface Manner {
  readonly preview?: boolean
  readonly timeout?: number
  readonly type?: string
  readonly oldInputs?: JsonObject
}

/** The token of a connection. */
export const sipConnection = 'audiocodes-live:index:SipConnection'

/** The URN of the resources of these tests. */
export const urn = `urn:pulumi:dev::test::${sipConnection}::branch`

const struct = (properties: JsonObject): Struct => Struct.fromJavaScript(structuredClone(properties))
const objectOf = (properties: Struct | undefined): JsonObject => properties?.toJavaScript() ?? {}

const initFailedOf = (error: grpc.ServiceError): InitFailed | undefined => {
  const [trailer] = error.metadata.get('grpc-status-details-bin')
  if (!(trailer instanceof Buffer)) return undefined
  const [detail] = Status.deserializeBinary(trailer).getDetailsList()
  const failed = detail?.unpack(
    (bytes) => messages.ErrorResourceInitFailed.deserializeBinary(bytes),
    'pulumirpc.ErrorResourceInitFailed'
  )
  return failed === undefined || failed === null
    ? undefined
    : {
        id: failed.getId(),
        properties: objectOf(failed.getProperties()),
        reasons: failed.getReasonsList()
      }
}

const { Kind } = messages.PropertyDiff
const kinds: Readonly<Record<messages.PropertyDiff.Kind, string>> = {
  [Kind.ADD]: 'add',
  [Kind.ADD_REPLACE]: 'add-replace',
  [Kind.DELETE]: 'delete',
  [Kind.DELETE_REPLACE]: 'delete-replace',
  [Kind.UPDATE]: 'update',
  [Kind.UPDATE_REPLACE]: 'update-replace'
}
const { DiffChanges } = messages.DiffResponse
const changes: Readonly<Record<messages.DiffResponse.DiffChanges, Compared['changes']>> = {
  [DiffChanges.DIFF_NONE]: 'none',
  [DiffChanges.DIFF_SOME]: 'some',
  [DiffChanges.DIFF_UNKNOWN]: 'unknown'
}

type Send<A> = (
  metadata: grpc.Metadata,
  options: Partial<grpc.CallOptions>,
  done: (error: grpc.ServiceError | null, response: A) => void
) => void

/** The calls of an engine to the plugin at a port; properties as they are on the wire. Every call rejects with a `CallFailed`. */
export class PluginClient {
  private readonly client: ResourceProviderClient

  constructor(
    port: number,
    private readonly deadline = 15
  ) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1
    })
  }

  async handshake(engineAddress: string): Promise<messages.ProviderHandshakeResponse.AsObject> {
    const request = new messages.ProviderHandshakeRequest()
    request.setEngineAddress(engineAddress)
    const response = await this.call<messages.ProviderHandshakeResponse>((...rest) =>
      this.client.handshake(request, ...rest)
    )
    return response.toObject()
  }

  async attach(address: string): Promise<void> {
    const request = new PluginAttach()
    request.setAddress(address)
    await this.call<Empty>((...rest) => this.client.attach(request, ...rest))
  }

  async version(): Promise<string> {
    const info = await this.call<{ getVersion: () => string }>((...rest) =>
      this.client.getPluginInfo(new Empty(), ...rest)
    )
    return info.getVersion()
  }

  async schema(): Promise<JsonObject> {
    const response = await this.call<messages.GetSchemaResponse>((...rest) =>
      this.client.getSchema(new messages.GetSchemaRequest(), ...rest)
    )
    return JSON.parse(response.getSchema()) as JsonObject
  }

  async checkConfig(news: JsonObject, name = 'default'): Promise<Checked> {
    const request = new messages.CheckRequest()
    request.setName(name)
    request.setUrn(`urn:pulumi:dev::test::pulumi:providers:audiocodes-live::${name}`)
    request.setNews(struct(news))
    return checked(await this.call<messages.CheckResponse>((...rest) => this.client.checkConfig(request, ...rest)))
  }

  async diffConfig(olds: JsonObject, news: JsonObject): Promise<Compared> {
    const request = new messages.DiffRequest()
    request.setOlds(struct(olds))
    request.setOldInputs(struct(olds))
    request.setNews(struct(news))
    return compared(await this.call<messages.DiffResponse>((...rest) => this.client.diffConfig(request, ...rest)))
  }

  async configure(config: JsonObject, name = 'default', acceptSecrets = true): Promise<void> {
    const request = new messages.ConfigureRequest()
    request.setName(name)
    request.setAcceptsecrets(acceptSecrets)
    request.setArgs(struct(config))
    await this.call<messages.ConfigureResponse>((...rest) => this.client.configure(request, ...rest))
  }

  async invoke(token: string, args: JsonObject = {}): Promise<JsonObject> {
    const request = new messages.InvokeRequest()
    request.setTok(token)
    request.setArgs(struct(args))
    const response = await this.call<messages.InvokeResponse>((...rest) => this.client.invoke(request, ...rest))
    return objectOf(response.getReturn())
  }

  async cancel(): Promise<void> {
    await this.call<Empty>((...rest) => this.client.cancel(new Empty(), ...rest))
  }

  async check(olds: JsonObject, news: JsonObject, { type = sipConnection }: Manner = {}): Promise<Checked> {
    const request = new messages.CheckRequest()
    request.setUrn(urn)
    request.setType(type)
    request.setOlds(struct(olds))
    request.setNews(struct(news))
    return checked(await this.call<messages.CheckResponse>((...rest) => this.client.check(request, ...rest)))
  }

  async diff(id: string, olds: JsonObject, news: JsonObject, manner: Manner = {}): Promise<Compared> {
    const request = new messages.DiffRequest()
    request.setUrn(urn)
    request.setType(manner.type ?? sipConnection)
    request.setId(id)
    request.setOlds(struct(olds))
    if (manner.oldInputs !== undefined) request.setOldInputs(struct(manner.oldInputs))
    request.setNews(struct(news))
    return compared(await this.call<messages.DiffResponse>((...rest) => this.client.diff(request, ...rest)))
  }

  async create(
    inputs: JsonObject,
    { preview = false, timeout = 0, type = sipConnection }: Manner = {}
  ): Promise<{ readonly id: string; readonly outs: JsonObject }> {
    const request = new messages.CreateRequest()
    request.setUrn(urn)
    request.setType(type)
    request.setProperties(struct(inputs))
    request.setPreview(preview)
    request.setTimeout(timeout)
    const response = await this.call<messages.CreateResponse>((...rest) => this.client.create(request, ...rest))
    return { id: response.getId(), outs: objectOf(response.getProperties()) }
  }

  /** @param props none: an import */
  async read(
    id: string,
    props?: JsonObject,
    { oldInputs, type = sipConnection, timeout = 0 }: Manner = {}
  ): Promise<{ readonly id: string; readonly props: JsonObject; readonly inputs: JsonObject }> {
    const request = new messages.ReadRequest()
    request.setUrn(urn)
    request.setType(type)
    request.setId(id)
    request.setTimeout(timeout)
    if (props !== undefined) request.setProperties(struct(props))
    if (oldInputs !== undefined) request.setInputs(struct(oldInputs))
    const response = await this.call<messages.ReadResponse>((...rest) => this.client.read(request, ...rest))
    return {
      id: response.getId(),
      props: objectOf(response.getProperties()),
      inputs: objectOf(response.getInputs())
    }
  }

  async update(
    id: string,
    olds: JsonObject,
    news: JsonObject,
    { preview = false, timeout = 0, type = sipConnection, oldInputs }: Manner = {}
  ): Promise<JsonObject> {
    const request = new messages.UpdateRequest()
    request.setUrn(urn)
    request.setType(type)
    request.setId(id)
    request.setOlds(struct(olds))
    if (oldInputs !== undefined) request.setOldInputs(struct(oldInputs))
    request.setNews(struct(news))
    request.setPreview(preview)
    request.setTimeout(timeout)
    const response = await this.call<messages.UpdateResponse>((...rest) => this.client.update(request, ...rest))
    return objectOf(response.getProperties())
  }

  async delete(
    id: string,
    props: JsonObject,
    { timeout = 0, type = sipConnection, oldInputs }: Manner = {}
  ): Promise<void> {
    const request = new messages.DeleteRequest()
    request.setUrn(urn)
    request.setType(type)
    request.setId(id)
    request.setProperties(struct(props))
    if (oldInputs !== undefined) request.setOldInputs(struct(oldInputs))
    request.setTimeout(timeout)
    await this.call<Empty>((...rest) => this.client.delete(request, ...rest))
  }

  close(): void {
    this.client.close()
  }

  private call<A>(send: Send<A>): Promise<A> {
    return new Promise((resolve, reject) => {
      send(new grpc.Metadata(), { deadline: Date.now() + this.deadline * 1000 }, (error, response) => {
        if (error === null) resolve(response)
        else reject(new CallFailed(error.code, error.details, initFailedOf(error)))
      })
    })
  }
}

const checked = (response: messages.CheckResponse): Checked => ({
  inputs: objectOf(response.getInputs()),
  failures: response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }))
})

const compared = (response: messages.DiffResponse): Compared => ({
  changes: changes[response.getChanges()],
  replaces: response.getReplacesList(),
  deleteBeforeReplace: response.getDeletebeforereplace(),
  diffs: response.getDiffsList(),
  ...(response.getHasdetaileddiff()
    ? {
        detail: Object.fromEntries(
          response
            .getDetaileddiffMap()
            .toArray()
            .map(([path]) => path)
            .map((path) => {
              const property = response.getDetaileddiffMap().get(path)
              if (property === undefined) throw new Error(`no ${path}`)
              return [path, `${kinds[property.getKind()]}${property.getInputdiff() ? '' : ', output'}`]
            })
        )
      }
    : {})
})

/** The failure of a call; an error when the call succeeds. */
export const failed = async (call: Promise<unknown>): Promise<CallFailed> => {
  const end = await call.then(
    () => new Error('the call succeeded'),
    (error: unknown) => error
  )
  if (!(end instanceof CallFailed)) throw end
  return end
}
