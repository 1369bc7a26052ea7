import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb'
import '@pulumi/pulumi' // breaks plugin-knows-the-protocol-only
import '../../sdk/SipConnection' // breaks plugin-knows-the-protocol-only

export const service = ResourceProviderService
