import * as assert from 'node:assert'
import type { ScriptKind, ScriptTemplate } from '../../../provider/lookups/ScriptTemplates'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { scriptFindings } from '../../../provider/preflight/Scripts'
import { declares, unknown } from './support'

const script = (id: number, name: string, kind: ScriptKind, related: ReadonlyArray<number> = []): ScriptTemplate => ({
  id,
  name,
  kind,
  scriptType: undefined,
  description: undefined,
  customerVariables: undefined,
  relatedScripts: related.map((each) => ({ id: each, name: undefined }))
})

const scripts = [
  script(11, 'up', 'SbcOnboarding', [12]),
  script(12, 'down', 'SbcCleanup', [11]),
  script(21, 'other-up', 'SbcOnboarding', [22]),
  script(22, 'other-down', 'SbcCleanup', [21]),
  // The platform may leave the list empty, or name something else in it.
  script(31, 'lone-up', 'SbcOnboarding'),
  script(32, 'lone-down', 'SbcCleanup'),
  script(41, 'numbers-up', 'SbcOnboarding', [90, 999]),
  script(42, 'one-way-down', 'SbcCleanup', [11]),
  script(51, 'teams-up', 'M365Onboarding', [52]),
  script(52, 'teams-down', 'M365Cleanup', [51]),
  script(61, 'teams-other-up', 'M365Onboarding', [62]),
  script(62, 'teams-other-down', 'M365Cleanup', [61]),
  script(90, 'numbers', 'Numbers'),
  script(91, 'whatever', 'Other')
]

const sbcScripts = (onboardingScript?: number, cleanupScript?: number): Partial<SipConnectionArgs> => ({
  sbcScripts: {
    ...(onboardingScript === undefined ? {} : { onboardingScript }),
    ...(cleanupScript === undefined ? {} : { cleanupScript })
  }
})

const m365Scripts = (onboardingScript: number, cleanupScript: number): Partial<SipConnectionArgs> => ({
  m365Scripts: { configureM365Routing: true, onboardingScript, cleanupScript }
})

const onboarding =
  'up (11, SbcOnboarding), other-up (21, SbcOnboarding), lone-up (31, SbcOnboarding), numbers-up (41, SbcOnboarding)'
const cleanups =
  'down (12, SbcCleanup), other-down (22, SbcCleanup), lone-down (32, SbcCleanup), one-way-down (42, SbcCleanup)'

const fits: ReadonlyArray<readonly [string, Partial<SipConnectionArgs>]> = [
  ['that belong together', sbcScripts(11, 12)],
  ['on both sides', { ...sbcScripts(11, 12), ...m365Scripts(51, 52) }],
  ['of which only one names the other', sbcScripts(11, 42)],
  ['that name nothing', sbcScripts(31, 32)],
  ['that name only scripts of other kinds, or such that are not listed', sbcScripts(41, 32)],
  ['of a kind whose meaning is not known', sbcScripts(91, 90)],
  ['of which only one is declared', sbcScripts(11)],
  ['that are not declared', {}],
  ['that are not known yet', { sbcScripts: unknown }],
  ['of which one is not known yet', sbcScripts(11, unknown)]
]

const wrong: ReadonlyArray<readonly [string, Partial<SipConnectionArgs>, ReadonlyArray<string>]> = [
  [
    'that are not there',
    sbcScripts(13, 14),
    [
      `sbcScripts.onboardingScript: there is no script 13; there are ${onboarding}`,
      `sbcScripts.cleanupScript: there is no script 14; there are ${cleanups}`
    ]
  ],
  [
    'of the other side',
    { ...sbcScripts(51, 12), ...m365Scripts(51, 12) },
    [
      `sbcScripts.onboardingScript: script teams-up (51, M365Onboarding) runs on the Microsoft 365 side, and not on the SBC; there are ${onboarding}`,
      'm365Scripts.cleanupScript: script down (12, SbcCleanup) runs on the SBC, and not on the Microsoft 365 side; there are teams-down (52, M365Cleanup), teams-other-down (62, M365Cleanup)'
    ]
  ],
  [
    'that are exchanged',
    sbcScripts(12, 11),
    [
      'sbcScripts: down (12, SbcCleanup) and up (11, SbcOnboarding) are the wrong way round; exchange onboardingScript and cleanupScript'
    ]
  ],
  [
    'that do not belong together',
    sbcScripts(11, 22),
    [
      'sbcScripts: up (11, SbcOnboarding) and other-down (22, SbcCleanup) do not belong together: up belongs with down (12, SbcCleanup); other-down belongs with other-up (21, SbcOnboarding)'
    ]
  ],
  [
    'of which one belongs to another one',
    sbcScripts(11, 32),
    [
      'sbcScripts: up (11, SbcOnboarding) and lone-down (32, SbcCleanup) do not belong together: up belongs with down (12, SbcCleanup)'
    ]
  ],
  [
    'that do not belong together on the Microsoft 365 side',
    m365Scripts(51, 62),
    [
      'm365Scripts: teams-up (51, M365Onboarding) and teams-other-down (62, M365Cleanup) do not belong together: teams-up belongs with teams-down (52, M365Cleanup); teams-other-down belongs with teams-other-up (61, M365Onboarding)'
    ]
  ]
]

describe('Preflight: scripts', () => {
  for (const [what, args] of fits) {
    it(`${what} fit`, () => {
      assert.deepStrictEqual(scriptFindings(declares(args), scripts), [])
    })
  }
  for (const [what, args, expected] of wrong) {
    it(`${what} are told`, () => {
      assert.deepStrictEqual(scriptFindings(declares(args), scripts), expected)
      // A list without any script tells nothing.
      assert.deepStrictEqual(scriptFindings(declares(args), []), [])
    })
  }
})
