import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { ErrorResourceInitFailed } from '@pulumi/pulumi/proto/provider_pb'
import { Status } from '@pulumi/pulumi/proto/status_pb'
import { Any } from 'google-protobuf/google/protobuf/any_pb'
import * as O from 'fp-ts/Option'
import { defectText } from '../Defect'
import type * as PackedModule from '../Packed'
import type { Fault } from './Fault'
import type { Properties } from './Properties'
import { structOf } from './Struct'

/** Faults as gRPC carries them. */

/** What is kept, beside the text. */
const detailsOf = (text: string, { id, properties, inputs }: NonNullable<Fault['kept']>): Buffer => {
  const failed = new ErrorResourceInitFailed()
  failed.setId(id)
  failed.setProperties(structOf(properties))
  failed.setReasonsList([text])
  failed.setInputs(structOf(inputs))
  const detail = new Any()
  detail.pack(failed.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const answer = new Status()
  answer.setCode(status.UNKNOWN)
  answer.setMessage(text)
  answer.addDetails(detail)
  return Buffer.from(answer.serializeBinary())
}

/** The header goes as base64, beside the text. */
const fits = (text: string, details: Buffer): boolean =>
  Math.ceil(details.length / 3) * 4 + encodeURIComponent(text).length < 62_000

/** What travels beside the text, in the first form that fits. */
const keptWith = (text: string, kept: NonNullable<Fault['kept']>): Buffer | undefined => {
  // With it come codecs, which the first answers do without.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { shorter } = require('../Packed') as typeof PackedModule
  return shorter(kept.properties)
    .map((properties, index) => detailsOf(text, { ...kept, properties, ...(index === 0 ? {} : { inputs: {} }) }))
    .find((each) => fits(text, each))
}

/**
 * A fault whose state does not fit beside its text, as the outputs of a success: the engine saves them, and one of them tells of the fault. None: the
 * error can carry its state, or the resource has no such output.
 */
export const asOutputs = ({ text, kept }: Fault): O.Option<{ readonly id: string; readonly outputs: Properties }> =>
  kept?.failureOutput === undefined || keptWith(cut(text), kept) !== undefined
    ? O.none
    : O.some({ id: kept.id, outputs: { ...kept.properties, [kept.failureOutput]: text } })

/** The engine keeps what travels beside the text: the thing exists. */
const initFailed = (text: string, kept: NonNullable<Fault['kept']>): Metadata => {
  const metadata = new Metadata()
  const details = keptWith(text, kept)
  if (details !== undefined) metadata.set('grpc-status-details-bin', details)
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
