import { Metadata, credentials } from '@grpc/grpc-js'
import { EngineClient } from '@pulumi/pulumi/proto/engine_grpc_pb'
import { LogRequest, LogSeverity } from '@pulumi/pulumi/proto/engine_pb'

/** Lines for the person who runs the program, which the engine shows at the resource. */
export interface EngineLog {
  /** From now on lines go to the engine at this address; before, they go to standard error. */
  readonly connect: (address: string) => void
  /** @param urn the resource; without one, the line belongs to the run */
  readonly warn: (text: string, urn?: string) => void
  /** The same as an error; by itself it ends nothing. */
  readonly error: (text: string, urn: string) => void
  /** A line that stands there until the next one does. */
  readonly progress: (text: string, urn: string) => void
  /** Ends when the engine has all lines, or does not take them. */
  readonly flush: () => Promise<void>
}

/** An engine that is busy takes its time; one that is gone must not hold up an answer. Milliseconds. */
const limit = 2000

export const engineLog = (now: () => number): EngineLog => {
  let client: EngineClient | undefined
  const pending = new Set<Promise<void>>()

  const send = (engine: EngineClient, request: LogRequest): void => {
    const sent = new Promise<void>((resolve) => {
      engine.log(request, new Metadata(), { deadline: now() + limit }, () => {
        pending.delete(sent)
        resolve()
      })
    })
    pending.add(sent)
  }

  const say = (severity: LogSeverity, text: string, urn: string, ephemeral: boolean): void => {
    if (client === undefined) {
      if (!ephemeral) console.error(text)
      return
    }
    const request = new LogRequest()
    request.setSeverity(severity)
    request.setMessage(text)
    request.setUrn(urn)
    request.setEphemeral(ephemeral)
    send(client, request)
  }

  return {
    connect: (address) => {
      client?.close()
      client = new EngineClient(address, credentials.createInsecure())
    },
    warn: (text, urn = '') => {
      say(LogSeverity.WARNING, text, urn, false)
    },
    error: (text, urn) => {
      say(LogSeverity.ERROR, text, urn, false)
    },
    progress: (text, urn) => {
      say(LogSeverity.INFO, text, urn, true)
    },
    flush: async () => {
      await Promise.all(pending)
    }
  }
}
