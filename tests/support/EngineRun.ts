import { type ChildProcess, spawn } from 'node:child_process'
import { atExit, type Exit, exitOf, pidOf, processesOfSession, signalTo, until } from './Children'

export interface RunResult extends Exit {
  readonly stdout: string
  readonly stderr: string
  /** Both, in the order of their arrival. */
  readonly output: string
}

/** The result, if the command succeeded; an error with its output otherwise. */
export const succeeded = (result: RunResult): RunResult => {
  if (result.code !== 0) throw new Error(`pulumi failed (${result.code ?? result.signal}):\n${result.output}`)
  return result
}

/** One run of the `pulumi` command, in a session (and so a process group) of its own. */
export class EngineRun {
  private stdout = ''
  private stderr = ''
  private all = ''

  /** The process id of the engine, which is also the id of its session. */
  readonly pid: number
  readonly result: Promise<RunResult>

  private readonly forget: () => void
  /** What still ran in the session when the engine had ended; `undefined` while it runs. */
  private left: readonly number[] | undefined

  private constructor(private readonly child: ChildProcess) {
    const exited = exitOf(child)
    exited.catch(() => undefined)
    this.pid = pidOf(child)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
      this.all += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
      this.all += text
    })
    this.forget = atExit(() => {
      this.end()
    })
    this.result = exited.then((exit) => {
      this.left = processesOfSession(this.pid).map(({ pid }) => pid)
      return { ...exit, stdout: this.stdout, stderr: this.stderr, output: this.all }
    })
  }

  static start(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): EngineRun {
    return new EngineRun(spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }))
  }

  /** All that it has printed so far. */
  output(): string {
    return this.all
  }

  /** Resolves when its output matches; rejects when it ends or 30 s pass before. */
  async printed(pattern: RegExp): Promise<void> {
    await until(
      `pulumi printed ${pattern.source}`,
      () => {
        if (pattern.test(this.all)) return true
        if (this.child.exitCode === null && this.child.signalCode === null) return false
        throw new Error(`pulumi ended before it printed ${pattern.source}:\n${this.all}`)
      },
      30
    )
  }

  /**
   * The process ids of its dynamic-provider servers that are alive, one for each provider instance, also after the
   * engine has died.
   */
  providers(): readonly number[] {
    return processesOfSession(this.pid)
      .filter(({ command }) => /^\S*node \S*cmd\/dynamic-provider\b/.test(command))
      .map(({ pid }) => pid)
  }

  /** Ends by force all that still runs of it, plugins included. */
  end(): void {
    this.forget()
    const now = processesOfSession(this.pid).map(({ pid }) => pid)
    // The system gives the id of an ended session to another process, unless one that was left behind still holds it.
    const ours = this.left === undefined || now.some((pid) => this.left?.includes(pid) === true)
    if (ours) for (const pid of now) signalTo(pid, 'SIGKILL')
  }

  /** A signal to the engine alone. Its plugins are in process groups of their own, so a terminal does the same. */
  kill(signal: NodeJS.Signals): void {
    signalTo(this.pid, signal)
  }
}
