import type { Settings } from '../../provider/Settings'

/** Reading is all that is done, and no file is written that nobody named on the command line. */
export const readingOnly = ({ trace: _trace, audit: _audit, report: _report, ...settings }: Settings): Settings => ({
  ...settings,
  readOnly: true
})
