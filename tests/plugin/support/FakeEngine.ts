import * as grpc from '@grpc/grpc-js'
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb'
import { type LogRequest, LogSeverity } from '@pulumi/pulumi/proto/engine_pb'
import { Empty } from 'google-protobuf/google/protobuf/empty_pb'

/** A line that a plugin has sent to its engine. */
export interface Line {
  readonly severity: 'info' | 'warning' | 'other'
  readonly text: string
  readonly urn: string
  readonly ephemeral: boolean
}

/** The part of an engine that takes the lines of its plugins. */
export interface FakeEngine {
  readonly address: string
  readonly lines: ReadonlyArray<Line>
  readonly close: () => void
}

const severityOf = (severity: LogSeverity): Line['severity'] =>
  severity === LogSeverity.INFO ? 'info' : severity === LogSeverity.WARNING ? 'warning' : 'other'

/** @param ms how long it takes to take a line */
export const fakeEngine = (ms = 0): Promise<FakeEngine> =>
  new Promise((resolve, reject) => {
    const lines: Array<Line> = []
    const server = new grpc.Server()
    const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, done) => {
      setTimeout(() => {
        lines.push({
          severity: severityOf(request.getSeverity()),
          text: request.getMessage(),
          urn: request.getUrn(),
          ephemeral: request.getEphemeral()
        })
        done(null, new Empty())
      }, ms)
    }
    server.addService(EngineService, { log })
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) reject(error)
      else
        resolve({
          address: `127.0.0.1:${port}`,
          lines,
          close: () => {
            server.forceShutdown()
          }
        })
    })
  })
