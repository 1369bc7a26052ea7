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

/** Besides: who started the run, and where it is to be found. */
const variablesOfTheReport = [
  'PULUMI_ORGANIZATION',
  ...variablesOfTheRun,
  'GITHUB_ACTOR',
  'GITHUB_SERVER_URL',
  'GITHUB_REPOSITORY',
  'GITHUB_REF_NAME',
  'GITHUB_WORKFLOW',
  'GITLAB_USER_LOGIN',
  'CI_JOB_URL',
  'CI_COMMIT_REF_NAME',
  'BUILD_REQUESTEDFOR',
  'BUILD_SOURCEBRANCHNAME',
  'BUILD_REPOSITORY_NAME'
]

const valuesOf = (names: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name] ?? ''
      return value === '' ? [] : [[name, value]]
    })
  )

/** What the environment tells of the run, for the audit log. */
export const runOfTheEnvironment = (): Readonly<Record<string, string>> => valuesOf(variablesOfTheRun)

/** What the environment tells of the run, for the change report. */
export const runForTheReport = (): Readonly<Record<string, string>> => valuesOf(variablesOfTheReport)
