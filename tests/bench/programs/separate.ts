// A resource a site.
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as live from 'pulumi-audiocodes-live'

interface Sites {
  readonly defaults: live.SipConnectionArgs
  readonly connections: Readonly<Record<string, Partial<live.SipConnectionArgs>>>
}

const { defaults, connections } = JSON.parse(fs.readFileSync(path.join(__dirname, 'sites.json'), 'utf8')) as Sites

for (const [name, site] of Object.entries(connections)) new live.SipConnection(name, { ...defaults, ...site })
