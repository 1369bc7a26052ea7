import { InvalidArgumentError } from 'commander'

/** A variable of a pipeline that is not set must not mean the selected stack. */
export const stackName = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('It is empty: name a stack, or leave the option out.')
  return given
}
