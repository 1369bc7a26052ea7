import { spawn } from 'node:child_process'
import { parseJson } from '../report/Input'

/** The `pulumi` command in the current directory. What it prints may hold secrets: it stays in memory. */
const pulumi = (args: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('pulumi', [...args, '--non-interactive', '--color', 'never'], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const [out, err]: [Array<Buffer>, Array<Buffer>] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.once('error', (cause) => {
      const missing = (cause as { readonly code?: string }).code === 'ENOENT'
      reject(
        new Error(
          missing
            ? 'There is no "pulumi" on PATH: install it, or give the output of "pulumi stack export" with --state <file>.'
            : `"pulumi" cannot be run: ${cause.message}`
        )
      )
    })
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'))
      else {
        const said = Buffer.concat(err).toString('utf8').trim()
        reject(new Error(`"pulumi ${args.slice(0, 2).join(' ')}" failed (${code ?? signal}): ${said}`))
      }
    })
  })

const ofStack = (stack: string | undefined): ReadonlyArray<string> => (stack === undefined ? [] : ['--stack', stack])

/** The state of a stack; of the one that is selected, when none is named. */
export const stackExport = (stack: string | undefined, showSecrets: boolean): Promise<string> =>
  pulumi(['stack', 'export', ...(showSecrets ? ['--show-secrets'] : []), ...ofStack(stack)])

/** The configuration of a stack by namespaced key, secrets in clear. */
export const stackConfig = async (stack: string | undefined): Promise<Readonly<Record<string, string>>> => {
  const text = await pulumi(['config', '--json', '--show-secrets', ...ofStack(stack)])
  // Its error holds nothing of the text, unlike that of JSON.parse.
  const json = parseJson(text, 'What pulumi printed', 'output of "pulumi config --json"') as Readonly<
    Record<string, { readonly value?: unknown } | null>
  >
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, entry]) => (typeof entry?.value === 'string' ? [[key, entry.value]] : []))
  )
}
