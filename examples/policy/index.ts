import { PolicyPack } from '@pulumi/policy'
import { policies } from './policies'

// Its constructor is all that the engine asks for: it serves the policies.
new PolicyPack('audiocodes-live', { policies })
