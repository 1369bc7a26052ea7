import { readInput } from '../report/Input'
import { planComment } from './Comment'
import { type Plan, mayAffectCalls, planOf } from './Plan'
import { parsePreview } from './Preview'
import { planText } from './Text'

export const formats = ['markdown', 'text', 'json'] as const
export type Format = (typeof formats)[number]

const render: Readonly<Record<Format, (plan: Plan) => string>> = {
  markdown: (plan) => planComment(plan),
  text: planText,
  json: (plan) => `${JSON.stringify(plan, null, 2)}\n`
}

/** Prints the plan of a preview; the answer is the exit code. */
export const runPlan = async (file: string, format: Format, exitCode: boolean): Promise<number> => {
  const plan = planOf(parsePreview(await readInput(file), file))
  process.stdout.write(render[format](plan))
  if (plan.errors.length > 0) return 1
  return exitCode && plan.changes.some(mayAffectCalls) ? 2 : 0
}
