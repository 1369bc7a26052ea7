import * as assert from 'node:assert'
import { initialState } from '../../simulator'
import type { Switches } from '../../simulator'
import { refused, session } from './support'

const script = (id: number, name: string, scriptType: number, ...related: readonly (readonly [number, string])[]) => ({
  id,
  name,
  scriptType,
  description: null,
  script: null,
  customerVariables: null,
  relatedScripts: related.length === 0 ? null : related.map(([key, value]) => ({ key, value }))
})

const legacy = [
  [15001, 'legacy-onboarding'],
  [15002, 'legacy-onboarding']
] as const

const all = [
  script(10007, 'hosted-onboarding', 1, [10700, 'hosted-cleanup']),
  script(10700, 'hosted-cleanup', 2, [10007, 'hosted-onboarding']),
  script(12001, 'trunk-onboarding', 1, [12002, 'trunk-cleanup']),
  script(12002, 'trunk-cleanup', 2, [12001, 'trunk-onboarding']),
  script(13001, 'teams-onboarding', 3, [13002, 'teams-cleanup']),
  script(13002, 'teams-cleanup', 4, [13001, 'teams-onboarding']),
  script(14001, 'oc-add-numbers', 0),
  script(14002, 'oc-remove-numbers', 0),
  script(15001, 'legacy-onboarding', 1, [15003, 'legacy-cleanup']),
  script(15002, 'legacy-onboarding', 1, [15003, 'legacy-cleanup']),
  script(15003, 'legacy-cleanup', 2, ...legacy)
]

const path = 'v2/scripttemplates'
const list = (query: string, switches: Partial<Switches> = {}) => session(switches).send('GET', `${path}?${query}`)
const ids = (query: string) => (list(query).body as { id: number }[]).map(({ id }) => id)

describe('simulator: script templates', () => {
  it('with all details, the first page and the second', () => {
    assert.deepStrictEqual(list('scriptType=Any&allDetails=true'), { status: 200, body: all.slice(0, 10) })
    assert.deepStrictEqual(list('scriptType=Any&allDetails=true&PageNumber=1'), { status: 200, body: all.slice(10) })
  })

  it('without a query', () => {
    assert.deepStrictEqual(session().send('GET', path), {
      status: 200,
      body: all.slice(0, 10).map((each) => ({ ...each, relatedScripts: null }))
    })
  })

  const kinds: readonly [string, readonly number[]][] = [
    ['Any', [10007, 10700, 12001, 12002, 13001, 13002, 14001, 14002, 15001, 15002, 15003]],
    ['SBC', [10007, 10700, 12001, 12002, 14001, 14002, 15001, 15002, 15003]],
    ['M365', [13001, 13002]],
    ['m365', [13001, 13002]]
  ]
  for (const [scriptType, expected] of kinds) {
    it(`scriptType=${scriptType}`, () => assert.deepStrictEqual(ids(`scriptType=${scriptType}&PageSize=50`), expected))
  }

  it('relatedScripts: always', () => {
    const switches = { relatedScripts: 'always' } as const
    assert.deepStrictEqual(list('PageSize=11', switches).body, all)
    assert.deepStrictEqual(list('PageSize=11&allDetails=true', switches).body, all)
  })

  it('scriptDetails: text and variables, for allDetails=true only', () => {
    const [shown] = list('allDetails=true', { scriptDetails: 'shown' }).body as object[]
    assert.deepStrictEqual(shown, { ...all[0], script: '# hosted-onboarding', customerVariables: ['Region'] })
    const [brief] = list('', { scriptDetails: 'shown', relatedScripts: 'always' }).body as object[]
    assert.deepStrictEqual(brief, all[0])
  })

  it('refuses an unknown type and a flag that is none', () => {
    refused(list('scriptType=Sbcs'), { scriptType: ['The value must be one of Any, SBC, M365.'] })
    refused(list('scriptType=1'), { scriptType: ['The value must be one of Any, SBC, M365.'] })
    refused(list('allDetails=yes'), { allDetails: ['The value must be true or false.'] })
  })

  it('without any', () => {
    assert.deepStrictEqual(session({}, { ...initialState(), scripts: [] }).send('GET', path), { status: 200, body: [] })
  })
})
