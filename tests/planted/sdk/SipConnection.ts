import '../provider/Settings'
import '../provider/Http' // breaks sdk-knows-no-lifecycle
import type { live } from '../provider/Live' // breaks sdk-knows-no-lifecycle
import 'node-fetch' // breaks only-live-knows-the-network
import '@pulumi/pulumi'

export type Live = typeof live
