import { now } from '../../provider/Live'
import { slots } from '../../provider/live/Slots'
import { readInput } from '../report/Input'
import { checkOutputs, writeOutput } from '../report/OutputFiles'
import { progress } from '../report/Progress'
import { stackConfig, stackExport } from '../state/Pulumi'
import { parseExport } from '../state/StackExport'
import { compare } from './Compare'
import { withConnections } from './Fleets'
import { reportJson, reportJunit, reportMarkdown, reportText } from './Outputs'
import { platforms } from './Platforms'
import { exitCodeOf, reportOf } from './Report'

export interface DriftOptions {
  readonly state?: string
  readonly stack?: string
  readonly showSecrets?: boolean
  readonly json?: string
  readonly markdown?: string
  readonly junit?: string
}

/** Resources that are read at the same time; how many requests a second that makes is the setting `requestsPerSecond`. */
const concurrency = 8

const forms = { json: reportJson, markdown: reportMarkdown, junit: reportJunit } as const
const formNames = Object.keys(forms) as ReadonlyArray<keyof typeof forms>

/** With a file for the state, the configuration of a stack is read only when the stack is named: the file may be of another project. */
const inputs = async ({ state, stack, showSecrets }: DriftOptions) =>
  state === undefined
    ? {
        text: await stackExport(stack, showSecrets === true),
        from: 'What pulumi printed',
        config: await stackConfig(stack)
      }
    : { text: await readInput(state), from: state, config: stack === undefined ? {} : await stackConfig(stack) }

/** Compares a state with the platform and reports; the answer is the exit code. */
export const runDrift = async (options: DriftOptions): Promise<number> => {
  const files = formNames.flatMap((form) => {
    const file = options[form]
    return file === undefined ? [] : [{ form, file }]
  })
  checkOutputs(files.map(({ file }) => file))
  const { text, from, config } = await inputs(options)
  const ours = withConnections(parseExport(text, from))
  const shown = progress(
    `Reading ${ours.managed.some(({ kind }) => kind !== 'sipConnection') ? 'resources' : 'SIP connections'}`,
    ours.managed.length
  )
  const envOf = platforms(ours, config, process.env, shown.note)
  const { hold } = slots()
  const results = await Promise.all(
    ours.managed.map((resource) =>
      hold('read', concurrency, async () => {
        const result = await compare(resource, envOf(resource), now)
        shown.step()
        return result
      })
    )
  )
  shown.end()
  const report = reportOf(ours, results)
  for (const { form, file } of files) writeOutput(file, forms[form](report))
  process.stdout.write(reportText(report))
  return exitCodeOf(report)
}
