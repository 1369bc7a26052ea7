// The long form of the tests that chance decides: many more fault schedules on all three levels, the fault matrix, the search for secrets, and the
// memory of a process over many operations. Writes docs/soak.md, also when something failed, and ends with exit code 1 then.
//
// Usage: node scripts/soak.mjs
//        SCHEDULES_CORE, SCHEDULES_FLEETS, SCHEDULES_RESOURCES, SCHEDULES_PROTOCOL, SCHEDULES_ENGINE   schedules of a level; default
//        20000, 20000, 20000, 500, 60
//        FAST_CHECK_SEED                                        the seed of all of them; default: chance

import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import * as prettier from 'prettier'

const root = path.dirname(import.meta.dirname)
process.chdir(root)

const counts = {
  SCHEDULES_CORE: '20000',
  SCHEDULES_FLEETS: '20000',
  SCHEDULES_RESOURCES: '20000',
  SCHEDULES_PROTOCOL: '500',
  SCHEDULES_ENGINE: '60'
}
const environment = { ...counts, ...process.env }

/** @param {string[]} args @returns {Promise<{ code: number, output: string, seconds: number }>} */
const run = (args) =>
  new Promise((resolve, reject) => {
    const began = Date.now()
    const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (data) => {
      output += String(data)
      process.stdout.write(String(data))
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output, seconds: (Date.now() - began) / 1000 }))
  })

/** @param {string | number} number */
const grouped = (number) => Number(number).toLocaleString('en-US')

/** @param {string} output */
const schedulesOf = (output) =>
  [
    ...output.matchAll(
      /^[ .!]*(\w.*): (\d+) schedules, seed (\d+), (\d+) operations, (\d+) faults struck, (\d+) kills, (\d+) adopted$/gm
    )
  ].map(
    ([, level = '', schedules = '', seed = '', ...rest]) =>
      `| ${[level, grouped(schedules), seed, ...rest.map(grouped)].join(' | ')} |`
  )

/** @param {string} output @returns {string[]} a row a suite, with its last line of the summary */
const suitesOf = (output) =>
  ['schedules', 'faults', 'secrets'].map((suite) => {
    const counted = [
      ...output.matchAll(new RegExp(`^(?:ok    |FAILED) ${suite} +(\\d+) passed, (\\d+) failed`, 'gm'))
    ].at(-1)
    return `| ${suite} | ${counted?.[1] ?? 'none'} | ${counted?.[2] ?? 'none'} |`
  })

const suites = await run(['scripts/test.mjs', 'schedules', 'faults', 'secrets'])
const endurance = await run(['dist/tests/bench/run.js', 'endurance'])
const memory = /(reached|not reached|unclear) +(Growth of the heap.*)\n +(.*)/.exec(endurance.output)

const version = spawnSync('.engine/bin/pulumi', ['version'], { encoding: 'utf8' }).stdout.trim()
const page = `# The long tests

Written by \`make soak\`, on ${new Date().toISOString().slice(0, 10)}: ${os.availableParallelism()} cores, Node.js ${process.version}, Pulumi ${version}, ${Math.round((suites.seconds + endurance.seconds) / 60)} minutes.

A schedule is a random sequence of changes of the program, changes in the portal, faults of the platform and kills, and ends with an \`up\` on a platform without faults. It
passes when the platform then holds exactly what is declared (nothing lost, nothing twice), a preview is empty, no secret stood in any text, nothing was
sent after the engine's death, and nothing hung. The same seed repeats the schedules: \`FAST_CHECK_SEED=… make soak\`.

| level | schedules | seed | operations | faults struck | kills | taken over with \`adopt\` |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${schedulesOf(suites.output).join('\n')}

| suite | passed | failed |
| --- | ---: | ---: |
${suitesOf(suites.output).join('\n')}

${memory === null ? 'The memory was not measured.' : `${memory[2]}: ${memory[1]}. ${memory[3]}.`}
`

const file = 'docs/soak.md'
fs.writeFileSync(file, await prettier.format(page, { ...(await prettier.resolveConfig(file)), filepath: file }))
console.log(`\nwritten: ${file}`)
process.exitCode = suites.code === 0 && endurance.code === 0 ? 0 : 1
