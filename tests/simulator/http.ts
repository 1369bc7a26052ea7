/** A bare HTTP client, so that tests see what happens on the wire and nothing smoothed over. */
import * as http from 'node:http'
import { STATIC_TOKEN } from '../../simulator'

export interface Seen {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  /** Code of the error that ended the body early; null when it came whole. */
  readonly broken: string | null
  /** Pieces in which the body arrived. */
  readonly pieces: number
}

const codeOf = (cause: Error): string => (cause as NodeJS.ErrnoException).code ?? cause.message

/** What came of a request: an answer, or the code of the error that came in place of one. */
export const exchange = (
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: http.OutgoingHttpHeaders = {}
): Promise<Seen | string> =>
  new Promise((resolve) => {
    const request = http.request(
      `${origin}${path}`,
      {
        method,
        agent: false,
        headers: { authorization: `Bearer ${STATIC_TOKEN}`, 'content-type': 'application/json', ...headers }
      },
      (response) => {
        const chunks: Buffer[] = []
        const seen = (broken: string | null): Seen => ({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
          broken,
          pieces: chunks.length
        })
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(seen(null)))
        response.on('error', (cause) => resolve(seen(codeOf(cause))))
      }
    )
    request.on('error', (cause) => resolve(codeOf(cause)))
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
