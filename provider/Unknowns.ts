import * as t from 'io-ts'
import { type Codec, shapedLike } from './Shape'

/**
 * Values that are not known yet. In a preview the engine hands them over as one of seven fixed texts, which may stand
 * where a number, a list or an object is expected (pulumi/pulumi `pkg/resource/plugin/rpc.go`).
 */
const sentinels: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff'
])

/** Whether a value is not known yet. */
export const isUnknown = (value: unknown): boolean => sentinels.has(value)

/** Whether a value holds, at any depth, something that is not known yet. */
export const hasUnknown = (value: unknown): boolean =>
  isUnknown(value) || (typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown))

/** The codec, but what is not known yet passes: it cannot be wrong yet. */
export function known<A>(codec: Codec<A>): Codec<A>
export function known<A>(codec: t.Type<A, unknown, unknown>): t.Type<A, A, unknown>
export function known<A>(codec: t.Type<A, unknown, unknown>): t.Type<A, A, unknown> {
  return shapedLike(
    codec,
    new t.Type<A, A, unknown>(
      codec.name,
      (u): u is A => isUnknown(u) || codec.is(u),
      (u, context) => (isUnknown(u) ? t.success(u as A) : codec.validate(u, context)),
      t.identity
    )
  )
}
