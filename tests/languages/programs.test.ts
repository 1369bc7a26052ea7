// The programs of docs/languages.md, as they stand there, with the SDKs of this repository and the real plugin.

import * as assert from 'node:assert/strict'
import * as path from 'node:path'
import * as ts from 'typescript'
import { HEADQUARTERS_GUID, type Simulator, startSimulator, STATIC_TOKEN } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { hideCiphertext } from '../support/Json'
import { repositoryRoot } from '../support/repository'
import { programIn } from './support/Page'
import {
  goProject,
  type LanguageProject,
  nodejsProject,
  type ProjectOptions,
  pythonProject,
  yamlProject
} from './support/Project'

/** Values that must be found nowhere in clear. */
const passwords = { carrierPassword: 'canary-berlin-1', hqPassword: 'made-up-hq-password' }

interface Language {
  readonly name: string
  readonly start: (options: ProjectOptions) => Promise<LanguageProject>
  readonly program: string
  /** The program with the connection that the platform has from the start, as an import finds it. */
  readonly withHeadquarters: (program: string) => string
}

const sdk = (language: string): string => path.join(repositoryRoot, 'sdk', language)

/** The program as the Node.js host runs it without a compiler, with the SDK from its folder. */
const javascript = (program: string): string =>
  ts
    .transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } })
    .outputText.replace('pulumi-audiocodes-live-plugin', './sdk/bin')

const languages: readonly Language[] = [
  {
    name: 'TypeScript',
    start: (options) => nodejsProject({ ...options, sdk: sdk('nodejs') }),
    program: javascript(programIn('typescript')),
    withHeadquarters: (program) => `${program}
new live.SipConnection('hq', {
  customerGuid: live.customerGuidOutput({ shortName: 'contoso' }).customerGuid,
  siteName: 'headquarters',
  sbcId: 3,
  configureSbc: true,
  cacProfile: '20 sessions',
  carrierUserName: 'contoso-hq',
  carrierUserPassword: config.requireSecret('hqPassword'),
  carrierMainLine: '15550100',
  carrierHostName: 'sip.carrier.example',
  onlinePstnGateway: 'sbc3.provider.example',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } }
})
`
  },
  {
    name: 'Python',
    start: (options) => pythonProject({ ...options, sdk: sdk('python') }),
    program: programIn('python'),
    withHeadquarters: (program) => `${program}
live.SipConnection(
    "hq",
    customer_guid=live.customer_guid(short_name="contoso").customer_guid,
    site_name="headquarters",
    sbc_id=3,
    configure_sbc=True,
    cac_profile="20 sessions",
    carrier_user_name="contoso-hq",
    carrier_user_password=config.require_secret("hqPassword"),
    carrier_main_line="15550100",
    carrier_host_name="sip.carrier.example",
    online_pstn_gateway="sbc3.provider.example",
    sbc_scripts=live.SbcScriptsArgs(
        onboarding_script=12001, cleanup_script=12002, customer_variables={"Region": "EMEA"}
    ),
)
`
  },
  {
    name: 'Go',
    start: (options) => goProject({ ...options, sdk: sdk('go') }),
    program: programIn('go'),
    withHeadquarters: (program) =>
      program.replace(
        '\t\treturn nil\n',
        `
		contoso, err := live.CustomerGuid(ctx, &live.CustomerGuidArgs{ShortName: "contoso"})
		if err != nil {
			return err
		}
		_, err = live.NewSipConnection(ctx, "hq", &live.SipConnectionArgs{
			CustomerGuid:        pulumi.String(contoso.CustomerGuid),
			SiteName:            pulumi.String("headquarters"),
			SbcId:               pulumi.Int(3),
			ConfigureSbc:        pulumi.Bool(true),
			CacProfile:          pulumi.String("20 sessions"),
			CarrierUserName:     pulumi.String("contoso-hq"),
			CarrierUserPassword: config.RequireSecret(ctx, "hqPassword"),
			CarrierMainLine:     pulumi.String("15550100"),
			CarrierHostName:     pulumi.String("sip.carrier.example"),
			OnlinePstnGateway:   pulumi.String("sbc3.provider.example"),
			SbcScripts: live.SbcScriptsArgs{
				OnboardingScript:  pulumi.Int(12001),
				CleanupScript:     pulumi.Int(12002),
				CustomerVariables: pulumi.StringMap{"Region": pulumi.String("EMEA")},
			},
		})
		return err
`
      )
  },
  {
    name: 'YAML',
    start: yamlProject,
    program: programIn('yaml'),
    withHeadquarters: (program) =>
      program.replace('config:\n', 'config:\n  hqPassword: { type: string, secret: true }\n').replace(
        'outputs:\n',
        `  hq:
    type: audiocodes-live:SipConnection
    properties:
      customerGuid:
        fn::invoke: { function: 'audiocodes-live:customerGuid', arguments: { shortName: contoso }, return: customerGuid }
      siteName: headquarters
      sbcId: 3
      configureSbc: true
      cacProfile: 20 sessions
      carrierUserName: contoso-hq
      carrierUserPassword: \${hqPassword}
      carrierMainLine: '15550100'
      carrierHostName: sip.carrier.example
      onlinePstnGateway: sbc3.provider.example
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: EMEA } }
outputs:
`
      )
  }
]

for (const { name, start, program, withHeadquarters } of languages) {
  describe(`A program in ${name}`, function () {
    // The first time on a machine, Go compiles all of Pulumi's SDK.
    this.timeout(600_000)
    let simulator: Simulator
    let project: LanguageProject
    /** What the runs have printed. */
    let printed = ''

    before(async () => {
      simulator = await startSimulator()
      project = await start({
        program,
        plugin: path.join(repositoryRoot, 'bin'),
        config: {
          'audiocodes-live:baseUrl': simulator.url,
          'audiocodes-live:pollInterval': '0.02',
          'audiocodes-live:requestsPerSecond': '0'
        },
        secrets: {
          'audiocodes-live:accessToken': STATIC_TOKEN,
          'harness:carrierPassword': passwords.carrierPassword,
          'harness:hqPassword': passwords.hqPassword
        }
      })
    })
    after(async () => {
      // First what is there in any case: an open server would keep the process when the project could not be made.
      await simulator.close()
      await project.stack.dispose()
    })

    const ran = async (run: ReturnType<LanguageProject['stack']['run']>): Promise<string> => {
      const { output } = succeeded(await run)
      printed += output
      return output
    }
    const names = (): readonly string[] => simulator.state().sites.map((site) => site.name)
    const secretsInClear = (): readonly string[] =>
      Object.values(passwords).flatMap((password) => [
        ...project.stack.filesWith(password),
        ...(printed.includes(password) ? ['output'] : [])
      ])

    it('creates what it declares', async () => {
      const { stack } = project
      await ran(stack.up())
      const berlin = simulator.state().sites.find((site) => site.name === 'berlin')
      assert.ok(berlin !== undefined)
      assert.deepEqual(
        [berlin.sbcId, berlin.cacProfile, berlin.carrierUserName, berlin.carrierUserPassword],
        [3, '10 sessions', 'acme-berlin', passwords.carrierPassword]
      )
      assert.deepEqual(
        simulator.dialPlan(berlin.guid, 'CustDialPlan').map(({ prefix, tag }) => [prefix, tag]),
        [['+4930555', 'sbc3.provider.example']]
      )
      assert.deepEqual(await stack.outputs(), {
        siteGuid: berlin.guid,
        password: '[secret]',
        fullName: 'Acme Incorporated'
      })
      assert.deepEqual(secretsInClear(), [])
    })

    it('takes in a connection, and then nothing is left to be done', async () => {
      const { stack } = project
      const before = simulator.site(HEADQUARTERS_GUID)
      await ran(project.importResource('audiocodes-live:index:SipConnection', 'hq', 'contoso/headquarters'))
      project.setProgram(withHeadquarters(program))
      assert.deepEqual(await stack.previewSteps(), [])
      assert.deepEqual(simulator.site(HEADQUARTERS_GUID), before)
      assert.deepEqual(secretsInClear(), [])
    })

    it('finds what was changed outside, and destroys', async () => {
      const { stack } = project
      simulator.editSite(HEADQUARTERS_GUID, { cacProfile: '5 sessions' })
      await ran(stack.refresh())
      const hq = (await stack.resources()).find(({ urn }) => urn.endsWith('::hq'))
      const { cacProfile, carrierUserPassword } = hideCiphertext(hq?.inputs ?? {}) as Record<string, unknown>
      assert.deepEqual([cacProfile, carrierUserPassword], ['5 sessions', '[secret]'])
      await ran(stack.destroy())
      assert.deepEqual([names(), await stack.resources()], [[], []])
      assert.deepEqual(secretsInClear(), [])
    })
  })
}
