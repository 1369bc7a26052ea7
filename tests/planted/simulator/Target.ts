import 'node:http'
import '../provider/Settings' // breaks simulator-knows-no-provider
import '../sdk/Target' // breaks simulator-knows-no-provider
import 'http-proxy-agent' // breaks only-live-knows-the-network
