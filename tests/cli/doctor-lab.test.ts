import * as assert from 'node:assert'
import { type ChildProcess, spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Fetch } from '../../provider/Env'
import { forms } from '../../cli/doctor/lab/Form'
import { differenceText, differences, fieldsOf } from '../../cli/doctor/lab/View'
import {
  type Fault,
  HEADQUARTERS_GUID,
  OTHER_SITE_GUID,
  type Simulator,
  type Site,
  customerGuids
} from '../../simulator'
import { testSettings } from '../support/TestEnv'
import { command } from './Command'
import { inLab, tokenOf, withoutProxies } from './Doctor'
import { folderOf, simulatorOf } from './Fresh'

const { acme, contoso } = customerGuids
const site = HEADQUARTERS_GUID
const password = 'made-up-hq-password'
const main = path.join(__dirname, '../../cli/main.js')

/** Connections beside the one in the lab: of the same customer, and of another one under the same name. */
const furnished = (simulator: Simulator): void => {
  const texts = {
    carrierUserName: 'u-1',
    carrierHostName: 'sip.example',
    carrierUserPassword: 'made-up-sibling-password'
  }
  simulator.addSite({ customerGuid: contoso, name: 'branch', sbcId: 3, ...texts })
  simulator.addSite({
    customerGuid: contoso,
    name: 'branch-2',
    sbcId: 5,
    ...texts,
    customerVariables: { Region: 'EMEA' }
  })
  simulator.addSite({ customerGuid: acme, name: 'headquarters', sbcId: 3, ...texts })
}

/** The connections, without the tasks that are over. */
const sites = (simulator: Simulator): ReadonlyArray<Site> =>
  simulator.state().sites.map((each) => ({
    ...each,
    pending: each.pending.filter(({ until }) => until === null || until > Date.now())
  }))

const patches = (simulator: Simulator) => simulator.requests().filter(({ method }) => method === 'PATCH')

/** The places that a `PATCH` names sites in. */
const namedSites = (simulator: Simulator): ReadonlyArray<string> => [
  ...new Set(
    patches(simulator).flatMap(({ path: url, query, body }) =>
      [
        ...`${url}?${query}`.matchAll(/(?:sitelocation\/|sbcSiteGuid=)([0-9a-f-]{36})/gi),
        ...body.matchAll(/"sbcSiteGuid":"([^"]+)"/g)
      ].map(([, id = '']) => id)
    )
  )
]

describe('audiocodes-live doctor --lab', function () {
  this.timeout(30_000)
  withoutProxies()
  const simulator = simulatorOf()
  beforeEach(() => {
    furnished(simulator())
  })

  describe('finds what the platform takes, puts the connection back, and touches no other one', () => {
    for (const siteIdPlacement of ['path', 'query', 'body'] as const) {
      for (const modifyBody of ['both', 'fields', 'scriptParameters'] as const) {
        for (const clearing of ['both', 'empty', 'null', 'ignored'] as const) {
          it(`${siteIdPlacement}, ${modifyBody}, ${clearing}`, async () => {
            simulator().setSwitches({ siteIdPlacement, modifyBody, clearing })
            const before = sites(simulator())
            const { result, code, findings } = await inLab(simulator(), site)
            assert.deepStrictEqual(
              { result, code },
              {
                result: {
                  form: { siteIdPlacement, modifyBody: modifyBody === 'both' ? 'fields' : modifyBody },
                  clearWith: clearing === 'both' ? 'empty' : clearing === 'ignored' ? 'neither' : clearing,
                  isBack: true
                },
                code: 0
              }
            )
            assert.deepStrictEqual(sites(simulator()), before)
            assert.deepStrictEqual(namedSites(simulator()), [site])
            assert.ok(patches(simulator()).some(({ body }) => body.includes('contoso-hq-lab')))
            assert.ok(!JSON.stringify(findings).includes(password))
          })
        }
      }
    }
  })

  describe('works also', () => {
    for (const switches of [
      { modify: 'full', modifyBody: 'fields' },
      { modify: 'full', modifyBody: 'fields', readConfigurationType: 'number', mainLine: 'field' },
      { gatewayPrefix: false },
      { variables: 'merge', mainLine: 'both' },
      { unknownFields: 'ignored', modifyBody: 'scriptParameters' },
      { modifyTaskMs: 30, pendingTaskShape: 'object' },
      { states: 'strings' }
    ] as const) {
      it(JSON.stringify(switches), async () => {
        simulator().setSwitches(switches)
        const before = sites(simulator())
        const { result, code } = await inLab(simulator(), site)
        assert.deepStrictEqual([result?.isBack, code], [true, 0])
        assert.deepStrictEqual(sites(simulator()), before)
      })
    }

    it('with a host name or a main line where there is no user name, and nothing else', async () => {
      for (const [missing, changed] of [
        [{ carrierUserName: null }, 'lab.sip.carrier.example'],
        [{ carrierUserName: null, carrierHostName: null }, '15550100-lab']
      ] as const) {
        simulator().editSite(site, missing)
        simulator().clearRequests()
        const before = sites(simulator())
        const { result, code } = await inLab(simulator(), site)
        assert.deepStrictEqual([result?.isBack, code], [true, 0])
        assert.deepStrictEqual(sites(simulator()), before)
        assert.ok(patches(simulator()).some(({ body }) => body.includes(changed)))
      }
    })

    it('with the form first that is configured', async () => {
      simulator().setSwitches({ siteIdPlacement: 'query', modifyBody: 'scriptParameters', clearing: 'null' })
      const environment = {
        AUDIOCODES_LIVE_SITE_ID_PLACEMENT: 'query',
        AUDIOCODES_LIVE_MODIFY_BODY: 'scriptParameters',
        AUDIOCODES_LIVE_CLEAR_WITH: 'null'
      }
      const { result } = await inLab(simulator(), site, { environment })
      assert.deepStrictEqual(result, {
        form: { siteIdPlacement: 'query', modifyBody: 'scriptParameters' },
        clearWith: 'null',
        isBack: true
      })
      assert.deepStrictEqual(
        patches(simulator()).map(({ status }) => status),
        [200, 200, 200, 200]
      )
      assert.deepStrictEqual(
        forms(testSettings({ siteIdPlacement: 'query', modifyBody: 'scriptParameters' })).map(Object.values),
        ['query', 'path', 'body'].flatMap((place) => [
          [place, 'scriptParameters'],
          [place, 'fields']
        ])
      )
    })
  })

  describe('names what it cannot put back', () => {
    it('where the platform takes the sample body for the whole connection', async () => {
      simulator().setSwitches({ modify: 'full', modifyBody: 'scriptParameters' })
      const before = sites(simulator())
      const { result, code, of } = await inLab(simulator(), site)
      const flag = `connection ${site}: m365Info.m365Scripts.flagConfigureM365Routing was false, and is true`
      assert.deepStrictEqual(
        [
          result,
          code,
          of(`connection ${site}`).details,
          of('siteIdPlacement path, modifyBody scriptParameters').details
        ],
        [
          { isBack: false },
          1,
          [flag],
          // It was lost on the way, and is put back.
          [`connection ${site}: sbcInfo.carrierId was "Trunk-A", and is nothing`, flag]
        ]
      )
      assert.deepStrictEqual(
        sites(simulator()),
        before.map((each) => (each.guid === site ? { ...each, configureM365Routing: true } : each))
      )
    })

    it('and puts back a gateway that was written with the name of the connection', async () => {
      simulator().setSwitches({ gatewayPrefix: false })
      simulator().editSite(site, { onlinePstnGateway: 'headquarters.sbc3.provider.example' })
      const before = sites(simulator())
      const { result, code, of } = await inLab(simulator(), site)
      assert.deepStrictEqual(
        [result, code, of('siteIdPlacement path, modifyBody fields').details],
        [
          { isBack: true },
          1,
          [
            `connection ${site}: onlinePstnGateway was "headquarters.sbc3.provider.example", and is "sbc3.provider.example"`
          ]
        ]
      )
      assert.deepStrictEqual(sites(simulator()), before)
    })

    it('where nothing can be sent any more', async () => {
      simulator().addFault({ match: { method: 'PATCH', nth: 3 }, times: 'always', fault: { kind: 'resetBefore' } })
      const { result, code, of } = await inLab(simulator(), site)
      assert.deepStrictEqual(
        [result?.isBack, code, of(`connection ${site}`)],
        [
          false,
          1,
          {
            group: 'lab',
            check: `connection ${site}`,
            outcome: 'failed',
            found: 'it is not as it was before',
            details: [
              'putting back: the end of PATCH is not known: the connection was reset',
              'putting back: the end of PATCH is not known: the connection was reset',
              `connection ${site}: sbcInfo.carrierUserName was "contoso-hq", and is "contoso-hq-lab"`
            ],
            next: 'correct these fields in the portal'
          }
        ]
      )
    })

    it('where nothing can be read any more', async () => {
      // The look after the second PATCH.
      const dead = (fetch: Fetch): Fetch => {
        let sent = 0
        return (request) => {
          if (request.method === 'PATCH') sent += 1
          return fetch(request.method === 'GET' && sent > 1 ? { ...request, url: 'http://127.0.0.1:1/' } : request)
        }
      }
      const environment = { AUDIOCODES_LIVE_MAX_RETRIES: '0' }
      const { result, of } = await inLab(simulator(), site, { through: dead, environment })
      assert.strictEqual(result?.isBack, false)
      assert.match(
        of(`connection ${site}`).found,
        /^it cannot be read, so it is not known whether it is as it was before/
      )
    })

    it('and calls a secret no more than different', () => {
      const view = (fields: object) => new Map([[site, fieldsOf(fields)]])
      const before = {
        a: { CarrierUserPassword: 'x', 'CustomVar.Variable1': 'y', Region: 'EMEA' },
        b: null,
        c: '',
        list: [1, 2]
      }
      const after = {
        a: { CarrierUserPassword: 'z' },
        b: '',
        list: [1],
        sbcDeploymentState: 3,
        pendingTasks: ['tsk_1']
      }
      const found = differences(view(before), new Map([...view(after), [OTHER_SITE_GUID, new Map()]]))
      assert.deepStrictEqual(found.map(differenceText), [
        `connection ${site}: a.CarrierUserPassword differs (secret)`,
        `connection ${site}: a.CustomVar.Variable1 differs (secret)`,
        `connection ${site}: a.Region was "EMEA", and is nothing`,
        `connection ${site}: list.1 was 2, and is nothing`,
        `connection ${OTHER_SITE_GUID} has appeared`
      ])
    })
  })

  describe('stops at the first surprise, and puts back', () => {
    const kinds: ReadonlyArray<Fault> = [
      { kind: 'status', status: 500 },
      { kind: 'statusAfterEffect', status: 500 },
      { kind: 'resetBefore' },
      { kind: 'resetAfter' },
      { kind: 'halfBody' },
      { kind: 'emptyBody' },
      { kind: 'wrongShape' },
      { kind: 'html', status: 200 },
      { kind: 'otherSite' },
      { kind: 'otherSite', customerGuid: acme },
      { kind: 'errorMessage', effect: false },
      { kind: 'errorMessage', effect: true },
      { kind: 'status', status: 403 }
    ]
    // 1: the same values; 2: one change; 3: cleared; 4: put back.
    for (const nth of [1, 2, 3, 4]) {
      for (const fault of kinds) {
        it(`${JSON.stringify(fault)} at PATCH ${nth}`, async () => {
          const before = sites(simulator())
          simulator().addFault({ match: { method: 'PATCH', nth }, fault })
          const { result, code, findings } = await inLab(simulator(), site)
          const failing = fault.kind === 'errorMessage' && fault.effect
          // The first PATCH changes nothing but the state of the deployment, and nothing is sent after it.
          const isLeftFailed = failing && nth === 1
          const isStopped = nth < 4
          assert.deepStrictEqual(
            { isBack: result?.isBack, code, form: result?.form !== undefined, clear: result?.clearWith },
            { isBack: true, code: isStopped ? 1 : 0, form: nth > 2, clear: nth === 4 ? 'empty' : undefined }
          )
          const isAsBefore = sites(simulator()).map((each) =>
            each.guid === site && failing ? { ...each, sbcState: isLeftFailed ? 'Deployed' : each.sbcState } : each
          )
          if (!failing) assert.deepStrictEqual(sites(simulator()), before)
          else
            assert.deepStrictEqual(
              isAsBefore.map(({ sbcState: _, ...rest }) => rest),
              before.map(({ sbcState: _, ...rest }) => rest)
            )
          const last = findings.at(-1)
          const now = simulator().site(site)?.sbcState
          assert.deepStrictEqual(
            [last?.outcome, /its deployment state was 3, and is 4/.test(last?.found ?? '')],
            now === 'Failed' ? ['warning', true] : ['ok', false]
          )
          // Nothing is tried after a surprise: what follows carries the values of the beginning.
          for (const { body } of patches(simulator()).slice(nth))
            assert.ok(body.includes('"contoso-hq"') && !body.includes('-lab'), body)
          assert.deepStrictEqual(namedSites(simulator()), [site])
          assert.ok(!JSON.stringify(findings).includes(password))
        })
      }
    }

    it('of another connection that changes meanwhile, and leaves that one alone', async () => {
      const sibling = sites(simulator()).find(({ name }) => name === 'branch')?.guid ?? ''
      for (const nth of [1, 2]) {
        simulator().editSite(sibling, { carrierHostName: 'sip.example' })
        simulator().clearRequests()
        const before = sites(simulator())
        let sent = 0
        const through =
          (fetch: Fetch): Fetch =>
          (request) =>
          async () => {
            const result = await fetch(request)()
            if (request.method === 'PATCH' && ++sent === nth)
              simulator().editSite(sibling, { carrierHostName: 'sip.other.example' })
            return result
          }
        const { result, code, of } = await inLab(simulator(), site, { through })
        const difference = `connection ${sibling}: sbcInfo.carrierHostName was "sip.example", and is "sip.other.example"`
        const { found, details } = of('siteIdPlacement path, modifyBody fields')
        assert.deepStrictEqual(
          [result, code, found, details.filter((line) => line.startsWith('connection'))],
          [{ isBack: false }, 1, 'another connection has changed', [difference]]
        )
        assert.strictEqual(
          of(`connection ${site}`).found,
          'it is as it was before, and another connection of the customer is not'
        )
        assert.ok(of(`connection ${site}`).details.includes(difference))
        // The lab's own connection is put back where the form is known to be its own; a form that may have changed another one is not used again.
        assert.strictEqual(patches(simulator()).length, nth === 1 ? 1 : 3)
        assert.deepStrictEqual(
          sites(simulator()),
          before.map((each) => (each.guid === sibling ? { ...each, carrierHostName: 'sip.other.example' } : each))
        )
      }
    })

    it('of a form that changes this connection and another one, and does not use it again', async () => {
      const sibling = sites(simulator()).find(({ name }) => name === 'branch')?.guid ?? ''
      const through =
        (fetch: Fetch): Fetch =>
        (request) =>
        async () => {
          const result = await fetch(request)()
          if (request.method === 'PATCH')
            for (const guid of [site, sibling]) simulator().editSite(guid, { carrierUserName: 'overwritten' })
          return result
        }
      const { result, of } = await inLab(simulator(), site, { through })
      assert.deepStrictEqual(
        [result, patches(simulator()).length, of(`connection ${site}`).details],
        [
          { isBack: false },
          1,
          [
            'no form of Modify is known to work, so nothing was sent to put it back',
            `connection ${site}: sbcInfo.carrierUserName was "contoso-hq", and is "overwritten"`,
            `connection ${sibling}: sbcInfo.carrierUserName was "u-1", and is "overwritten"`
          ]
        ]
      )
    })

    it('of its own field that changes without being sent', async () => {
      const before = sites(simulator())
      let sent = 0
      const through =
        (fetch: Fetch): Fetch =>
        (request) =>
        async () => {
          const result = await fetch(request)()
          if (request.method === 'PATCH' && ++sent === 1) simulator().editSite(site, { carrierUserName: 'overwritten' })
          return result
        }
      const { result, brief } = await inLab(simulator(), site, { through })
      assert.deepStrictEqual(
        [result, patches(simulator()).length, ...brief('siteIdPlacement path, modifyBody fields')],
        [{ isBack: true }, 2, 'failed: the same values were sent, and one has changed']
      )
      assert.deepStrictEqual(sites(simulator()), before)
    })

    it('of a connection that appears', async () => {
      let sent = 0
      const through =
        (fetch: Fetch): Fetch =>
        (request) =>
        async () => {
          const result = await fetch(request)()
          if (request.method === 'PATCH' && ++sent === 1) simulator().addSite({ customerGuid: contoso, name: 'made' })
          return result
        }
      const { code, of } = await inLab(simulator(), site, { through })
      const made = sites(simulator()).find(({ name }) => name === 'made')?.guid ?? ''
      assert.deepStrictEqual(
        [code, of('siteIdPlacement path, modifyBody fields').details, patches(simulator()).length],
        [1, [`connection ${made} has appeared`], 1]
      )
    })

    it('by a signal', async () => {
      const before = sites(simulator())
      for (const [steps, changes] of [
        [1, 0],
        [2, 1]
      ] as const) {
        simulator().clearRequests()
        let asked = 0
        const { result, code, of } = await inLab(simulator(), site, { isStopped: () => ++asked >= steps })
        assert.deepStrictEqual(
          [
            result?.isBack,
            code,
            of('interrupted').outcome,
            patches(simulator()).filter(({ body }) => body.includes('-lab')).length
          ],
          [true, 1, 'failed', changes]
        )
        assert.deepStrictEqual(sites(simulator()), before)
      }
    })

    it('where no form is taken at all', async () => {
      const before = sites(simulator())
      simulator().addFault({ match: { method: 'PATCH' }, times: 'always', fault: { kind: 'status', status: 404 } })
      const { result, code, of } = await inLab(simulator(), site)
      assert.deepStrictEqual(
        [result, code, of('Modify').found, patches(simulator()).length],
        [{ isBack: true }, 1, 'no form of Modify was taken', 6]
      )
      assert.deepStrictEqual(sites(simulator()), before)
    })

    it('and does not take success without an effect for the right form', async () => {
      const before = sites(simulator())
      const body = { customerGuid: contoso, siteGuid: site, executionMessages: [] }
      simulator().setSwitches({ siteIdPlacement: 'query' })
      simulator().addFault({
        match: { method: 'PATCH', path: `sitelocation/${site}` },
        times: 'always',
        fault: { kind: 'status', status: 200, body }
      })
      const { result, brief } = await inLab(simulator(), site)
      assert.deepStrictEqual(
        [result?.form, result?.isBack, ...brief('siteIdPlacement path, modifyBody fields')],
        [
          { siteIdPlacement: 'query', modifyBody: 'fields' },
          true,
          'ok: answered with success and without effect, so it is not the form'
        ]
      )
      assert.deepStrictEqual(sites(simulator()), before)
    })
  })

  describe('refuses a connection that it could not put back, before anything is sent', () => {
    const refused: ReadonlyArray<readonly [string, (simulator: Simulator) => string | undefined, RegExp]> = [
      ['a masked password', (it_) => void it_.setSwitches({ passwordEcho: 'masked' }), /masks its carrier password/],
      [
        'variables by position',
        (it_) => void it_.setSwitches({ variableNames: 'positional' }),
        /variables by their position/
      ],
      ['a name twice', (it_) => void it_.addSite({ customerGuid: contoso, name: 'headquarters' }), /has the same name/],
      [
        'a pending task',
        (it_) => void it_.addFault({ match: { path: site }, fault: { kind: 'task', taskId: 'tsk_9' } }),
        /a task is pending/
      ],
      [
        'no text to change',
        (it_) => void it_.editSite(site, { carrierUserName: null, carrierHostName: null, carrierMainLine: null }),
        /has none of carrierUserName, carrierHostName, carrierMainLine/
      ],
      [
        'an answer for another one',
        (it_) =>
          void it_.addFault({
            match: { method: 'GET', path: `sitelocation/${site}` },
            times: 'always',
            fault: { kind: 'otherSite' }
          }),
        /another name or SBC/
      ],
      ['an unknown id', () => OTHER_SITE_GUID, /no service lists the connection/]
    ]
    for (const [what, prepare, text] of refused) {
      it(what, async () => {
        const siteGuid = prepare(simulator()) ?? site
        const { of, code, result } = await inLab(simulator(), siteGuid)
        assert.match(of('connection').found, text)
        assert.deepStrictEqual([code, result, patches(simulator())], [1, undefined, []])
      })
    }

    it('one of another customer than is named', async () => {
      for (const customer of ['acme', acme]) {
        const { brief } = await inLab(simulator(), site, { customer })
        assert.deepStrictEqual(brief('connection'), [`failed: customer ${acme} has no connection ${site}`])
      }
      assert.deepStrictEqual(patches(simulator()), [])
    })

    it('with readOnly', async () => {
      const { brief, code } = await inLab(simulator(), site, { environment: { AUDIOCODES_LIVE_READ_ONLY: 'true' } })
      assert.deepStrictEqual(
        [...brief('connection'), code, simulator().requests()],
        ['failed: the configuration says readOnly, so nothing is changed', 1, []]
      )
    })
  })

  describe('as a command', () => {
    const folder = folderOf()
    const lab = (...args: ReadonlyArray<string>) =>
      command(['doctor', ...args], {
        cwd: folder(),
        env: {
          PATH: folder(),
          AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0',
          AUDIOCODES_LIVE_POLL_INTERVAL: '0.01',
          AUDIOCODES_LIVE_TRACE: 'trace.jsonl',
          AUDIOCODES_LIVE_AUDIT: 'audit.jsonl',
          ...tokenOf(simulator())
        }
      })

    it('only says what it would do without --yes, and does nothing without --lab', async () => {
      const { code, stdout } = await lab('--lab', site.toUpperCase())
      assert.strictEqual(code, 2)
      assert.match(stdout, new RegExp(`^The lab would work on the connection ${site}, .*Nothing was sent now\\.\n`))
      const alone = await lab('--yes')
      assert.deepStrictEqual(
        [alone.code, alone.stdout, alone.stderr],
        [1, '', '--yes belongs to --lab <siteGuid>: without it nothing is changed anyway.\n']
      )
      const odd = await lab('--lab', 'headquarters', '--yes')
      assert.deepStrictEqual([odd.code, /wants the id of a connection/.test(odd.stderr)], [1, true])
      assert.deepStrictEqual([simulator().requests(), fs.readdirSync(folder())], [[], []])
    })

    it('prints the settings as commands; audit and trace have what was sent, and no secret', async () => {
      simulator().setSwitches({ siteIdPlacement: 'query', clearing: 'null' })
      const { code, stdout } = await lab('--lab', site, '--yes')
      const found = ['siteIdPlacement query', 'modifyBody fields', 'clearWith null']
      assert.strictEqual(code, 0)
      assert.ok(
        stdout.endsWith(`\nFound:\n${found.map((each) => `  pulumi config set audiocodes-live:${each}\n`).join('')}`),
        stdout
      )
      const audit = fs.readFileSync(path.join(folder(), 'audit.jsonl'), 'utf8')
      const lines = audit
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      assert.deepStrictEqual(
        lines.map(({ command: by, method, siteGuid, fields, result }) => [by, method, siteGuid, fields, result]),
        [
          [[], 'rejected 400'],
          [[], 'rejected 400'],
          [[], 'answered'],
          [['carrierUserName'], 'answered'],
          [['carrierUserName'], 'answered'],
          [['carrierUserName'], 'answered'],
          [['sbcInfo.carrierUserName'], 'answered']
        ].map(([fields, result]) => ['audiocodes-live doctor', 'PATCH', site, fields, result])
      )
      const trace = fs.readFileSync(path.join(folder(), 'trace.jsonl'), 'utf8')
      assert.strictEqual(trace.split('\n').filter((line) => line.includes('"PATCH"')).length, 7)
      for (const text of [stdout, audit, trace]) assert.doesNotMatch(text, /made-up|simulator-token/)
    })

    for (const [what, interrupt, isAtOnce] of [
      ['Ctrl-C', (child: ChildProcess) => child.kill('SIGINT'), true],
      ['the end of the terminal', (child: ChildProcess) => child.kill('SIGHUP'), true],
      // It is noticed with the line that follows, and then one more step is under way.
      ['the end of its reader', (child: ChildProcess) => child.stdout?.destroy(), false]
    ] as const) {
      it(`puts back after ${what} in the middle of a change`, async () => {
        const before = sites(simulator())
        // Room to interrupt while the changed value is there.
        simulator().setSwitches({ latencyMs: 20 })
        const child = spawn(process.execPath, [main, 'doctor', '--lab', site, '--yes'], {
          cwd: folder(),
          env: { PATH: folder(), AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0', ...tokenOf(simulator()) }
        })
        try {
          const ended = new Promise((resolve) => child.once('close', resolve))
          child.stdout.resume()
          while (simulator().site(site)?.carrierUserName !== 'contoso-hq-lab')
            await new Promise((resolve) => setTimeout(resolve, 5))
          interrupt(child)
          await ended
        } finally {
          child.kill('SIGKILL')
        }
        assert.deepStrictEqual(sites(simulator()), before)
        if (isAtOnce) assert.ok(!patches(simulator()).some(({ body }) => body.includes('"CarrierUserName":""')))
      })
    }

    it('prints JSON', async () => {
      const { code, stdout } = await lab('--lab', site, '--yes', '--json')
      const { found, commands } = JSON.parse(stdout) as { found: unknown; commands: ReadonlyArray<string> }
      assert.deepStrictEqual(
        [code, found, commands.length],
        [0, { siteIdPlacement: 'path', modifyBody: 'fields', clearWith: 'empty', isBack: true }, 3]
      )
    })
  })
})
