import { execFile } from 'node:child_process'

/** What a preview in a process of its own has said, and what nobody handled in it. */
export interface Previewed {
  readonly said: ReadonlyArray<string>
  readonly unhandled: ReadonlyArray<string>
}

/** Previews a program (`PreviewProcess`) in a process of its own. */
export const previewed = (program: string, ...args: ReadonlyArray<string>): Promise<Previewed> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      if (error !== null || err !== '') reject(new Error(`${error?.message ?? ''}\n${err}`))
      else resolve(JSON.parse(out) as Previewed)
    })
  })
