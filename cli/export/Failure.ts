import { type ErrorText, type Subject, errorText } from '../../provider/ErrorText'
import type { ProviderError } from '../../provider/Errors'

/** What is left out, and why. */
export type Failure = ErrorText

/** Lines that speak of what a run of the engine has changed, and of repeating it. */
const ofTheEngine = /^(Applied:|Next: run "pulumi refresh")/

export const failureOf = (subject: Subject, error: ProviderError, now: number): Failure => {
  const { headline, details } = errorText(subject, error, false, now)
  return { headline, details: details.filter((line) => !ofTheEngine.test(line)) }
}
