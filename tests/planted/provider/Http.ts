import type { Response } from 'node-fetch'
import type { Settings } from './Settings'
import 'node-fetch' // breaks only-live-knows-the-network
import 'https-proxy-agent' // breaks only-live-knows-the-network
import 'node:fs' // breaks only-live-knows-the-machine
import 'node:fs/promises' // breaks only-live-knows-the-machine
import 'http' // breaks only-live-knows-the-machine
import 'node:child_process' // breaks only-live-knows-the-machine
import 'node:crypto'
import type { CustomResource } from '@pulumi/pulumi' // breaks core-knows-no-host
import '../cli/Target' // breaks core-knows-no-host
import '../simulator/Target' // breaks core-knows-no-host
import '../tests/Support' // breaks core-knows-no-host, tests-are-leaves

export type Send = (settings: Settings, resource: CustomResource) => Promise<Response>
