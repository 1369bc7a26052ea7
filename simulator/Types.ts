import type { ArmedFault, FaultKind } from './FaultRules'
import type { Switches } from './Switches'
import type { Table } from './Table'

/** A request as `step` sees it. The time comes in, so that every run can be repeated. */
export interface SimulatedRequest {
  /** In capitals, as HTTP has it. */
  readonly method: string
  /** Path and query as received, e.g. `/tenantui/api/v2/task/tsk_5001`. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export type Content =
  | { readonly kind: 'json'; readonly type: string; readonly value: unknown }
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | { readonly kind: 'none' }

/** What happens on the socket: the only part of a fault that is left to the server. */
export type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'half' }
  | { readonly kind: 'slow'; readonly ms: number }

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly content: Content
  /** Time to wait before the answer begins; the effect has happened already. */
  readonly delayMs: number
  readonly delivery: Delivery
  /** The scripted fault that shaped this answer. */
  readonly fault: FaultKind | null
}

export type Result = readonly [State, Answer]

/** A request that has found its route. */
export interface Call {
  readonly state: State
  readonly now: number
  /** What the groups of the route's pattern matched, decoded. */
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly contentType: string
  readonly body: string
  readonly path: string
  /** Trace id of the answer, for the error shapes that carry one. */
  readonly trace: string
}

export interface Customer {
  readonly guid: string
  readonly shortName: string
  readonly fullName: string
  /** 0 Hosted Essentials, 1 Hosted Essentials Plus, 2 Hosted Pro; 3 OC Essential, 4 OC Essential Plus, 5 OC Pro. */
  readonly licenseType: number
  readonly licensedUsersCount: number | null
  /** null: the service was made without naming a Microsoft tenant. */
  readonly msTenantId: string | null
  readonly msDefaultDomain: string | null
  readonly applicationClientId: string | null
  /** The whole secret; how much of it is shown is a switch. */
  readonly applicationClientSecret: string | null
  readonly clientSecretExpirationDate: string | null
  readonly activeUserCount: number
  /** Position in lists. */
  readonly order: number
}

export interface DialPlanPrefix {
  readonly dialPlanName: string
  readonly index: number
  readonly active: boolean
}

/** A SIP connection as the simulator keeps it: values as they were written, whatever Get makes of them. */
export interface Site {
  readonly guid: string
  readonly customerGuid: string
  readonly name: string
  readonly sbcId: number
  readonly ovocCustomerType: string
  /** 0 Unknown, 1 SIP Trunk, 2 IP-PBX, 3 BYOC. */
  readonly configurationType: number
  readonly configureSbc: boolean
  readonly enableCac: boolean
  readonly carrierRegistration: boolean
  readonly cacProfile: string | null
  readonly carrierUserName: string | null
  readonly carrierUserPassword: string | null
  readonly carrierPasswordDpi: string | null
  readonly carrierMainLine: string | null
  readonly carrierHostName: string | null
  readonly proxySet: string | null
  readonly onlinePstnGateway: string | null
  readonly phones: string | null
  readonly dialPlanPrefixes: readonly DialPlanPrefix[]
  readonly onboardingScript: number | null
  readonly cleanupScript: number | null
  readonly customerVariables: Readonly<Record<string, string>>
  readonly configureM365Routing: boolean
  readonly m365OnboardingScript: number | null
  readonly m365CleanupScript: number | null
  /** One of `deploymentStates`, or any other text for a state that nobody has heard of. */
  readonly sbcState: string
  readonly m365State: number | null
  readonly pending: readonly PendingTask[]
  /** Get answers 404 before this time. */
  readonly visibleAt: number
  /** The service details leave the site out before this time. */
  readonly detailsVisibleAt: number
  /** Position in lists. */
  readonly order: number
}

export interface PendingTask {
  readonly taskId: string
  readonly kind: TaskKind
  /** null: never ends. */
  readonly until: number | null
}

export type TaskKind = 'add' | 'modify' | 'delete' | 'service' | 'upgrade'

export interface Task {
  readonly id: string
  readonly kind: TaskKind
  /** null: the task of a service. */
  readonly siteGuid: string | null
  /** The service that a task makes or upgrades; null: the task of a site. */
  readonly customerGuid: string | null
  readonly startedAt: number
  /** null: never ends. */
  readonly endsAt: number | null
  readonly outcome: 'ok' | 'fails' | 'vanishes'
}

export interface Sbc {
  readonly id: number
  readonly name: string
  readonly fqdn: string
  readonly ipAddress: string
  readonly cacProfiles: readonly string[]
  readonly proxySets: readonly string[]
}

export interface ScriptTemplate {
  readonly id: number
  readonly name: string
  /** 0 adding and removing numbers, 1 SBC onboarding, 2 SBC cleanup, 3 M365 onboarding, 4 M365 cleanup. */
  readonly scriptType: number
  readonly description: string | null
  /** The scripts that undo this one, or that this one undoes. */
  readonly relatedScripts: readonly { readonly key: number; readonly value: string }[] | null
  /** The script's own variables; their position gives the N of `CustomVar.Variable<N>`. */
  readonly variables: readonly string[]
}

export interface Gateway {
  readonly customerGuid: string
  readonly fqdn: string
  readonly trunkModel: 'DerivedTrunk' | 'AzureAdDomainOnly'
}

export interface Trunk {
  readonly fqdn: string
  readonly id: string
  readonly sbcIds: readonly number[]
}

export interface CallingProfile {
  readonly id: string
  readonly name: string
  readonly environment: string | null
  readonly region: string | null
  readonly carrier: string | null
  readonly offerTypes: readonly string[]
  readonly emergencyDialStrings: readonly string[]
  readonly isEmergencyProfile: boolean
  readonly emergencyProfileId: string | null
  readonly trunks: readonly Trunk[]
  /** SBCs beside those of the trunks. */
  readonly additionalSbcIds: readonly number[]
}

export interface CivicAddress {
  readonly id: string
  readonly country: string
  readonly cityOrTown: string
  readonly streetName: string
  readonly houseNumber: string
  readonly postalOrZipCode: string
}

export interface Lead {
  readonly id: string
  /** Tenant of the customer at Microsoft. */
  readonly tenantId: string
  readonly status: 'Active' | 'Removed'
  /** null: no license has been applied to the lead yet. */
  readonly umpCustomerGuid: string | null
  readonly isNotActive: boolean | null
  readonly isDirectLead: boolean
  readonly companyName: string
  readonly contactName: string | null
  readonly consentedOn: string
  readonly lastModifiedOn: string
  readonly consentedCountries: readonly string[]
  readonly channelId: string | null
  readonly ovocChannelId: number | null
  readonly comments: string | null
  readonly civicAddresses: readonly CivicAddress[] | null
  /** What Microsoft knows: reading a direct lead without addresses copies them from there. */
  readonly addressesAtMicrosoft: readonly CivicAddress[]
  /** false: known to Microsoft only, until a call with `checkOnline` brings it in. */
  readonly isLocal: boolean
}

/** A telephone number acquired through Operator Connect. */
export interface OcNumber {
  readonly id: number
  /** E.164, with its plus. */
  readonly telephoneNumber: string
  readonly tenantId: string
  readonly acquiredNumberStatus: NumberStatus | null
  readonly callingProfileId: string
  readonly sbcIds: readonly number[]
  readonly isoCountryCode: string
  readonly acquiredOn: string
  /** The next three are shown by V3 only. */
  readonly umpCustomerGuid: string | null
  readonly ocSipConnectionName: string | null
  readonly tenantCallingProfileId: string | null
}

export type NumberStatus = 'Active' | 'Release Requested' | 'Marked For Removal' | 'Ready For Removal'

/** A task that nobody here started: of an upload of numbers, of a service made from a lead. */
export interface PastTask {
  readonly id: string
  readonly outcome: 'ok' | 'fails'
  readonly details: readonly (string | null)[]
  readonly executionMessages: readonly { readonly level: 'Information' | 'Error'; readonly message: string }[]
  readonly outputData: Readonly<Record<string, unknown>>
}

/** What happens to the platform when a task or a delay has run its time. */
export type Effect =
  | { readonly kind: 'siteGoes'; readonly siteGuid: string }
  | {
      readonly kind: 'serviceComes'
      readonly customer: Customer
      /** Its first connection; null: it has none yet. */
      readonly site: Site | null
      /** The lead that it is made from. */
      readonly leadId: string | null
    }
  | { readonly kind: 'serviceGoes'; readonly customerGuid: string }
  | {
      readonly kind: 'licensed'
      readonly customerGuid: string
      readonly license: Partial<Pick<Customer, 'licenseType' | 'licensedUsersCount'>>
    }

export interface Due {
  readonly at: number
  readonly effect: Effect
}

/** A rule of a dial plan: calls to numbers that begin with the prefix go to the gateway that the tag names. */
export interface DialPlanRule {
  readonly name: string
  readonly prefix: string
  /** FQDN of a derived trunk. */
  readonly tag: string
}

/** Rules by prefix, more than one of the same prefix when rules may be doubled. */
export type DialPlan = Table<readonly (DialPlanRule & { readonly order: number })[]>

/** What is the same for a whole run unless a test says otherwise, in the order in which the calls list it. */
export interface Lists {
  readonly sbcs: readonly Sbc[]
  readonly scripts: readonly ScriptTemplate[]
  readonly gateways: readonly Gateway[]
  readonly callingProfiles: readonly CallingProfile[]
  readonly leads: readonly Lead[]
  readonly numbers: readonly OcNumber[]
  readonly pastTasks: readonly PastTask[]
}

/** Everything the simulator knows. Never changed in place. */
export interface State extends Lists {
  readonly seed: number
  /** Numbers handed out so far: requests, ids and positions are counted with it. */
  readonly counter: number
  readonly switches: Switches
  readonly customers: Table<Customer>
  readonly sites: Table<Site>
  /** Customer guid to the guids of its sites. */
  readonly sitesOfCustomer: Table<Table<true>>
  /** Customer guid and site name to guids: more than one when duplicate names are allowed. */
  readonly sitesByName: Table<readonly string[]>
  readonly tasks: Table<Task>
  /** `<site guid>/<name>` to the rules; a dial plan without rules is left out. */
  readonly dialPlans: Table<DialPlan>
  /** What is under way, and when the first of it is due. */
  readonly due: readonly Due[]
  readonly nextDueAt: number
  /** Issued tokens and when they expire. */
  readonly tokens: Table<number>
  readonly faults: readonly ArmedFault[]
}
