import type { ExecutionMessage } from '../Answers'

/** What the platform's execution messages mean. The conventions page of the API says that an error may come back as 200 OK. */
/** Whether the messages of a write, or the deployment state, say that the SBC is programmed. 3 was seen for deployed connections. */
export const sbcProgrammed = (
  messages: ReadonlyArray<ExecutionMessage>,
  deploymentState: string | undefined
): boolean =>
  deploymentState === '3' ||
  deploymentState?.toLowerCase() === 'deployed' ||
  messages.some(({ message }) => /\bsbc is programmed\b/i.test(message))

/** The messages with secrets replaced. */
