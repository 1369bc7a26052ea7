import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { type ErrorText, type Subject, errorText, whole } from '../../provider/ErrorText'
import {
  type Exchange,
  type ProviderError,
  configError,
  deadline,
  failed,
  mismatch,
  refused
} from '../../provider/Errors'
import { check } from '../support/property'
import { customerGuid, siteGuid } from './support'

const now = Date.UTC(2026, 0, 2, 3, 4, 5)
const time = '2026-01-02T03:04:05.000Z'

const exchange = (method: string, status?: number): Exchange => ({
  method,
  url: 'https://live.example.net/tenantui/api/v2/sitelocation/x',
  correlationId: 'c-1',
  serverIds: ['s-1', 's-2'],
  ...(status === undefined ? {} : { status })
})
const url = exchange('').url
const words = ['First.', 'Second.']

/** The end of a fleet has a text of its own: `unit/fleet`. */
type Tag = Exclude<ProviderError['_tag'], 'Partly'>

/** One error of every tag, as a request of this method ends with it. A new tag makes this incomplete, which does not compile. */
const errorsOf = (method: string): { readonly [T in Tag]: Extract<ProviderError, { _tag: T }> } => ({
  Config: configError('Missing configuration x.'),
  Refused: refused('Connection exists already', 'declare adopt'),
  Rejected: { _tag: 'Rejected', exchange: exchange(method, 400), words },
  Unauthorised: { _tag: 'Unauthorised', exchange: exchange(method, 401), words },
  NotFound: { _tag: 'NotFound', exchange: exchange(method, 404), words },
  Conflict: { _tag: 'Conflict', exchange: exchange(method, 409), words },
  Unreachable: { _tag: 'Unreachable', exchange: exchange(method), cause: 'connection refused' },
  Lost: { _tag: 'Lost', exchange: exchange(method), cause: 'no complete answer within 60 s', words },
  Contract: {
    _tag: 'Contract',
    exchange: exchange(method, 200),
    faults: ['name: expected string', 'b: expected integer']
  },
  Failed: failed(words, exchange(method, 200)),
  Deadline: deadline('the end of task tsk_1', 1800, 'its status is InProgress'),
  Mismatch: mismatch('The platform did not take phones', exchange(method, 200))
})

const tags = Object.keys(errorsOf('GET')) as ReadonlyArray<Tag>
const kinds = ['create', 'update', 'read', 'delete', 'lookup'] as const
const methods = { create: 'POST', update: 'PATCH', read: 'GET', delete: 'DELETE', lookup: 'GET' } as const

const subject = (kind: Subject['kind']): Subject => ({ kind, customerGuid, name: 'branch-07', siteGuid, sbcId: 3 })
const about = (kind: string) =>
  `${kind} of SIP connection "branch-07" (customer ${customerGuid}, site ${siteGuid}, SBC 3) failed: `

/** What an error of a write is called; `method` is that of its request. */
const what: { readonly [T in Tag]: (method: string) => string } = {
  Config: () => '',
  Refused: () => 'Connection exists already',
  Rejected: (method) => `the platform rejected ${method} with status 400`,
  Unauthorised: () => `authorisation was refused by ${url} with status 401`,
  NotFound: (method) => `${method} ${url} was not found (404)`,
  Conflict: () => 'the platform reports a conflict (409), and the SBC did not become free in time',
  Unreachable: () => `${url} cannot be reached: connection refused`,
  Lost: (method) => `the end of ${method} is not known: no complete answer within 60 s`,
  Contract: (method) => `the answer to ${method} is not as documented: name: expected string; b: expected integer`,
  Failed: () => 'the platform reports an error',
  Deadline: () => 'waited 1800 s for the end of task tsk_1; its status is InProgress',
  Mismatch: () => 'The platform did not take phones'
}

const said: { readonly [T in Tag]: ReadonlyArray<string> } = {
  Config: [],
  Refused: [],
  Rejected: words,
  Unauthorised: words,
  NotFound: words,
  Conflict: words,
  Unreachable: [],
  Lost: words,
  Contract: [],
  Failed: words,
  Deadline: [],
  Mismatch: []
}

/** What the kinds that write say was applied. */
const applied = {
  create: {
    nothing: 'Applied: nothing was created.',
    perhaps:
      'Applied: a request was sent, and what the platform does with it is not known. The next run looks first, and creates no second connection.',
    kept: 'Applied: the connection exists and is kept in the state; not all of its fields may be applied.'
  },
  update: {
    nothing: 'Applied: nothing was changed.',
    perhaps: 'Applied: not known; all declared fields are sent again by the next run.',
    kept: 'Applied: not known; all declared fields are sent again by the next run.'
  },
  delete: {
    nothing: 'Applied: nothing was deleted. The connection stays in the state.',
    perhaps:
      'Applied: the deletion was sent; what it left on the SBC (IP group, registration) is not known. The connection stays in the state.',
    kept: 'Applied: the deletion was sent; what it left on the SBC (IP group, registration) is not known. The connection stays in the state.'
  }
} as const

/** How much of the operation reached the platform. */
const effects = {
  nothing: { kept: false, marks: {} },
  perhaps: { kept: false, marks: { mayHaveChanged: true } },
  kept: { kept: true, marks: {} }
} as const

const nextOf = {
  create: 'correct the cause and run "pulumi up" again',
  update: 'correct the cause and run "pulumi up" again',
  read: 'run "pulumi refresh" again',
  delete: 'run "pulumi destroy" or "pulumi up" again; it goes on where this ended',
  lookup: 'correct the cause and run "pulumi up" again'
}

/** What is to be done next after some errors, whatever the kind is. */
const nextOfTag: Readonly<Partial<Record<Tag, string>>> = {
  Refused: 'declare adopt',
  Unauthorised:
    'check the credentials; a new one is given in the environment (AUDIOCODES_LIVE_ACCESS_TOKEN, AUDIOCODES_LIVE_CLIENT_SECRET), ' +
    'which also refresh and destroy read, or with --run-program after "pulumi config set"',
  Contract: 'report the line above to the maintainers of pulumi-audiocodes-live; it holds no values'
}

/** What is to be done next, by the error first and by the kind else. */
const nextStep = (kind: Subject['kind'], tag: Tag, kept: boolean): string => {
  if (tag === 'NotFound') {
    return kind === 'update'
      ? 'check audiocodes-live:siteIdPlacement: the connection can be read, and this address of Modify is not known'
      : 'check audiocodes-live:baseUrl (it usually ends in /tenantui) and customerGuid'
  }
  return nextOfTag[tag] ?? (kept ? '"pulumi up": it reads the connection first and finishes it' : nextOf[kind])
}

/** The last line: what the exchange tells, and the time. */
const last: { readonly [T in Tag]: string } = {
  Config: time,
  Refused: time,
  Rejected: `status 400, correlation id c-1, platform id s-1, s-2, ${time}`,
  Unauthorised: `status 401, correlation id c-1, platform id s-1, s-2, ${time}`,
  NotFound: `status 404, correlation id c-1, platform id s-1, s-2, ${time}`,
  Conflict: `status 409, correlation id c-1, platform id s-1, s-2, ${time}`,
  Unreachable: `correlation id c-1, platform id s-1, s-2, ${time}`,
  Lost: `correlation id c-1, platform id s-1, s-2, ${time}`,
  Contract: `status 200, correlation id c-1, platform id s-1, s-2, ${time}`,
  Failed: `status 200, correlation id c-1, platform id s-1, s-2, ${time}`,
  Deadline: time,
  Mismatch: `status 200, correlation id c-1, platform id s-1, s-2, ${time}`
}

const affected = 'Calls: those of this connection may be affected until a run succeeds.'
const unaffected = 'Calls: not affected.'

describe('ErrorText: what failed, the platform’s words, what was applied, calls, what to do next, ids and time', () => {
  for (const kind of kinds) {
    for (const tag of tags) {
      for (const [effect, { kept, marks }] of Object.entries(effects)) {
        // Only what a create or an update has made is kept.
        if (kept && kind !== 'create' && kind !== 'update') continue
        it(`${kind}, ${tag}, changed: ${effect}`, () => {
          const method = methods[kind]
          const capital = kind.charAt(0).toUpperCase() + kind.slice(1)
          // A change that was rejected leaves what it was to change as it was.
          const untouched = kept && !('mayHaveChanged' in marks) && kind === 'update' && tag === 'Rejected'
          const shown = untouched ? 'nothing' : effect
          const expected: ErrorText =
            tag === 'Config'
              ? { headline: 'Missing configuration x.', details: [time] }
              : {
                  headline: `${about(capital)}${what[tag](method)}`,
                  details: [
                    ...said[tag].map((text) => `Platform: ${text}`),
                    ...(kind === 'read' || kind === 'lookup'
                      ? ['Applied: nothing is changed by reading.']
                      : [applied[kind][shown as keyof typeof effects], shown === 'nothing' ? unaffected : affected]),
                    `Next: ${nextStep(kind, tag, kept && !untouched)}.`,
                    last[tag]
                  ]
                }
          assert.deepStrictEqual(errorText(subject(kind), { ...errorsOf(method)[tag], ...marks }, kept, now), expected)
        })
      }
    }
  }

  it('a mark that says that nothing was changed is like none', () => {
    const error = errorsOf('PATCH').Lost
    assert.deepStrictEqual(
      errorText(subject('update'), { ...error, mayHaveChanged: false }, false, now),
      errorText(subject('update'), error, false, now)
    )
  })
})

describe('ErrorText: single cases', () => {
  const headline = (error: ProviderError) => errorText({ kind: 'update' }, error, false, now).headline
  const nextLine = (error: ProviderError) =>
    errorText({ kind: 'update' }, error, false, now).details.filter((line) => line.startsWith('Next: '))

  it('a redirect names the base URL', () => {
    const error: ProviderError = { _tag: 'Rejected', exchange: exchange('PATCH', 302), words: [] }
    assert.deepStrictEqual(
      [headline(error), nextLine(error)],
      [
        'Update of SIP connection failed: PATCH was answered with a redirect with status 302',
        ['Next: check audiocodes-live:baseUrl: the platform sends callers with this address elsewhere.']
      ]
    )
  })

  it('403 names the right that is missing', () => {
    const error: ProviderError = { _tag: 'Rejected', exchange: exchange('PATCH', 403), words: [] }
    assert.deepStrictEqual(nextLine(error), [
      'Next: let the app registration have the right that this call needs, and run again.'
    ])
  })

  it('a status that is not known is not told', () => {
    const error: ProviderError = { _tag: 'Rejected', exchange: exchange('PATCH'), words: [] }
    assert.strictEqual(headline(error), 'Update of SIP connection failed: the platform rejected PATCH')
  })

  it('no token names the identity provider, and the way to it', () => {
    const error: ProviderError = {
      _tag: 'Unauthorised',
      exchange: { ...exchange('POST'), url: 'https://id.example.net/token' },
      words: []
    }
    assert.deepStrictEqual(
      [headline(error), nextLine(error)],
      [
        'Update of SIP connection failed: no token could be had from https://id.example.net/token',
        ['Next: check audiocodes-live:tokenUrl and the way to it (HTTPS_PROXY, NO_PROXY).']
      ]
    )
  })

  it('the credentials of an explicit instance are in the program, not in the environment', () => {
    const { details } = errorText({ kind: 'update', instance: 'eu' }, errorsOf('PATCH').Unauthorised, false, now)
    assert.deepStrictEqual(
      details.filter((line) => line.startsWith('Next: ')),
      [
        'Next: check the credentials that new live.Provider("eu", …) is given, and run again (refresh and destroy with --run-program).'
      ]
    )
  })

  it('a 404 to another method than PATCH names the base URL, also in an update', () => {
    assert.deepStrictEqual(nextLine(errorsOf('GET').NotFound), [
      'Next: check audiocodes-live:baseUrl (it usually ends in /tenantui) and customerGuid.'
    ])
  })

  it('a refusal without advice is answered by the kind', () => {
    assert.deepStrictEqual(nextLine(refused('No')), ['Next: correct the cause and run "pulumi up" again.'])
  })

  it('the correlation id of the operation stands where there is no exchange', () => {
    const { details } = errorText({ kind: 'read' }, { ...deadline('x', 1, 'y'), correlationId: 'c-9' }, false, now)
    assert.strictEqual(details.at(-1), `correlation id c-9, ${time}`)
    const both = errorText({ kind: 'read' }, { ...errorsOf('GET').NotFound, correlationId: 'c-9' }, false, now)
    assert.strictEqual(both.details.at(-1), last.NotFound)
  })

  it('a platform without ids of its own has none in the text', () => {
    const error: ProviderError = { _tag: 'NotFound', exchange: { ...exchange('GET', 404), serverIds: [] }, words: [] }
    assert.strictEqual(
      errorText({ kind: 'read' }, error, false, now).details.at(-1),
      `status 404, correlation id c-1, ${time}`
    )
  })

  const subjects: ReadonlyArray<readonly [subject: Subject, expected: string]> = [
    [{ kind: 'read' }, 'Read of SIP connection failed: No'],
    [{ kind: 'read', name: 'a' }, 'Read of SIP connection "a" failed: No'],
    [{ kind: 'read', siteGuid }, `Read of SIP connection (site ${siteGuid}) failed: No`],
    [
      { kind: 'lookup', customerGuid, sbcId: 3 },
      `Lookup of SIP connection (customer ${customerGuid}, SBC 3) failed: No`
    ]
  ]
  for (const [given, expected] of subjects) {
    it(expected, () => assert.strictEqual(errorText(given, refused('No'), false, now).headline, expected))
  }

  it('the whole is one line with the rest under it', () => {
    assert.strictEqual(whole({ headline: 'a', details: ['b', 'c'] }), 'a\n    b\n    c')
    assert.strictEqual(whole({ headline: 'a', details: [] }), 'a')
  })
})

describe('ErrorText: any error of any operation', () => {
  const anySubject = (): fc.Arbitrary<Subject> =>
    fc.record(
      {
        kind: fc.constantFrom(...kinds),
        customerGuid: fc.uuid(),
        name: fc.stringMatching(/^[a-m]+$/),
        siteGuid: fc.uuid(),
        sbcId: fc.nat(),
        instance: fc.constant('eu')
      },
      { requiredKeys: ['kind'] }
    )
  const anyError = (): fc.Arbitrary<ProviderError> =>
    fc
      .tuple(fc.constantFrom(...tags), fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'), fc.boolean())
      .map(([tag, method, mayHaveChanged]) => ({ ...errorsOf(method)[tag], mayHaveChanged }))

  it('has one headline, its parts in order, and neither undefined nor an empty part', () => {
    const order = ['Platform', 'Applied', 'Calls', 'Next']
    check(
      fc.property(anySubject(), anyError(), fc.boolean(), (given, error, kept) => {
        const text = errorText(given, error, kept, now)
        const lines = [text.headline, ...text.details]
        const parts = text.details.slice(0, -1).map((line) => order.indexOf(line.split(':')[0] ?? ''))
        return (
          lines.every((line) => line.trim() !== '' && !/undefined|\[object|NaN|\n|\(\)| {2}/.test(line)) &&
          parts.every((part, index) => part !== -1 && part >= (parts[index - 1] ?? 0)) &&
          text.details.at(-1)?.endsWith(time) === true &&
          whole(text).split('\n').length === lines.length
        )
      }),
      500
    )
  })
})
