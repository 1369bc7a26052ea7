// All sites in one resource.
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as live from 'pulumi-audiocodes-live'

const sites = JSON.parse(fs.readFileSync(path.join(__dirname, 'sites.json'), 'utf8')) as live.SipConnectionFleetArgs

new live.SipConnectionFleet('fleet', { ...sites, rollout: { maxParallel: 20 } })
