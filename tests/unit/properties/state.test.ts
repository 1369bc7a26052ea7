import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { providers } from '../../../provider/dynamic'
import { errorText, whole } from '../../../provider/ErrorText'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { stateFrom } from '../../../provider/sip-connection/State'
import { startOfTime, testEnv } from '../../support/TestEnv'
import { check } from '../../support/property'
import { canaryJson, leastArgs, singsOf, siteGuid } from '../support'
import { args, fetchOf, state } from './Core'
import { exchanged, pathsOf } from './support'

/** A state as an import file or a hand may have left it: anything, or a valid one with one node exchanged. */
const names = Object.keys(state)
const spoilt = (): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), canaryJson(names), {
        noNullPrototype: true
      })
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...pathsOf(state).filter((path) => path.length > 0)),
          fc.oneof(canaryJson(names), fc.constant(undefined))
        )
        .map(([path, node]) => exchanged(state, path, node) as Readonly<Record<string, unknown>>)
    }
  )

/** The number of a newer version is told, and is none of the values of a connection. */
const withoutVersion = (message: string): string => message.replace(/schemaVersion -?[\d.e+]+/, '')

/** The end of a call of the host: what it gives, or the text of its error, which is one of ours. */
const ended = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return ''
  } catch (error) {
    assert.ok(error instanceof Error)
    assert.strictEqual(error.constructor.name, 'HostError', String(error.stack))
    return error.message
  }
}

describe('A state that is not as the provider wrote it', () => {
  it('is compared, or refused without a value', async () => {
    let refused = 0
    await check(
      fc.asyncProperty(spoilt(), async (olds) => {
        const message = await ended(providers.sipConnection.diff(siteGuid, olds, { ...args }))
        if (message === '') return
        refused += 1
        assert.ok(!singsOf(withoutVersion(message)), message)
      }),
      400
    )
    assert.ok(refused > 20, `only ${refused} of 400 states were refused`)
  })

  it('is read, changed and deleted, or refused: an end with a value or a known error', async () => {
    await check(
      fc.asyncProperty(spoilt(), fc.constantFrom('read', 'update', 'delete'), async (olds, kind) => {
        const found = stateFrom(olds)
        if (E.isLeft(found)) {
          assert.ok(!singsOf(withoutVersion(whole(errorText({ kind: 'read' }, found.left, false, startOfTime)))))
          return
        }
        const { env } = testEnv(
          { operationTimeout: 30, programTimeout: 10, pollInterval: 1, maxRetries: 1 },
          { fetch: fetchOf([]) }
        )
        const program = {
          read: SipConnection.read(siteGuid, found.right),
          update: SipConnection.update(siteGuid, found.right, args),
          delete: SipConnection.remove(siteGuid, found.right)
        }[kind]
        assert.ok(['Left', 'Right'].includes((await program(env)())._tag))
      }),
      300
    )
  })
})

describe('Inputs and states that are compared', () => {
  it('any inputs with any state: an answer that the engine understands', () => {
    check(
      fc.property(spoilt(), spoilt(), (olds, news) => {
        const found = stateFrom(olds)
        if (E.isLeft(found)) return
        const { changes, replaces, deleteBeforeReplace } = diff(found.right, news)
        assert.ok(changes === undefined || typeof changes === 'boolean')
        assert.strictEqual(deleteBeforeReplace, replaces.length > 0)
      }),
      400
    )
  })

  it('a valid state with its own inputs is not changed', () => {
    assert.deepStrictEqual(diff(state, args), { changes: false, replaces: [], deleteBeforeReplace: false })
    assert.notStrictEqual(diff(state, leastArgs).changes, false)
  })
})
