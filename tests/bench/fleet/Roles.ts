/** What a process is to the run of an engine. `program`: the user's program with its language host; Terraform has none. */
export type Role = 'engine' | 'provider' | 'program'

export const roles: readonly Role[] = ['engine', 'provider', 'program']

const patterns: ReadonlyArray<readonly [RegExp, Role]> = [
  [/^\S*\/terraform-provider-\S+/, 'provider'],
  [/^\S*node \S*cmd\/dynamic-provider\b/, 'provider'],
  [/^\S*node \S*\/pulumi-resource-audiocodes-live\b/, 'provider'],
  [/^\S*node \S*cmd\/run\b/, 'program'],
  [/^\S*\/pulumi-language-\S+/, 'program'],
  [/^\S*\/(pulumi|terraform)( |$)/, 'engine']
]

/** By the command line; undefined for others, such as the shell that starts a provider. */
export const roleOf = (command: string): Role | undefined => patterns.find(([pattern]) => pattern.test(command))?.[1]

/** The most that one process of a role took. */
export interface Used {
  /** Resident memory at its highest, in 10^6 bytes. */
  readonly megabytes: number
  /** Processor time in seconds. */
  readonly processor: number
}

export type Usage = Readonly<Record<Role, Used>>

/** What a process had taken when it was looked at. */
export interface Look extends Used {
  readonly role: Role
}

/** Both only grow as long as a process lives, so the highest values are the last ones. */
export const usageOf = (looks: readonly Look[]): Usage => {
  const of = (role: Role): Used => {
    const own = looks.filter((look) => look.role === role)
    const highest = (key: keyof Used): number => own.reduce((most, look) => Math.max(most, look[key]), 0)
    return { megabytes: highest('megabytes'), processor: highest('processor') }
  }
  return { engine: of('engine'), provider: of('provider'), program: of('program') }
}
