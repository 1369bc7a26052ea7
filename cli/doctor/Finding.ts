import { type Subject, errorText } from '../../provider/ErrorText'
import type { ProviderError } from '../../provider/Errors'

/** How a check ended. A warning is something to know; a failure keeps the provider from working. */
export type Outcome = 'ok' | 'warning' | 'failed' | 'skipped'

/** The groups of checks, in their order. */
export const groups = {
  way: 'Configuration, and the way to the platform',
  lookups: 'Calls that read',
  readings: 'How this platform reads what the documentation leaves open',
  lab: 'Lab'
} as const

export type Group = keyof typeof groups

/** What a check found. */
export interface Finding {
  readonly group: Group
  readonly check: string
  readonly outcome: Outcome
  /** One line. */
  readonly found: string
  /** Further lines. */
  readonly details: ReadonlyArray<string>
  /** What to do; for a warning or a failure. */
  readonly next?: string
}

/** A finding without secrets. */
export const scrubbed = (each: Finding, scrub: (text: string) => string): Finding => ({
  ...each,
  found: scrub(each.found),
  details: each.details.map(scrub),
  ...(each.next === undefined ? {} : { next: scrub(each.next) })
})

type More = Partial<Pick<Finding, 'details' | 'next'>>

/** A maker of findings of one check. */
export const finding =
  (group: Group, check: string) =>
  (outcome: Outcome, found: string, { details = [], next }: More = {}): Finding => ({
    group,
    check,
    outcome,
    found,
    details,
    ...(next === undefined ? {} : { next })
  })

/** An error in the terms of a finding. The words are those of every other error; lines about the effect of a read are left out. */
export const explained = (
  call: string,
  error: ProviderError,
  now: number
): Pick<Finding, 'found' | 'details'> & { readonly next?: string } => {
  const subject: Subject = { kind: 'lookup', lookup: call }
  const { headline, details } = errorText(subject, error, false, now)
  const next = details.find((line) => line.startsWith('Next: '))?.slice('Next: '.length)
  return {
    found: headline.slice(headline.indexOf(' failed: ') + ' failed: '.length),
    details: details.filter((line) => !/^(Applied|Next): /.test(line)),
    ...(next === undefined ? {} : { next: next.replace(/\.$/, '') })
  }
}

/** 1 when a check failed. */
export const exitCodeOf = (findings: ReadonlyArray<Finding>): number =>
  findings.some(({ outcome }) => outcome === 'failed') ? 1 : 0
