// What a preview says of dial plans: the program as a process of its own, on an engine of mocks and the simulator.

import * as assert from 'node:assert'
import * as path from 'node:path'
import { inspectDialPlan } from '../../../provider/preflight/LivePlans'
import { HEADQUARTERS_GUID, STATIC_TOKEN, type Simulator, customerGuids, startSimulator } from '../../../simulator'
import { type Previewed, previewed } from '../support/Previewed'
import '../support/Scripted'

const [a, x] = ['a.example.net', 'portal.example.net']
const at = { customerGuid: customerGuids.contoso, siteGuid: HEADQUARTERS_GUID, dialPlanName: 'CustDialPlan' }

const preview = (url: string, mode: string, program = ''): Promise<Previewed> =>
  previewed(path.join(__dirname, 'previewProgram.js'), url, mode, program)

describe('A preview of dial plans', () => {
  let simulator: Simulator
  before(async () => {
    simulator = await startSimulator()
    simulator.editDialPlan(HEADQUARTERS_GUID, 'CustDialPlan', {
      add: [
        { prefix: '+1', tag: x },
        { prefix: '+7', tag: x }
      ]
    })
    simulator.editDialPlan(HEADQUARTERS_GUID, 'Zoom', { add: [{ prefix: '+1', tag: x }] })
  })
  beforeEach(() => {
    simulator.clearRequests()
    simulator.clearFaults()
  })
  after(async () => {
    await simulator.close()
  })

  const program = 'Preflight: dial plans of this program:'
  const platform = 'Preflight: what is declared does not fit the platform:'
  const contradicting = [
    `error beside: ${program} siteGuid: SipConnection "own" declares dialPlanPrefixes of the same connection; each would undo what the other one writes, so take them out of one of the two`,
    `error first-b: ${program} rules: DialPlan "first-a" declares a prefix of the same plan too: [secret]; declare each prefix of a plan once`,
    `error two: ${program} rules: DialPlan "one" declares a prefix of the same plan too: +49 (b.example.net), there ${a}; declare each prefix of a plan once`,
    `info program: Preflight: please compare:\n    Dial plan "Zoom" has another tag than declared for a prefix, which this run sets if the prefix is its own: +1 (${x}) (old)`,
    `warn two: ${program} rules: a shorter prefix of DialPlan "one" may take the calls of a longer one with another tag, unless the SBC takes the longest match: +1 (${a}) those of +12 (b.example.net)`
  ]
  const notFitting = (severity: string): ReadonlyArray<string> => [
    `${severity} one: ${platform}\n    rules: the dial plan has a declared prefix already: +1 (${x}); to take them over, declare adopt: true (another tag is replaced)`,
    `${severity} unknown: ${platform}\n    dialPlanName: the platform knows no dial plan "Nothing" of site ${HEADQUARTERS_GUID} of this customer (404)`
  ]
  const contradiction =
    'Preflight: dial plans of this program contradict each other, or a connection (beside, first-b, two); no run could ever make them right'

  for (const [mode, said, unhandled, plansRead] of [
    ['warn', [...contradicting, ...notFitting('warn')], [contradiction], 3],
    [
      'fail',
      [...contradicting, ...notFitting('error')],
      [
        'Preflight: 2 dial plans do not fit the platform (one, unknown), and audiocodes-live:preflight is fail',
        contradiction
      ],
      3
    ],
    ['off', [], [], 0]
  ] as const) {
    it(`${mode}: what contradicts, and what is there already; each plan is read once`, async () => {
      assert.deepStrictEqual(await preview(simulator.url, mode), { said: [...said].sort(), unhandled })
      const reads = simulator.requests().filter(({ path: asked }) => asked.includes('/dialplan/'))
      assert.deepStrictEqual(
        [
          reads.length,
          new Set(reads.map(({ path: asked }) => asked)).size,
          new Set(reads.map(({ method }) => method)).size
        ],
        [plansRead, plansRead, Math.min(plansRead, 1)]
      )
    }).timeout(20_000)
  }

  it('says nothing of equal ids on two platforms, and of a site that only comes from a connection', async () => {
    assert.deepStrictEqual(await preview(simulator.url, 'fail', 'right'), { said: [], unhandled: [] })
    assert.deepStrictEqual(await preview(`${simulator.url}/`, 'warn', 'instances'), {
      said: [
        `error again: ${program} rules: DialPlan "here" declares a prefix of the same plan too: +4930777; declare each prefix of a plan once`
      ],
      unhandled: [
        'Preflight: dial plans of this program contradict each other, or a connection (again); no run could ever make them right'
      ]
    })
  }).timeout(20_000)

  const inspecting = (more: Partial<Parameters<typeof inspectDialPlan>[0]> = {}) =>
    inspectDialPlan({
      at,
      rules: [{ prefix: '+1', tag: a }],
      isNew: true,
      secrets: [],
      sources: {
        stack: { baseUrl: simulator.url, accessToken: STATIC_TOKEN, requestsPerSecond: '0', maxRetries: '0' },
        environment: {}
      },
      run: {},
      warn: () => undefined,
      ...more
    })

  it('shows no secret', async () => {
    const { findings } = await inspecting({ secrets: [x, '+1'] })
    assert.deepStrictEqual(findings, [
      'rules: the dial plan has a declared prefix already: [secret] ([secret]); to take them over, declare adopt: true (another tag is replaced)'
    ])
  })

  it('says when the platform cannot be asked, and when the configuration is wrong', async () => {
    simulator.addFault({ fault: { kind: 'status', status: 403 } })
    const [refused, wrong] = [await inspecting(), await inspecting({ sources: { stack: {}, environment: {} } })]
    assert.deepStrictEqual(
      [refused, wrong].map(({ findings, notices, troubles }) => [
        findings,
        notices,
        troubles.map(({ weight }) => weight)
      ]),
      [
        [[], [], ['refused']],
        [[], [], ['platform']]
      ]
    )
    assert.match(
      refused.troubles[0]?.lines[0] ?? '',
      /dial plan "CustDialPlan" \(site 44444444.*\) failed: the platform rejected GET/
    )
  })
})
