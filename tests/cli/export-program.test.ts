// What an export makes of an answer of the platform: inputs, names, and the text of the program.

import * as assert from 'node:assert'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as vm from 'node:vm'
import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import * as ts from 'typescript'
import type { Connection } from '../../cli/export/Connections'
import { type Declared, type Listed, declaredOf } from '../../cli/export/Declared'
import { importFile } from '../../cli/export/ImportFile'
import { literal, textLiteral } from '../../cli/export/Literals'
import { named } from '../../cli/export/Named'
import {
  type Wanted,
  cleaned,
  connectionName,
  customerName,
  distinct,
  identifier,
  secretKeysOf
} from '../../cli/export/Names'
import { program } from '../../cli/export/Program'
import { projectName, pulumiYaml, secretsScript } from '../../cli/export/Project'
import type { SipConnectionArgs } from '../../provider/sip-connection/Args'
import { check } from '../../provider/sip-connection/Check'
import { diff } from '../../provider/sip-connection/Diff'
import { differing } from '../../provider/sip-connection/Live'
import { type SipConnectionState, managedKeysOf } from '../../provider/sip-connection/State'
import type { SiteAnswer } from '../../provider/sip-connection/Wire'
import { check as property } from '../support/property'
import { cleanEnvironment, temporaryProject } from '../support/TemporaryProject'
import { testSettings } from '../support/TestEnv'
import { answerWith } from '../unit/sip-connection/answers'

const customerGuid = '11111111-1111-4111-8111-111111111111'
const siteGuid = '22222222-2222-4222-8222-222222222222'

const listed: Listed = {
  customerGuid,
  siteGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk'
}

const declared = (site: SiteAnswer, more: Partial<Listed> = {}, settings = testSettings()): Declared => {
  const result = declaredOf({ ...listed, ...more }, site, settings)
  if (E.isLeft(result)) throw new Error(result.left.text)
  return result.right
}

const refusal = (site: SiteAnswer, more: Partial<Listed> = {}): readonly [string, string | undefined] => {
  const result = declaredOf({ ...listed, ...more }, site, testSettings())
  if (E.isRight(result)) throw new Error('it must be refused')
  return [result.left.text, result.left.next]
}

const bare = {
  sbcInfo: { cacProfile: null, carrierHostName: null, carrierUserName: null, sbcScripts: null },
  top: { onlinePstnGateway: null }
}
const open = 'phones, dialPlanPrefixes: not readable: confirm'
const confirm = 'not readable: confirm'
const gateway = { onlinePstnGateway: 'shown as branch-07.sbc1.example.net: confirm' }
const both = { enableCac: confirm, carrierRegistration: confirm }

const whole = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '20 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: 'made-up-password',
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
  onlinePstnGateway: 'sbc1.example.net',
  adopt: siteGuid
} as const

describe('What an export declares', () => {
  it('is what the vendor’s sample tells, the mode from the list, and the rest by what fits', () => {
    assert.deepStrictEqual(declared(answerWith({})), {
      args: whole,
      remarks: { ...both, ...gateway },
      left: [
        '1 of customerVariables: not readable: confirm; shown by position, without the names that the script has',
        open
      ]
    })
  })

  it('passes the check without scripts, by adopt', () => {
    const { args, left } = declared(answerWith(bare))
    assert.deepStrictEqual(args, {
      customerGuid,
      siteName: 'branch-07',
      sbcId: 3,
      sbcConfigurationType: 'SipTrunk',
      configureSbc: true,
      enableCac: false,
      carrierRegistration: false,
      adopt: siteGuid
    })
    assert.deepStrictEqual(left, [open])
  })

  it('has the variables of the scripts by their names, without what the carrier fields echo and what is masked', () => {
    const bag = {
      'CustomVar.Variable1': null,
      Region: 'EMEA',
      ApiKey: '********',
      Empty: '',
      CACProfile: '20 sessions'
    }
    const { args, left } = declared(answerWith({ bag }))
    assert.deepStrictEqual(
      [args.sbcScripts, left],
      [
        { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA', Empty: '' } },
        ['ApiKey of customerVariables: not readable: confirm; masked by the platform', open]
      ]
    )
  })

  const withoutRegistration = { ...whole, carrierRegistration: undefined, adopt: undefined }
  for (const [what, bag] of [
    ['masked', { CarrierUserPassword: '********' }],
    ['not returned', { CarrierUserPassword: null }],
    ['not accepted', { CarrierUserPassword: 'wide €' }]
  ] as const) {
    it(`leaves registration and adopt open where the password is ${what}`, () => {
      const { args, remarks, left } = declared(answerWith({ bag: { ...bag, 'CustomVar.Variable1': null } }))
      const { carrierUserPassword: _, ...rest } = withoutRegistration
      assert.deepStrictEqual({ ...args, carrierRegistration: undefined, adopt: undefined }, rest)
      assert.deepStrictEqual(
        [Object.keys(args).includes('adopt'), remarks],
        [false, { enableCac: confirm, ...gateway }]
      )
      const fault =
        'carrierUserPassword: what the platform has is not accepted (has a wide character at position 6; only characters up to U+00FF are allowed)'
      assert.deepStrictEqual(left, [
        ...(what === 'not accepted' ? [fault] : []),
        'carrierRegistration: not readable: confirm; true needs complete credentials, and the platform does not tell them all',
        open
      ])
    })
  }

  it('has M365 scripts where the platform shows that they are in force, and says so where it cannot be told', () => {
    const ids = { onboardingScript: 13001, cleanupScript: 0 }
    const shown = declared(answerWith({ m365: { flagConfigureM365Routing: true, ...ids } }))
    assert.deepStrictEqual(shown.args.m365Scripts, { configureM365Routing: true, onboardingScript: 13001 })
    const hidden = declared(answerWith({ m365: ids, bag: { 'CustomVar.Variable1': null } }))
    assert.deepStrictEqual(
      [hidden.args.m365Scripts, hidden.left],
      [
        undefined,
        [
          'm365Scripts with onboardingScript 13001: not readable: confirm; configureM365Routing is shown as false also where it is true',
          open
        ]
      ]
    )
  })

  const gateways: ReadonlyArray<readonly [shown: string, siteName: string, declared: string]> = [
    ['branch-07.sbc1.example.net', 'branch-07', 'sbc1.example.net'],
    ['BRANCH-07.sbc1.example.net', 'Branch-07', 'sbc1.example.net'],
    ['bro7.sbc1.example.net.', 'Büro 7', 'sbc1.example.net.'],
    ['sbc1.example.net', 'branch-07', 'sbc1.example.net'],
    ['sbc1.net', 'sbc1', 'sbc1.net'],
    ['sbc1.example.net', '🏢', 'sbc1.example.net']
  ]
  for (const [shown, siteName, expected] of gateways) {
    it(`writes the gateway ${shown} of "${siteName}" as ${expected}`, () => {
      const { args } = declared(answerWith({ top: { siteName, onlinePstnGateway: shown } }), { siteName })
      assert.strictEqual(args.onlinePstnGateway, expected)
    })
  }

  it('leaves out what the check of an input does not accept, and says why without the value', () => {
    const { args, left } = declared(
      answerWith({
        sbcInfo: { carrierHostName: 'canary.example.net:5060', cacProfile: '' },
        bag: { 'CustomVar.Variable1': null }
      })
    )
    assert.deepStrictEqual(
      [args.carrierHostName, args.cacProfile, args.enableCac, left],
      [
        undefined,
        undefined,
        false,
        [
          'carrierHostName: what the platform has is not accepted (has a port; expected the host name or IPv4 address alone)',
          'carrierRegistration: not readable: confirm; true needs complete credentials, and the platform does not tell them all',
          open
        ]
      ]
    )
  })

  it('is what the other body of Modify has a place for, where that is set', () => {
    const { args, remarks, left } = declared(answerWith({}), {}, testSettings({ modifyBody: 'scriptParameters' }))
    const { configureSbc: _configure, enableCac: _cac, carrierRegistration: _registration, ...rest } = whole
    assert.deepStrictEqual([args, remarks], [rest, gateway])
    assert.deepStrictEqual(left.length, 1)
  })

  it('is told by the list where the answer is silent', () => {
    const site = answerWith({ sbcInfo: { sbcId: null, sbcConfigurationType: null } })
    const { args } = declared(site, { sbcId: 5, sbcConfigurationType: 'Byoc' })
    assert.deepStrictEqual([args.sbcId, args.sbcConfigurationType], [5, 'Byoc'])
    const read = declared(answerWith({ sbcInfo: { sbcConfigurationType: 2 } }))
    assert.strictEqual(read.args.sbcConfigurationType, 'IpPbx')
    const untold = declared(answerWith({}), { sbcConfigurationType: 'Unknown' })
    assert.strictEqual(untold.args.sbcConfigurationType, undefined)
  })

  it('is refused where no declaration is possible', () => {
    const byHand = `correct it in the portal, or declare it by hand with adopt: "${siteGuid}"`
    const siteName = ' branch '
    assert.deepStrictEqual(
      [
        refusal(answerWith({ top: { siteName } }), { siteName }),
        refusal(answerWith({ sbcInfo: { sbcId: null } }), { sbcId: undefined }),
        refusal(answerWith({ sbcInfo: { sbcScripts: { customerVariables: { CarrierUserPassword: '***' } } } })),
        refusal(answerWith({ top: { siteName: 'another' } }))
      ],
      [
        [
          'it cannot be declared as it is (siteName: has a blank at an end; remove it (the name of the connection))',
          byHand
        ],
        ['it cannot be declared as it is (sbcId: is required)', byHand],
        [
          'without both sbcScripts it can be imported with adopt alone, which needs carrierRegistration, and that cannot be told: the credentials of the carrier are incomplete or masked',
          `declare it by hand, with its credentials and adopt: "${siteGuid}"`
        ],
        [
          'the platform answered with a connection of another name than the service details list under this id',
          'run the same command again, in case it was just renamed'
        ]
      ]
    )
  })

  it('is what the platform reads back, and passes the check, whatever there is', () => {
    const text = fc.oneof(
      fc.constantFrom(null, '', '********', 'sip.example.net', 'a:1', '10 sessions', 'ü€'),
      fc.string()
    )
    const integer = fc.constantFrom(null, -1, 0, 1, 12001)
    const answers = fc.record({
      sbcInfo: fc.record({
        sbcConfigurationType: fc.constantFrom(null, 0, 1, 'Byoc', 'else'),
        cacProfile: text,
        carrierHostName: text,
        carrierMainLine: text,
        carrierUserName: text,
        flagConfigureSbc: fc.constantFrom(null, true, false)
      }),
      scripts: fc.record({ onboardingScript: integer, cleanupScript: integer }),
      bag: fc.dictionary(
        fc.constantFrom('CarrierUserPassword', 'CarierMailLine', 'Region', 'CustomVar.Variable1', 'x'),
        text
      ),
      m365: fc.record({ flagConfigureM365Routing: fc.boolean(), onboardingScript: integer, cleanupScript: integer })
    })
    let many = 0
    property(
      fc.property(answers, (change) => {
        const site = answerWith(change)
        const result = declaredOf(listed, site, testSettings())
        if (E.isLeft(result)) return
        many += 1
        const { args } = result.right
        assert.deepStrictEqual(differing(site, args, managedKeysOf(args)), [])
        const checked = check({}, { ...args }, E.right(testSettings()))
        assert.deepStrictEqual(checked, { inputs: args, failures: [] })
        const state = { ...args, managedKeys: managedKeysOf(args) } as unknown as SipConnectionState
        assert.deepStrictEqual(diff(state, checked.inputs), {
          changes: false,
          replaces: [],
          deleteBeforeReplace: false
        })
      })
    )
    assert.ok(many > 10, `only ${many} were declared`)
  })
})

describe('The names of an export', () => {
  it('are made from the names on the platform', () => {
    const names = [
      'branch-07',
      'Büro  7!',
      '🏢 HQ',
      '7th floor',
      '  ',
      '支店',
      'acme-x',
      'ACME x',
      'class',
      'a'.repeat(128)
    ]
    assert.deepStrictEqual(
      names.map((name) => connectionName('acme', name)),
      [
        'acme-branch-07',
        'acme-buro-7',
        'acme-hq',
        'acme-7th-floor',
        'acme-connection',
        'acme-connection',
        'acme-x',
        'acme-x',
        'acme-class',
        `acme-${'a'.repeat(128)}`
      ]
    )
    assert.deepStrictEqual(['Acme GmbH & Co.', '🏢', undefined].map(customerName), [
      'acme-gmbh-co',
      'customer',
      'customer'
    ])
    assert.deepStrictEqual(['acme-branch-07', 'acme-7th-floor', '3com-a', 'a-1-2', 'a-12'].map(identifier), [
      'acmeBranch07',
      'acme7thFloor',
      'connection3comA',
      'a1_2',
      'a12'
    ])
    assert.deepStrictEqual(['exported', 'My Trunks', '.'].map(projectName), [
      'exported',
      'my-trunks',
      'sip-connections'
    ])
  })

  it('are told apart by the ids where they are equal', () => {
    const wanted = (name: string, guid: string): Wanted => ({ name, guid })
    const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000001']
    const like = 'aaaaaaaa-0000-4000-8000-000000000002'
    assert.deepStrictEqual(
      distinct([wanted('x', a), wanted('y', a), wanted('x', b), wanted('x', like), wanted('x-bbbbbbbb', like)]),
      [
        'x-aaaaaaaa000040008000000000000001',
        'y',
        'x-bbbbbbbb000040008000000000000001',
        'x-aaaaaaaa000040008000000000000002',
        'x-bbbbbbbb-aaaaaaaa'
      ]
    )
    assert.deepStrictEqual(distinct([wanted('config', a), wanted('x', b)], '_', ['config']), ['config_aaaaaaaa', 'x'])
  })

  it('are all different, and the same in every order', () => {
    const wanted = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('a', 'b', 'a-00000000', 'a-1'), guid: fc.uuid() }),
      { selector: ({ guid }) => guid, maxLength: 20 }
    )
    property(
      fc.property(wanted, (all) => {
        const names = distinct(all)
        assert.strictEqual(new Set(names).size, all.length)
        assert.deepStrictEqual([...distinct([...all].reverse())].reverse(), names)
      })
    )
  })

  it('give every secret of a connection a key of its own', () => {
    assert.deepStrictEqual(
      secretKeysOf('acme-x', ['carrierUserPassword', 'Api Key', 'Api.Key', 'Api-Key-2', 'token']),
      ['acme-x_carrierUserPassword', 'acme-x_Api-Key', 'acme-x_Api-Key-2', 'acme-x_Api-Key-2-2', 'acme-x_token']
    )
  })

  it('leave nothing but letters, digits and single hyphens', () => {
    property(fc.property(fc.string({ unit: 'binary' }), (text) => /^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(cleaned(text))))
  })
})

/** A connection as an export has read it. */
const connectionOf = (
  more: Partial<SipConnectionArgs>,
  site = siteGuid,
  shortName = 'acme',
  guid = customerGuid
): Connection => {
  const args: SipConnectionArgs = { customerGuid: guid, siteName: 'branch-07', sbcId: 3, adopt: site, ...more }
  const customer = customers.get(guid) ?? { guid, shortName, fullName: undefined, connections: [] }
  customers.set(guid, customer)
  const state = { ...args, platform: 'https://live.example.net/tenantui' } as unknown as SipConnectionState
  return { customer, siteGuid: site, args, state, remarks: {}, left: [] }
}
const customers = new Map<string, Connection['customer']>()

const nasty = `a'b"c\\d$e\`f\nü€`

describe('The program of an export', () => {
  it('has every text as it is', () => {
    property(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '\u202e', "'", '\\', '${x}')),
        (text) => {
          const shown = textLiteral(text)
          assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
          return vm.runInNewContext(shown) === text
        }
      )
    )
  })

  it('has every value as it is, in lines that can be read', () => {
    property(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        const shown: unknown = JSON.parse(JSON.stringify(vm.runInNewContext(`(${literal(value, '  ')})`)))
        assert.deepStrictEqual(shown, JSON.parse(JSON.stringify(value)))
      })
    )
    assert.strictEqual(
      literal({ short: [1, 2], long: ['x'.repeat(60), 'y'.repeat(60)], 'odd key': {} }, '  '),
      `{\n    short: [1, 2],\n    long: [\n      '${'x'.repeat(60)}',\n      '${'y'.repeat(60)}'\n    ],\n    'odd key': {}\n  }`
    )
    const own: unknown = vm.runInNewContext(`Object.keys(${literal(JSON.parse('{"__proto__":1}'))}).join()`)
    assert.strictEqual(own, '__proto__')
  })

  it('is TypeScript whatever the names are, with constants that do not meet', () => {
    const connections = fc.uniqueArray(
      fc.record({
        siteName: fc.string({ unit: 'binary', minLength: 1 }),
        fullName: fc.string({ unit: 'binary' }),
        guid: fc.uuid()
      }),
      { selector: ({ guid }) => guid, minLength: 1, maxLength: 8 }
    )
    property(
      fc.property(connections, fc.constantFrom('acme', 'new', '🏢', 'customer'), (all, shortName) => {
        const [{ fullName } = { fullName: '' }] = all
        const customer = { guid: customerGuid, shortName, fullName, connections: [] }
        const files = program(
          named(all.map(({ siteName, guid }) => ({ ...connectionOf({ siteName }, guid), customer }))),
          'https://live.example.net/tenantui'
        )
        const [file] = files
        assert.ok(file !== undefined && files.length === 1)
        const { diagnostics = [] } = ts.transpileModule(file.text, { reportDiagnostics: true })
        assert.deepStrictEqual(
          diagnostics.map(({ messageText }) => messageText),
          []
        )
        const constants = [...file.text.matchAll(/^const (\S+) = /gm)].map(([, name]) => name)
        assert.deepStrictEqual([constants.length, new Set(constants).size], [all.length + 1, all.length + 1])
      }),
      50
    )
  })

  it('has a file for each of several customers, and no value of a secret', () => {
    const [other, like] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444']
    const all = named([
      connectionOf({ carrierUserPassword: 'canary-1' }, siteGuid),
      connectionOf({}, '55555555-5555-4555-8555-555555555555', 'contoso', other),
      connectionOf({}, '66666666-6666-4666-8666-666666666666', 'Acme', like)
    ])
    const files = program(all, 'https://live.example.net/tenantui')
    assert.deepStrictEqual(
      files.map(({ path: file }) => file),
      ['index.ts', 'customers/acme-11111111.ts', 'customers/contoso.ts', 'customers/acme-44444444.ts']
    )
    const [index, first] = files
    assert.match(
      index?.text ?? '',
      /\nimport '.\/customers\/acme-11111111'\nimport '.\/customers\/contoso'\nimport '.\/customers\/acme-44444444'\n$/
    )
    assert.strictEqual(
      first?.text,
      [
        `import * as pulumi from '@pulumi/pulumi'`,
        `import * as live from 'pulumi-audiocodes-live'`,
        '',
        'const config = new pulumi.Config()',
        '// Customer: acme',
        `const customerGuid = '${customerGuid}'`,
        '',
        `export const acme11111111Branch07 = new live.SipConnection('acme-11111111-branch-07', {`,
        '  customerGuid,',
        `  siteName: 'branch-07',`,
        '  sbcId: 3,',
        `  carrierUserPassword: config.requireSecret('acme-11111111-branch-07_carrierUserPassword'),`,
        `  adopt: '${siteGuid}'`,
        '})',
        ''
      ].join('\n')
    )
    assert.deepStrictEqual(
      files.filter(({ text }) => text.includes('canary')),
      []
    )
  })

  it('takes a variable with the value of another secret for one', () => {
    const customerVariables = { ApiKey: nasty, Region: 'EMEA', Copy: 'canary-1' }
    const all = named([connectionOf({ carrierUserPassword: 'canary-1', sbcScripts: { customerVariables } })])
    assert.deepStrictEqual(
      all.flatMap(({ secrets }) => secrets.map(({ key, value }) => [key, value])),
      [
        ['acme-branch-07_carrierUserPassword', 'canary-1'],
        ['acme-branch-07_ApiKey', nasty],
        ['acme-branch-07_Copy', 'canary-1']
      ]
    )
    const form = (value: string) => ({
      '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
      plaintext: JSON.stringify(value)
    })
    const { resources } = JSON.parse(importFile(all)) as {
      resources: ReadonlyArray<Record<'inputs' | 'outputs', object>>
    }
    const inputs = {
      __provider: 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;',
      customerGuid,
      siteName: 'branch-07',
      sbcId: 3,
      adopt: siteGuid,
      carrierUserPassword: form('canary-1'),
      sbcScripts: { customerVariables: { ApiKey: form(nasty), Region: 'EMEA', Copy: form('canary-1') } }
    }
    assert.deepStrictEqual(resources, [
      {
        type: 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection',
        name: 'acme-branch-07',
        id: siteGuid,
        inputs,
        outputs: { ...inputs, platform: 'https://live.example.net/tenantui' }
      }
    ])
  })

  it('comes with the settings that steer its requests', () => {
    const settings = testSettings({ modifyBody: 'scriptParameters', clearWith: 'null', maxRetries: 1 })
    assert.deepStrictEqual(pulumiYaml('acme', settings).split('\n'), [
      'name: acme',
      'description: "SIP connections of https://live.example.net/tenantui"',
      'runtime: nodejs',
      'config:',
      '  audiocodes-live:baseUrl: "https://live.example.net/tenantui"',
      '  audiocodes-live:modifyBody: "scriptParameters"',
      '  audiocodes-live:clearWith: "null"',
      ''
    ])
  })

  it('comes with a script that hands every secret over as it is, and by no argument', () => {
    const values = [nasty, '-n', '%s\\n', 'ends\n\n', ' $(touch x) ']
    const customerVariables = Object.fromEntries(values.map((value, index) => [`Secret${index}`, value]))
    const script = secretsScript(named([connectionOf({ sbcScripts: { customerVariables } })])) ?? ''
    const project = temporaryProject()
    try {
      const node = `const fs = require('fs'); fs.appendFileSync('told', JSON.stringify([process.argv.slice(1), fs.readFileSync(0, 'utf8')]) + '\\n')`
      project.write('node.js', node)
      fs.chmodSync(
        project.write('bin/pulumi', `#!/bin/sh\nexec "${process.execPath}" -e "$(cat node.js)" -- "$@"\n`),
        0o755
      )
      project.write('secrets.sh', script)
      const PATH = `${path.join(project.directory, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`
      const { status, stderr } = spawnSync('sh', [path.join(project.directory, 'secrets.sh'), '--stack', 'a b'], {
        env: cleanEnvironment({ PATH }),
        cwd: '/',
        encoding: 'utf8'
      })
      assert.deepStrictEqual([status, stderr], [0, ''])
      const told = fs.readFileSync(path.join(project.directory, 'told'), 'utf8').trim().split('\n')
      assert.deepStrictEqual(
        told.map((line): unknown => JSON.parse(line)),
        values.map((value, index) => [
          ['config', 'set', '--secret', '--raw', '--stack', 'a b', `acme-branch-07_Secret${index}`],
          value
        ])
      )
    } finally {
      project.dispose()
    }
    assert.strictEqual(secretsScript(named([connectionOf({})])), undefined)
  })
})
