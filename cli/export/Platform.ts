import * as E from 'fp-ts/Either'
import { settingsFrom } from '../../provider/Config'
import type { Env } from '../../provider/Env'
import { liveEnv } from '../../provider/Live'
import { readingOnly } from '../state/ReadingOnly'

/** The capabilities to read with, as the environment configures them. There is no stack yet. */
export const platform = (environment: Readonly<Partial<Record<string, string>>>, warn: (text: string) => void): Env => {
  const settings = settingsFrom({ stack: {}, environment })
  if (E.isLeft(settings)) throw new Error(settings.left.text)
  return liveEnv(readingOnly(settings.right), { engineIsAlive: () => true, warn, run: {} })
}
