import type * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import type { Settings } from './Settings'
import type { Send } from './Http' // breaks pure-stays-pure
import 'node:crypto' // breaks pure-stays-pure
import 'node:net' // breaks pure-stays-pure, only-live-knows-the-machine
import type { Response } from 'node-fetch' // breaks pure-stays-pure

export type Next = (settings: Settings, send: Send, response: Response) => E.Either<string, t.Errors>
