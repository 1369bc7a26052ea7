import type { ExecutionMessage } from './Wire'

/** What the platform's execution messages mean. The conventions page of the API says that an error may come back as 200 OK. */

/** The texts of the messages of level `Error`, with secrets replaced: an SBC script may print what it was given. */
export const errorTexts = (
  messages: ReadonlyArray<ExecutionMessage>,
  scrub: (text: string) => string
): ReadonlyArray<string> => messages.filter(({ level }) => level === 'Error').map(({ message }) => scrub(message))

/** Whether the messages of a write, or the deployment state, say that the SBC is programmed. 3 was seen for deployed connections. */
export const sbcProgrammed = (
  messages: ReadonlyArray<ExecutionMessage>,
  deploymentState: string | undefined
): boolean =>
  deploymentState === '3' ||
  deploymentState?.toLowerCase() === 'deployed' ||
  messages.some(({ message }) => /\bsbc is programmed\b/i.test(message))

/** The messages with secrets replaced. */
export const scrubbed = (
  messages: ReadonlyArray<ExecutionMessage>,
  scrub: (text: string) => string
): ReadonlyArray<ExecutionMessage> => messages.map(({ level, message }) => ({ level, message: scrub(message) }))
