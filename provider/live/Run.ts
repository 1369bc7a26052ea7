/** The environment of this process, read at call time. */
export const environment = (): Readonly<Partial<Record<string, string>>> => process.env

const variablesOfTheRun = [
  'PULUMI_PROJECT',
  'PULUMI_STACK',
  'CI',
  'GITHUB_RUN_ID',
  'GITHUB_SHA',
  'CI_JOB_ID',
  'CI_COMMIT_SHA',
  'BUILD_BUILDID',
  'BUILD_SOURCEVERSION'
]

/** What the environment tells of the run, for the audit log. */
export const runOfTheEnvironment = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    variablesOfTheRun.flatMap((name) => {
      const value = process.env[name] ?? ''
      return value === '' ? [] : [[name, value]]
    })
  )
