import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { pipe } from 'fp-ts/function'
import { Text, caseBlind, decode, optional } from './Decode'
import * as t from 'io-ts'
import type { Fetch, NoToken, RawAnswer, RawRequest, TokenSource } from './Env'
import * as Problems from './Problems'
import { scrubber } from './Secrets'
import type { Credentials } from './Settings'

/** What the token source needs of the world. */
export interface TokenCapabilities {
  readonly fetch: Fetch
  readonly now: () => number
  /** Text of a file; the fault is in words. */
  readonly readFile: (path: string) => TE.TaskEither<string, string>
  /** Limit of a token request, ms. */
  readonly timeout: number
}

/** A ready bearer token: there is no other one to try. */
const fixedToken = (accessToken: string): TokenSource => ({
  token: TE.right(accessToken),
  after: () => TE.right(accessToken),
  secrets: () => [accessToken]
})

/** Answer of the token endpoint (RFC 6749, section 5.1). */
const TokenAnswer = caseBlind({ access_token: t.string, expires_in: optional(Text) }, 'TokenAnswer')

interface Held {
  readonly value: string
  readonly expiresAt: number
}

type ClientCredentials = Extract<Credentials, { _tag: 'Client' }>

const noToken = (url: string, words: ReadonlyArray<string>, passing: boolean, status?: number): NoToken => ({
  _tag: 'NoToken',
  passing,
  error: { url, words, ...(status === undefined ? {} : { status }) }
})

const known = [
  {
    code: 'AADSTS700016',
    hint: 'the application is not known in the tenant: it was not consented to, or tenantId and clientId do not belong together'
  },
  { code: 'AADSTS7000215', hint: 'the client secret is wrong: give the value of the secret, not its id' },
  { code: 'AADSTS7000222', hint: 'the client secret has expired' },
  { code: 'AADSTS70021', hint: 'no federated credential of the application matches the token in the file' },
  { code: 'AADSTS500011', hint: 'the scope names no application that is known in the tenant' }
]

/** The identity provider's first sentence (the rest repeats ids and times), and what it means. */
const refusal = (body: string, scrub: (text: string) => string): ReadonlyArray<string> => {
  const said = Problems.words(body, scrub).map((text) => (text.split(/ Trace ID:|\r?\n/)[0] ?? text).trim())
  const hint = known.find(({ code }) => body.includes(code))
  return hint === undefined ? said : [...said, `(${hint.hint})`]
}

const tokenAnswer = (
  url: string,
  answer: RawAnswer,
  now: number,
  scrub: (text: string) => string
): E.Either<NoToken, Held> => {
  if (answer.status < 200 || answer.status > 299) {
    const passing = answer.status === 429 || answer.status >= 500
    return E.left(noToken(url, refusal(answer.body, scrub), passing, answer.status))
  }
  const json = Problems.parse(answer.body)
  const decoded = E.isLeft(json) ? E.left([json.left]) : decode(TokenAnswer, json.right)
  if (E.isLeft(decoded))
    return E.left(noToken(url, [`the answer is no token: ${decoded.left.join('; ')}`], false, answer.status))
  // The lifetime is optional in the standard.
  const lifetime = Number(decoded.right.expires_in)
  const seconds = Number.isFinite(lifetime) ? lifetime : 300
  // Renewed a little early, so that no request sets out with a token that expires on the way.
  return E.right({ value: decoded.right.access_token, expiresAt: now + 1000 * (seconds - Math.min(60, seconds / 10)) })
}

/** OAuth 2.0 client credentials, with a secret or a federated token (RFC 7523, section 2.2). One request serves all that wait. */
const clientToken = (credentials: ClientCredentials, capabilities: TokenCapabilities): TokenSource => {
  const { fetch, now, readFile, timeout } = capabilities
  const { tokenUrl, clientId, scope, proof } = credentials
  let held: Held | undefined
  let running: Promise<E.Either<NoToken, string>> | undefined
  /** Also the former ones: what the platform says late may repeat a token that has been replaced meanwhile. */
  const shown: Array<string> = []
  const remember = (secret: string): string => {
    if (!shown.includes(secret)) shown.push(secret)
    if (shown.length > 8) shown.shift()
    return secret
  }
  const secrets = () => (proof._tag === 'Secret' ? [proof.clientSecret, ...shown] : [...shown])

  const proofFields: TE.TaskEither<NoToken, Readonly<Record<string, string>>> = proof._tag === 'Secret'
    ? TE.right({ client_secret: proof.clientSecret })
    : pipe(
        readFile(proof.file),
        TE.mapLeft((fault) =>
          noToken(tokenUrl, [`the file with the federated token (clientAssertionFile) cannot be read: ${fault}`], false)
        ),
        TE.map((text) => ({
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: remember(text.trim())
        }))
      )

  const request = (fields: Readonly<Record<string, string>>): RawRequest => ({
    method: 'POST',
    url: tokenUrl,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope, ...fields }).toString(),
    timeout
  })

  const fresh: TE.TaskEither<NoToken, string> = pipe(
    proofFields,
    TE.chain((fields) =>
      pipe(
        fetch(request(fields)),
        TE.mapLeft((fault) => noToken(tokenUrl, [`the token endpoint gives no answer: ${fault.cause}`], fault.passing))
      )
    ),
    TE.chainEitherK((answer) => tokenAnswer(tokenUrl, answer, now(), (text) => scrubber(secrets())(text))),
    TE.map((token) => {
      held = token
      return remember(token.value)
    })
  )

  const shared: TE.TaskEither<NoToken, string> = () => {
    running ??= fresh().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    token: () => (held !== undefined && now() < held.expiresAt ? TE.right<NoToken, string>(held.value)() : shared()),
    after: (refused) => () => {
      if (held !== undefined && held.value !== refused) return TE.right<NoToken, string>(held.value)()
      held = undefined
      return shared()
    },
    secrets
  }
}

/** The token source that the credentials ask for. */
export const tokenSource = (credentials: Credentials, capabilities: TokenCapabilities): TokenSource =>
  credentials._tag === 'Token' ? fixedToken(credentials.accessToken) : clientToken(credentials, capabilities)
