import * as assert from 'node:assert'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { type RunResult, succeeded } from '../support/EngineRun'
import { complaint, minimal, program, startWorld, traffic, type World } from './World'

const pack = path.join(repositoryRoot, 'examples', 'policy')

/** What a run says of policies, one text for each that is violated: `[mandatory] name: description: message`, sorted. */
const violations = ({ stdout }: RunResult): ReadonlyArray<string> =>
  (/\nPolicies:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '')
    .split(/^ {8}- /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.trimEnd().split('\n')
      return [
        head.replace(/^(\[\w+\]) +(\S+) .*$/, '$1 $2'),
        // The first line is the description of the policy.
        ...lines.slice(1).map((line) => line.trim())
      ].join(': ')
    })
    .sort()

describe('The policy pack', function () {
  this.timeout(60_000)
  const cac = { enableCac: true, cacProfile: '10 sessions', carrierUserPassword: 'canary-password' }
  // The profile of `late` is not known before `named` is there.
  const declaring = (sessions: number, limits: object): string =>
    program(
      {
        berlin: { ...minimal('berlin'), ...cac },
        hamburg: { ...minimal('hamburg'), ...cac, cacProfile: `${sessions} sessions` },
        named: { ...minimal('named'), ...cac, cacProfile: 'Gold' }
      },
      `
new live.SipConnection('late', { ...${JSON.stringify({ ...minimal('late'), ...cac })}, cacProfile: declared.named.siteGuid })
new live.SipConnectionFleet('branches', ${JSON.stringify({
        defaults: { ...minimal('x'), siteName: undefined, ...cac, cacProfile: '1 session' },
        connections: { one: { siteName: 'branch-1' }, two: { siteName: 'branch-2', cacProfile: '2 sessions' } },
        limits
      })})`
    )
  let world: World
  before(async () => {
    world = await startWorld({ program: declaring(180, {}) })
  })
  after(() => world.end())

  const previewed = (): Promise<RunResult> =>
    world.stack.preview([
      '--policy-pack',
      path.join(pack, 'run'),
      '--policy-pack-config',
      path.join(pack, 'limits.json')
    ])
  const notCounted = [
    '[advisory] cac-profiles-counted: not counted: 1 connection (late): cacProfile is not known yet',
    '[advisory] cac-profiles-counted: not counted: 1 connection (named): cacProfile has no number of sessions such as "10 sessions"'
  ]

  it('refuses in a preview what is over the capacity of an SBC, with the numbers and the names', async () => {
    const { stack, simulator } = world
    stack.setProgram(declaring(188, {}))
    const result = await previewed()
    assert.match(complaint(result), /error: preview failed/)
    assert.deepStrictEqual(violations(result), [
      ...notCounted,
      '[mandatory] cac-sessions-per-sbc: the connections on SBC 3 declare 201 sessions (berlin: 10, branches/one: 1, branches/two: 2, hamburg: 188), 200 are allowed; raise the limit if the SBC can carry them, or declare smaller profiles or another SBC',
      '[mandatory] fleet-limits-deletes: declare limits.maxDeletes'
    ])
    assert.strictEqual(result.output.includes('canary'), false)
    assert.deepStrictEqual(traffic(simulator), [])
  })

  it('lets pass what is within', async () => {
    world.stack.setProgram(declaring(187, { maxDeletes: 1 }))
    assert.deepStrictEqual(violations(succeeded(await previewed())), notCounted)
  })
})
