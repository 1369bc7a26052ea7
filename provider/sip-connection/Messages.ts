import { type ExecutionMessage, isDeployed } from '../Answers'

/** Whether the messages of a write, or the deployment state, say that the SBC is programmed. */
export const sbcProgrammed = (
  messages: ReadonlyArray<ExecutionMessage>,
  deploymentState: string | undefined
): boolean => isDeployed(deploymentState) || messages.some(({ message }) => /\bsbc is programmed\b/i.test(message))
