import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js'
import { PluginInfo, type PluginAttach } from '@pulumi/pulumi/proto/plugin_pb'
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb'
import * as messages from '@pulumi/pulumi/proto/provider_pb'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { Empty } from 'google-protobuf/google/protobuf/empty_pb'
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb'
import { sameJson } from '../Json'
import { schemaText } from '../live/SchemaFile'
import { version } from '../version'
import type * as CoreModule from './Core'
import type { Change } from './DetailedDiff'
import type { EngineLog } from './EngineLog'
import type { Fault } from './Fault'
import type { Properties } from './Properties'
import { defect, statusOf } from './Status'
import { structOf } from './Struct'

/**
 * The plugin host: a server of `pulumirpc.ResourceProvider`, one process a provider instance. It turns messages into plain values and back;
 * no rule of the lifecycle stands here.
 */

/** What a server needs. */
export interface Options {
  readonly log: EngineLog
  /** Between two lines of progress, ms. */
  readonly period: number
}

const javascript = (properties: Struct | undefined): Properties => properties?.toJavaScript() ?? {}

/** A call that is answered with a message or a fault, and never with a stack. All lines are shown before its answer is. */
const unary =
  <Q, A>(
    log: EngineLog,
    handle: (request: Q) => E.Either<Fault, A> | Promise<E.Either<Fault, A>>
  ): handleUnaryCall<Q, A> =>
  (call, callback) => {
    const answer = async (): Promise<E.Either<Fault, A>> => {
      const end = await handle(call.request)
      await log.flush()
      return end
    }
    answer().then(
      (end) => {
        if (E.isRight(end)) callback(null, end.right)
        else callback(statusOf(end.left))
      },
      (error: unknown) => {
        callback(defect(error))
      }
    )
  }

const failuresOf = (reasons: ReadonlyArray<string>): Array<messages.CheckFailure> =>
  reasons.map((reason) => {
    const failure = new messages.CheckFailure()
    // A failure that names a property makes the engine print its value, secrets too.
    failure.setProperty('')
    failure.setReason(reason)
    return failure
  })

const checkResponse = (inputs: Properties, failures: ReadonlyArray<string>): messages.CheckResponse => {
  const response = new messages.CheckResponse()
  response.setInputs(structOf(inputs))
  response.setFailuresList(failuresOf(failures))
  return response
}

const { Kind } = messages.PropertyDiff

const kindOf = ({ kind, replaces }: Change): messages.PropertyDiff.Kind =>
  ({
    add: replaces ? Kind.ADD_REPLACE : Kind.ADD,
    delete: replaces ? Kind.DELETE_REPLACE : Kind.DELETE,
    update: replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE
  })[kind]

const { DiffChanges } = messages.DiffResponse
const changesOf = { none: DiffChanges.DIFF_NONE, some: DiffChanges.DIFF_SOME, unknown: DiffChanges.DIFF_UNKNOWN }

const diffResponse = ({
  changes,
  replaces,
  deleteBeforeReplace,
  detail
}: CoreModule.Compared): messages.DiffResponse => {
  const response = new messages.DiffResponse()
  response.setChanges(changesOf[changes])
  response.setReplacesList([...replaces])
  response.setDeletebeforereplace(deleteBeforeReplace)
  if (changes !== 'some') return response
  response.setDiffsList([...new Set(Object.keys(detail).map((path) => path.split(/[.[]/, 1)[0] ?? path))])
  response.setHasdetaileddiff(true)
  for (const [path, change] of Object.entries(detail)) {
    const property = new messages.PropertyDiff()
    property.setKind(kindOf(change))
    property.setInputdiff(change.isInput)
    response.getDetaileddiffMap().set(path, property)
  }
  return response
}

const tooOld =
  'This Pulumi engine is too old for the plugin of audiocodes-live, which needs the handshake and the secrets of newer ones: install Pulumi 3.216.0 or newer, or use the classes of the npm package pulumi-audiocodes-live, which need no plugin'

/** The methods of the service. The core is loaded when it is needed first. */
const methods = ({ log, period }: Options) => {
  let hasShakenHands = false
  let loaded: CoreModule.Core | undefined
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const core = (): CoreModule.Core => (loaded ??= (require('./Core') as typeof CoreModule).core(log, period))
  const connect = (address: string): void => {
    if (address !== '') log.connect(address)
  }
  const about = (request: { getUrn: () => string; getType: () => string }) => ({
    urn: request.getUrn(),
    type: request.getType()
  })

  return {
    handshake: unary(log, (request: messages.ProviderHandshakeRequest) => {
      hasShakenHands = true
      connect(request.getEngineAddress())
      const response = new messages.ProviderHandshakeResponse()
      response.setAcceptSecrets(true)
      response.setAcceptResources(true)
      return E.right(response)
    }),

    attach: unary(log, (request: PluginAttach) => {
      connect(request.getAddress())
      return E.right(new Empty())
    }),

    getPluginInfo: unary(log, () => {
      const info = new PluginInfo()
      info.setVersion(version)
      return E.right(info)
    }),

    getSchema: unary(log, () => {
      const response = new messages.GetSchemaResponse()
      response.setSchema(schemaText())
      return E.right(response)
    }),

    checkConfig: unary(log, (request: messages.CheckRequest) => {
      const { inputs, failures } = core().checkConfig(request.getName(), javascript(request.getNews()))
      return E.right(checkResponse(inputs, failures))
    }),

    // Never a replacement: it would replace every resource of the provider. A state of another platform is refused by the core.
    diffConfig: unary(log, (request: messages.DiffRequest) => {
      const response = new messages.DiffResponse()
      const isSame = sameJson(javascript(request.getOlds()), javascript(request.getNews()))
      response.setChanges(isSame ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
      return E.right(response)
    }),

    configure: unary(log, (request: messages.ConfigureRequest) => {
      if (!hasShakenHands || !request.getAcceptsecrets()) return E.left({ text: tooOld })
      core().configure(request.getName() ?? '', javascript(request.getArgs()))
      const response = new messages.ConfigureResponse()
      response.setAcceptsecrets(true)
      response.setAcceptresources(true)
      response.setSupportspreview(true)
      return E.right(response)
    }),

    invoke: unary(log, async (request: messages.InvokeRequest) =>
      pipe(
        await core().invoke(request.getTok(), javascript(request.getArgs())),
        E.map((value) => {
          const response = new messages.InvokeResponse()
          response.setReturn(structOf(value))
          return response
        })
      )
    ),

    check: unary(log, (request: messages.CheckRequest) =>
      pipe(
        core().check({
          ...about(request),
          olds: javascript(request.getOlds()),
          news: javascript(request.getNews())
        }),
        E.map(({ inputs, failures }) => checkResponse(inputs, failures))
      )
    ),

    diff: unary(log, (request: messages.DiffRequest) =>
      pipe(
        core().diff({
          ...about(request),
          id: request.getId(),
          state: javascript(request.getOlds()),
          oldInputs: javascript(request.getOldInputs()),
          news: javascript(request.getNews())
        }),
        E.map(diffResponse)
      )
    ),

    create: unary(log, async (request: messages.CreateRequest) =>
      pipe(
        await core().create({
          ...about(request),
          inputs: javascript(request.getProperties()),
          preview: request.getPreview(),
          timeout: request.getTimeout()
        }),
        E.map(({ id, outputs }) => {
          const response = new messages.CreateResponse()
          response.setId(id)
          response.setProperties(structOf(outputs))
          return response
        })
      )
    ),

    read: unary(log, async (request: messages.ReadRequest) =>
      pipe(
        await core().read({
          ...about(request),
          id: request.getId(),
          state: javascript(request.getProperties()),
          inputs: javascript(request.getInputs()),
          timeout: request.getTimeout()
        }),
        E.map((seen) => {
          const response = new messages.ReadResponse()
          if (O.isNone(seen)) return response
          response.setId(seen.value.id)
          response.setProperties(structOf(seen.value.outputs))
          response.setInputs(structOf(seen.value.inputs))
          return response
        })
      )
    ),

    update: unary(log, async (request: messages.UpdateRequest) =>
      pipe(
        await core().update({
          ...about(request),
          id: request.getId(),
          state: javascript(request.getOlds()),
          news: javascript(request.getNews()),
          preview: request.getPreview(),
          timeout: request.getTimeout()
        }),
        E.map((outputs) => ({ id: request.getId(), outputs })),
        E.map(({ outputs }) => {
          const response = new messages.UpdateResponse()
          response.setProperties(structOf(outputs))
          return response
        })
      )
    ),

    delete: unary(log, async (request: messages.DeleteRequest) =>
      pipe(
        await core().delete({
          ...about(request),
          id: request.getId(),
          state: javascript(request.getProperties()),
          timeout: request.getTimeout()
        }),
        E.map(() => new Empty())
      )
    ),

    cancel: unary(log, () => {
      loaded?.cancel()
      return E.right(new Empty())
    })
  }
}

/** A server that listens. */
export interface Listening {
  readonly port: number
  readonly close: () => void
}

/** Starts the server at a free port of this machine. Methods that it does not have are answered as not implemented. */
export const listen = (options: Options): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
    server.addService(ResourceProviderService, methods(options))
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) {
        reject(error)
        return
      }
      resolve({
        port,
        close: () => {
          server.forceShutdown()
        }
      })
    })
  })
