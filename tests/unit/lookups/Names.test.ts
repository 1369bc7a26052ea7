import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { refused } from '../../../provider/Errors'
import { chooseCustomer, chooseSbc, chooseScript } from '../../../provider/lookups/Names'
import type { SbcDevice } from '../../../provider/lookups/SbcDevices'
import type { ScriptKind, ScriptTemplate } from '../../../provider/lookups/ScriptTemplates'
import type { CustomerSummary } from '../../../provider/lookups/Services'
import { check } from '../../support/property'

const customer = (shortName: string | undefined, customerGuid?: string, fullName?: string): CustomerSummary => ({
  customerGuid,
  shortName,
  fullName,
  licenseType: 1
})
const script = (id: number, name: string, kind: ScriptKind): ScriptTemplate => ({
  id,
  name,
  kind,
  scriptType: undefined,
  description: undefined,
  customerVariables: undefined,
  relatedScripts: []
})
const sbc = (sbcId: number, name?: string, fqdn?: string): SbcDevice => ({
  sbcId,
  name,
  fqdn,
  ipAddress: undefined,
  cacProfiles: undefined,
  proxySets: undefined,
  source: 'device'
})
const refusal = (text: string, next: string) => E.left(refused(text, next))

describe('The guid behind a short name', () => {
  const customers = [customer('acme', 'g-1'), customer('contoso', 'g-2', 'Contoso Limited'), customer(undefined, 'g-3')]
  const next = 'correct the short name (upper and lower case count)'

  it('is that of the one service with that name', () => {
    assert.deepStrictEqual(chooseCustomer(customers, 'contoso'), E.right('g-2'))
    // A lead of the same name has none to confuse it with.
    assert.deepStrictEqual(chooseCustomer([customer('acme'), ...customers], 'acme'), E.right('g-1'))
  })

  it('is none where no service has it: the most alike are named first', () => {
    assert.deepStrictEqual(
      chooseCustomer(customers, 'Contosso'),
      refusal('there is no service with the short name "Contosso"; there are contoso, acme', next)
    )
    assert.deepStrictEqual(
      chooseCustomer(customers, 'ACME'),
      refusal('there is no service with the short name "ACME"; there are acme, contoso', next)
    )
    const many = Array.from({ length: 12 }, (_, n) => customer(`branch-${n}`, `g-${n}`))
    assert.deepStrictEqual(
      chooseCustomer(many, 'branch-x'),
      refusal(
        'there is no service with the short name "branch-x"; there are branch-0, branch-1, branch-2, branch-3, branch-4 and 7 more',
        next
      )
    )
  })

  it('is none in an empty tenant', () => {
    assert.deepStrictEqual(
      chooseCustomer([], 'acme'),
      refusal('there is no service with the short name "acme"; there are none at all', next)
    )
  })

  it('is none where two services have it', () => {
    assert.deepStrictEqual(
      chooseCustomer([...customers, customer('acme', 'g-4', 'Acme II')], 'acme'),
      refusal(
        '2 are services with the short name "acme": g-1, g-4 (Acme II)',
        'give the customerGuid of the one that is meant'
      )
    )
  })

  it('is none for a lead without a license, which the text says', () => {
    assert.deepStrictEqual(
      chooseCustomer([customer('globex'), ...customers], 'globex'),
      refusal(
        '"globex" has no customer guid: no license has been applied to the lead yet (Create Service from Lead)',
        'apply a license to the lead, and run again when the service is there'
      )
    )
  })

  it('is always that of a service with this very name', () => {
    const name = fc.constantFrom('a', 'A', 'ab', 'b', '')
    const lists = fc.array(fc.tuple(name, fc.option(fc.constantFrom('g-1', 'g-2', 'g-3'), { nil: undefined })), {
      maxLength: 6
    })
    check(
      fc.property(lists, name, (list, wanted) => {
        const guids = list.flatMap(([shortName, guid]) => (shortName === wanted && guid !== undefined ? [guid] : []))
        const chosen = chooseCustomer(
          list.map(([shortName, guid]) => customer(shortName, guid)),
          wanted
        )
        return guids.length === 1 ? E.isRight(chosen) && chosen.right === guids[0] : E.isLeft(chosen)
      })
    )
  })
})

describe('The id behind the name of a script', () => {
  const scripts = [
    script(1, 'trunk', 'SbcOnboarding'),
    script(2, 'trunk', 'SbcCleanup'),
    script(3, 'teams', 'M365Onboarding'),
    script(4, 'teams-2', 'Other')
  ]

  it('is that of the one script, of the kind that is asked for', () => {
    assert.deepStrictEqual(
      [
        chooseScript(scripts, 'teams'),
        chooseScript(scripts, 'trunk', 'SbcCleanup'),
        chooseScript(scripts, 'teams-2', 'Other')
      ],
      [E.right(3), E.right(2), E.right(4)]
    )
  })

  it('is none where several have it, of no kind or of one', () => {
    assert.deepStrictEqual(
      chooseScript(scripts, 'trunk'),
      refusal(
        '2 are scripts with the name "trunk": trunk (1, SbcOnboarding), trunk (2, SbcCleanup)',
        'say of which kind it is, or give its id'
      )
    )
    assert.deepStrictEqual(
      chooseScript([...scripts, script(9, 'trunk', 'SbcCleanup')], 'trunk', 'SbcCleanup'),
      refusal(
        '2 are scripts with the name "trunk": trunk (2, SbcCleanup), trunk (9, SbcCleanup)',
        'give the id of the one that is meant'
      )
    )
  })

  it('is none where it is of another kind', () => {
    assert.deepStrictEqual(
      chooseScript(scripts, 'teams', 'SbcOnboarding'),
      refusal(
        'no script "teams" is of kind SbcOnboarding: teams (3, M365Onboarding)',
        'correct the kind, or leave it out'
      )
    )
  })

  it('is none where no script has it: those of the kind are named', () => {
    const next = 'correct the name (upper and lower case count)'
    assert.deepStrictEqual(
      [chooseScript(scripts, 'team'), chooseScript(scripts, 'trnk', 'SbcCleanup'), chooseScript([], 'trunk')],
      [
        refusal('there is no script "team"; there are teams, teams-2, trunk', next),
        refusal('there is no script of kind SbcCleanup with the name "trnk"; there are trunk', next),
        refusal('there is no script "trunk"; there are none at all', next)
      ]
    )
  })
})

describe('The id behind the name of an SBC', () => {
  const sbcs = [sbc(3, 'frankfurt', 'sbc3.example.net'), sbc(5, 'london', 'SBC5.example.net.'), sbc(8)]

  it('is that of the one SBC with that name or host name; a host name has no case', () => {
    assert.deepStrictEqual(
      ['frankfurt', 'sbc3.example.net', 'SBC3.Example.Net.', 'sbc5.example.net'].map((name) =>
        chooseSbc(sbcs, name, true)
      ),
      [E.right(3), E.right(3), E.right(3), E.right(5)]
    )
  })

  it('is none where no SBC has it: what is known from calling profiles only is said', () => {
    const text =
      'there is no SBC with the name or host name "London"; there are london, frankfurt, sbc3.example.net, SBC5.example.net.'
    const next = 'correct the name (upper and lower case count, but in host names)'
    assert.deepStrictEqual(
      [chooseSbc(sbcs, 'London', true), chooseSbc(sbcs, 'London', false)],
      [
        refusal(text, next),
        refusal(
          text,
          `${next}. SBCs are known from calling profiles only: let audiocodes-live:sbcDevicesPath name Get SBC Devices, or give the sbcId`
        )
      ]
    )
    // The end of a host name is no host name.
    assert.ok(E.isLeft(chooseSbc(sbcs, 'example.net', true)))
  })

  it('is none where two have it', () => {
    assert.deepStrictEqual(
      chooseSbc([...sbcs, sbc(9, 'sbc3.example.net')], 'sbc3.example.net', true),
      refusal(
        '2 are SBCs with the name or host name "sbc3.example.net": 3 (frankfurt, sbc3.example.net), 9 (sbc3.example.net)',
        'give the sbcId of the one that is meant'
      )
    )
  })
})
