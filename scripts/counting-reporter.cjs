// The dot reporter, and a file with the counts for scripts/test.mjs. A run that dies half-way leaves no file, which is
// how the death is noticed.

const fs = require('node:fs')
const Mocha = require('mocha')

module.exports = class CountingReporter extends Mocha.reporters.Dot {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options)
    /** @type {{ counts?: string }} */
    const { counts } = options.reporterOptions ?? {}
    if (counts === undefined) throw new Error('--reporter-options counts=<file> is missing')
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats
      fs.writeFileSync(counts, `${passes} ${failures} ${pending}`)
    })
  }
}
