import * as E from 'fp-ts/Either'
import { settingsFrom } from '../../provider/Config'
import type { Env } from '../../provider/Env'
import { liveEnv } from '../../provider/Live'
import type { Settings } from '../../provider/Settings'

/** Reading is all that is done, and no file is written that nobody named on the command line. */
const readingOnly = ({ trace: _trace, audit: _audit, ...settings }: Settings): Settings => ({
  ...settings,
  readOnly: true
})

/** The capabilities to read with, as the environment configures them. There is no stack yet. */
export const platform = (environment: Readonly<Partial<Record<string, string>>>, warn: (text: string) => void): Env => {
  const settings = settingsFrom({ stack: {}, environment })
  if (E.isLeft(settings)) throw new Error(settings.left.text)
  return liveEnv(readingOnly(settings.right), { engineIsAlive: () => true, warn, run: {} })
}
