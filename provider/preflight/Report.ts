import { few } from '../Words'
import type { PreflightMode } from '../Settings'
import type { Trouble } from './Trouble'

/** The texts of the preflight. Pure. */

/** A text, and how loud it is. */
export interface Said {
  readonly severity: 'info' | 'warn' | 'error'
  readonly text: string
}

const below = (lines: ReadonlyArray<string>): string => lines.map((line) => `\n    ${line}`).join('')

/** What is said of one resource, a connection or a fleet, on it. */
export const ofConnection = (mode: PreflightMode, findings: ReadonlyArray<string>): ReadonlyArray<Said> =>
  findings.length === 0 || mode === 'off'
    ? []
    : [
        {
          severity: mode === 'fail' ? 'error' : 'warn',
          text: `Preflight: what is declared does not fit the platform:${below(findings)}`
        }
      ]

const notChecked = (troubles: ReadonlyArray<Trouble>): string => {
  const down = troubles.find(({ weight }) => weight === 'platform')
  const lines = (down === undefined ? troubles : [down]).flatMap((trouble) => trouble.lines)
  return down === undefined
    ? `Preflight: not everything is compared with the platform:${below(lines)}`
    : `Preflight: the platform could not be asked, so not everything is compared with it (the setting audiocodes-live:preflight says what that means):${below(lines)}`
}

const said = (severity: Said['severity'], troubles: ReadonlyArray<Trouble>): ReadonlyArray<Said> =>
  troubles.length === 0 ? [] : [{ severity, text: notChecked(troubles) }]

/**
 * What is said of reads that failed: one warning. With `fail`, what can be put right is an error; what this platform does not have stays
 * a warning, or else nothing could be previewed any more.
 */
export const ofTroubles = (mode: PreflightMode, troubles: ReadonlyArray<Trouble>): ReadonlyArray<Said> => {
  const slight = troubles.filter(({ weight }) => weight === 'slight')
  const missing = troubles.filter(({ weight }) => weight === 'missing')
  const others = troubles.filter(({ weight }) => weight === 'platform' || weight === 'refused')
  if (mode === 'off') return []
  return mode === 'fail'
    ? [...said('error', others), ...said('warn', missing), ...said('info', slight)]
    : [...said('warn', [...others, ...missing]), ...said('info', slight)]
}

/** What a resource is, in words. */
export type Noun = 'SIP connection' | 'fleet' | 'dial plan'

/** A resource that does not fit. */
export interface Failed {
  readonly name: string
  readonly noun: Noun
}

/** What ends the run of a program some of whose resources have findings, beside what is said of them. */
export const ofFailure = (failed: ReadonlyArray<Failed>): Said => {
  const [noun, ...others] = new Set(failed.map((each) => each.noun))
  const what = noun === undefined || others.length > 0 ? 'resource' : noun
  const names = failed.map(({ name }) => name).sort()
  return {
    severity: 'error',
    text: `Preflight: ${names.length === 1 ? `a ${what} does` : `${names.length} ${what}s do`} not fit the platform (${few(names)}), and audiocodes-live:preflight is fail`
  }
}

/** What looks odd and may be right, with the names of the resources that it is about. */
export const ofNotices = (notices: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<Said> =>
  notices.size === 0
    ? []
    : [
        {
          severity: 'info',
          text: `Preflight: please compare:${below([...notices].map(([text, names]) => `${text} (${few(names)})`))}`
        }
      ]
