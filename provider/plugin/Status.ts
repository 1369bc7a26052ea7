import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { ErrorResourceInitFailed } from '@pulumi/pulumi/proto/provider_pb'
import { Status } from '@pulumi/pulumi/proto/status_pb'
import { Any } from 'google-protobuf/google/protobuf/any_pb'
import { defectText } from '../Defect'
import type * as PackedModule from '../Packed'
import type { Fault } from './Fault'
import { structOf } from './Struct'

/** Faults as gRPC carries them. */

/** What is kept, beside the text. */
const detailsOf = (text: string, { id, properties }: NonNullable<Fault['kept']>): Buffer => {
  // With it come codecs, which the first answers do without.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { portable } = require('../Packed') as typeof PackedModule
  const failed = new ErrorResourceInitFailed()
  failed.setId(id)
  failed.setProperties(structOf(portable(properties)))
  failed.setReasonsList([text])
  const detail = new Any()
  detail.pack(failed.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const answer = new Status()
  answer.setCode(status.UNKNOWN)
  answer.setMessage(text)
  answer.addDetails(detail)
  return Buffer.from(answer.serializeBinary())
}

/** The engine keeps what travels beside the text: the thing exists. */
const initFailed = (text: string, kept: NonNullable<Fault['kept']>): Metadata => {
  const metadata = new Metadata()
  metadata.set('grpc-status-details-bin', detailsOf(text, kept))
  return metadata
}

/** Longer than any text of this package, unless the platform says very much. */
const longest = 8000

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)} …` : text)

const error = (code: status, details: string, metadata = new Metadata()): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata })

/** A fault as the answer to a call. */
export const statusOf = ({ text, kept }: Fault): ServiceError =>
  error(status.UNKNOWN, cut(text), kept === undefined ? undefined : initFailed(cut(text), kept))

/** A defect of this package. */
export const defect = (thrown: unknown): ServiceError => error(status.INTERNAL, defectText(thrown))
