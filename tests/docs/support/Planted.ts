import * as E from 'fp-ts/Either'
import { settingsFrom } from '../../../provider/Config'
import { check } from '../../../provider/sip-connection/Check'
import type { Trial } from './Examples'
import type { Sources } from './Sources'

/** A docstring with this code as its example, which begins at the fifth line. */
export const docstring = (code: string): string =>
  `/**\n * Said.\n *\n * @example\n${code.replace(/^/gm, ' * ')}\n */\n`

const pulumi = "import * as pulumi from '@pulumi/pulumi'\n"
const live = "import * as live from 'pulumi-audiocodes-live'\n"

const inputs = { customerGuid: '11111111-1111-1111-1111-111111111111', siteName: 'branch-07', sbcId: 3 }
const scripts = { onboardingScript: 12001, cleanupScript: 12002 }
/** Its body has no place for numbers. */
const instance = { baseUrl: 'http://127.0.0.1', accessToken: 'token', modifyBody: 'scriptParameters' }
const clear = { baseUrl: 'http://live.example.net' }

const connection = (declared: object, options = ''): string =>
  `new live.SipConnection('branch-07', ${JSON.stringify({ ...inputs, ...declared })}${options})`

const rule = { prefix: '+4930', tag: 'sbc1.example.net' }
const wrongRules = {
  customerGuid: inputs.customerGuid,
  siteGuid: '22222222-2222-2222-2222-222222222222',
  rules: [rule, rule]
}

const refusal = check(
  {},
  { ...inputs, phones: ['112'] },
  settingsFrom({ stack: instance, environment: {} })
).failures.join('; ')
const contradiction = settingsFrom({ stack: clear, environment: {}, instance: 'eu' })

interface Wrong {
  readonly folder: 'provider' | 'sdk'
  readonly of: string
  readonly code: string
  readonly types?: ReadonlyArray<string>
  readonly run?: string
}

const wrong: ReadonlyArray<Wrong> = [
  {
    folder: 'provider',
    of: 'wrongAssertion',
    code: "import * as assert from 'node:assert'\n\nassert.strictEqual(1, Number('2'), 'one is not two')",
    run: 'AssertionError: one is not two\n\n1 !== 2\n'
  },
  {
    folder: 'provider',
    of: 'wrongTypes',
    code: 'export const text: string = 1\nexport const first: number = [1][0]\nconst spare = 1',
    types: [
      "5: TS2322 Type 'number' is not assignable to type 'string'.",
      "6: TS2322 Type 'number | undefined' is not assignable to type 'number'.\n" +
        "  Type 'undefined' is not assignable to type 'number'.",
      "7: TS6133 'spare' is declared but its value is never read."
    ]
  },
  {
    folder: 'provider',
    of: 'rejectionUnhandled',
    code: "void Promise.reject(new Error('nobody listens'))",
    run: 'Error: nobody listens'
  },
  {
    folder: 'provider',
    of: 'halfWithATagInIt',
    code: 'const half = 1 // for @somebody\nthrow new Error(`the rest: ${half}`)',
    run: 'Error: the rest: 1'
  },
  {
    folder: 'provider',
    of: 'exitWithoutAWord',
    code: "console.log('bye')\nprocess.exitCode = 3",
    run: 'ended with 3: bye\n'
  },
  {
    folder: 'sdk',
    of: 'configNotSet',
    code: `${pulumi}\nexport const secret = new pulumi.Config().requireSecret('nobodySetsThis')`,
    run:
      "Error: Missing required configuration variable 'docs:nobodySetsThis'\n" +
      '\tplease set a value using the command `pulumi config set --secret docs:nobodySetsThis <value>`'
  },
  {
    folder: 'sdk',
    of: 'inputsRefusedByTheInstance',
    code:
      `${live}\nconst eu = new live.Provider('eu', ${JSON.stringify(instance)} as live.ProviderArgs)\n` +
      connection({ phones: ['112'] }, ', { provider: eu }'),
    run:
      'Error: failed to register new resource branch-07 [pulumi-nodejs:dynamic/audiocodes-live:SipConnection]: ' +
      `branch-07 would fail its preview: ${refusal}`
  },
  {
    folder: 'sdk',
    of: 'rulesRefused',
    code: `${live}\nnew live.DialPlan('branch-07', ${JSON.stringify(wrongRules)})`,
    run:
      'Error: failed to register new resource branch-07 [pulumi-nodejs:dynamic/audiocodes-live:DialPlan]: ' +
      'branch-07 would fail its preview: rules[1].prefix: is the same prefix as [0]; remove one'
  },
  {
    folder: 'sdk',
    of: 'instanceOfNoUse',
    code: `${live}\nnew live.Provider('eu', ${JSON.stringify(clear)})`,
    run:
      'Error: failed to register new resource eu [pulumi:providers:pulumi-nodejs]: ' +
      (E.isLeft(contradiction) ? contradiction.left.text : 'nothing is wrong with it')
  },
  {
    folder: 'sdk',
    of: 'outputUnhandled',
    code: `${live}\n${connection({ sbcScripts: scripts })}.sbcProgrammed.apply(() => 'x'.repeat(-1))`,
    run: 'RangeError: Invalid count value: -1'
  },
  {
    folder: 'sdk',
    of: 'errorLogged',
    code: `${pulumi}${live}\n${connection({ sbcScripts: scripts })}\nvoid pulumi.log.error('said and gone on')`,
    run: 'Error: the program logged an error'
  },
  {
    folder: 'sdk',
    of: 'nothingDeclared',
    code: `${live}\nexport const names = Object.keys(live)`,
    run: 'Error: the program declares no resource and looks nothing up'
  }
]

/** Sources whose examples are wrong, each in its own way. */
export const planted: Sources = Object.fromEntries(
  wrong.map(({ folder, of, code }) => [`${folder}/planted.${of}.ts`, `${docstring(code)}export const ${of} = 1\n`])
)

/** What must become of them. */
export const plantedTrials: ReadonlyArray<Trial> = wrong.map(({ folder, of, types = [], run = 'ended well' }) => ({
  example: `${folder}/planted.${of}.ts ${of}`,
  types: types.map((line) => `${folder}/planted.${of}.ts:${line}`),
  run
}))
