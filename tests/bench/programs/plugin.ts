// All sites in one resource, which the plugin hosts.
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as pulumi from '@pulumi/pulumi'

const sites = JSON.parse(fs.readFileSync(path.join(__dirname, 'sites.json'), 'utf8')) as pulumi.Inputs

class Fleet extends pulumi.CustomResource {}

new Fleet('audiocodes-live:index:SipConnectionFleet', 'fleet', { ...sites, rollout: { maxParallel: 20 } })
