import * as fs from 'node:fs'
import { Agent } from 'node:http'
import fetch from 'node-fetch'
import { STATIC_TOKEN } from '../../../simulator'
import type { Chain, chainsOf } from './Chains'

/**
 * The process that a fleet is measured against: the same requests by nothing but node-fetch in a loop, over connections that are kept.
 * Prints the milliseconds that they took.
 *
 * Usage: node bare-process.js <base URL> <file with chains> <chains at a time>
 */

const [baseUrl = '', file = '', atATime = ''] = process.argv.slice(2)

const agent = new Agent({ keepAlive: true })

const follow = async (chain: Chain): Promise<void> => {
  let site = ''
  for (const { method, path, body } of chain) {
    const response = await fetch(new URL(path.replace('{site}', site), baseUrl), {
      method,
      agent,
      headers: { authorization: `Bearer ${STATIC_TOKEN}`, 'content-type': 'application/json' },
      ...(body === '' ? {} : { body })
    })
    const answer = (await response.json()) as { readonly siteGuid?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    site = answer.siteGuid ?? site
  }
}

const main = async (): Promise<void> => {
  const { before, each } = JSON.parse(fs.readFileSync(file, 'utf8')) as ReturnType<typeof chainsOf>
  const began = performance.now()
  await follow(before)
  let next = 0
  const worker = async (): Promise<void> => {
    for (let chain = each[next++]; chain !== undefined; chain = each[next++]) await follow(chain)
  }
  await Promise.all(Array.from({ length: Number(atATime) }, worker))
  console.log(performance.now() - began)
  process.exit(0)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
