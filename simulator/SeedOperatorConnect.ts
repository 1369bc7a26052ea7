/** What a fresh simulator holds of Operator Connect: calling profiles, leads, numbers and tasks of the past. Made up throughout. */
import { customerGuids, tenants } from './Seed'
import type { CallingProfile, CivicAddress, Lead, OcNumber, PastTask } from './Types'

/** Calling profiles by name. */
export const callingProfileIds = {
  'oc-emea': 'eeeeeeee-0000-4000-8000-000000000001',
  'oc-emergency': 'eeeeeeee-0000-4000-8000-000000000002'
} as const

const trunk = (n: number, fqdn: string, sbcIds: readonly number[]) => ({
  fqdn,
  id: `eeeeeeee-0001-4000-8000-00000000000${n}`,
  sbcIds
})

/** SBC 3 is in two profiles, and one trunk ends at two SBCs. */
export const callingProfiles: readonly CallingProfile[] = [
  {
    id: callingProfileIds['oc-emea'],
    name: 'oc-emea',
    environment: null,
    region: 'EMEA',
    carrier: null,
    offerTypes: ['Calling', 'AudioConferencing'],
    emergencyDialStrings: ['112'],
    isEmergencyProfile: false,
    emergencyProfileId: callingProfileIds['oc-emergency'],
    trunks: [trunk(1, 'sbc3.provider.example', [3]), trunk(2, 'oc.provider.example', [5, 8])],
    additionalSbcIds: [3, 8]
  },
  {
    id: callingProfileIds['oc-emergency'],
    name: 'oc-emergency',
    environment: null,
    region: null,
    carrier: null,
    offerTypes: ['Calling'],
    emergencyDialStrings: [],
    isEmergencyProfile: true,
    emergencyProfileId: null,
    trunks: [trunk(3, 'emergency.provider.example', [3])],
    additionalSbcIds: []
  }
]

const address = (n: number, country: string, cityOrTown: string, postalOrZipCode: string): CivicAddress => ({
  id: `dddddddd-0001-4000-8000-00000000000${n}`,
  country,
  cityOrTown,
  streetName: 'Example Street',
  houseNumber: String(n),
  postalOrZipCode
})

const never = '0001-01-01T00:00:00'

export const leads: readonly [Lead, ...Lead[]] = [
  {
    id: 'dddddddd-0000-4000-8000-000000000001',
    tenantId: tenants.initech,
    status: 'Active',
    umpCustomerGuid: customerGuids.initech,
    isNotActive: false,
    isDirectLead: false,
    companyName: 'Initech',
    contactName: 'Bill Example',
    consentedOn: '2024-04-03T13:32:12.8286742Z',
    lastModifiedOn: '2024-04-04T08:00:00Z',
    consentedCountries: ['DE', 'GB'],
    channelId: '15',
    ovocChannelId: 15,
    comments: null,
    civicAddresses: [address(1, 'DE', 'Berlin', '10115')],
    addressesAtMicrosoft: [],
    isLocal: true
  },
  // No license has been applied yet. Reading it fetches its addresses.
  {
    id: 'dddddddd-0000-4000-8000-000000000002',
    tenantId: tenants.globex,
    status: 'Active',
    umpCustomerGuid: null,
    isNotActive: null,
    isDirectLead: true,
    companyName: 'Globex',
    contactName: null,
    consentedOn: never,
    lastModifiedOn: never,
    consentedCountries: ['FR'],
    channelId: null,
    ovocChannelId: null,
    comments: null,
    civicAddresses: null,
    addressesAtMicrosoft: [address(2, 'FR', 'Paris', '75001')],
    isLocal: true
  },
  {
    id: 'dddddddd-0000-4000-8000-000000000003',
    tenantId: tenants.umbrella,
    status: 'Removed',
    umpCustomerGuid: customerGuids.umbrella,
    isNotActive: true,
    isDirectLead: false,
    companyName: 'Umbrella Holding',
    contactName: 'Alice Example',
    consentedOn: '2021-12-21T13:50:02.7271943Z',
    lastModifiedOn: '2022-02-23T11:56:01.5948813Z',
    consentedCountries: [],
    channelId: null,
    ovocChannelId: null,
    comments: 'left at the end of 2022',
    civicAddresses: null,
    addressesAtMicrosoft: [],
    isLocal: true
  },
  {
    id: 'dddddddd-0000-4000-8000-000000000004',
    tenantId: tenants.soylent,
    status: 'Active',
    umpCustomerGuid: null,
    isNotActive: null,
    isDirectLead: false,
    companyName: 'Soylent',
    contactName: null,
    consentedOn: '2025-01-15T10:30:00Z',
    lastModifiedOn: '2025-01-15T10:30:00Z',
    consentedCountries: ['GB'],
    channelId: null,
    ovocChannelId: null,
    comments: null,
    civicAddresses: null,
    addressesAtMicrosoft: [],
    isLocal: false
  }
]

const number = (id: number, telephoneNumber: string, more: Partial<OcNumber> = {}): OcNumber => ({
  id,
  telephoneNumber,
  tenantId: tenants.initech,
  acquiredNumberStatus: 'Active',
  callingProfileId: callingProfileIds['oc-emea'],
  sbcIds: [3],
  isoCountryCode: 'DE',
  acquiredOn: '2024-04-04T12:21:56.6005305+00:00',
  umpCustomerGuid: customerGuids.initech,
  ocSipConnectionName: null,
  tenantCallingProfileId: null,
  ...more
})

/** Four of initech, one of them not yet looked at by Microsoft (no status), and one of umbrella, which no service holds. */
export const numbers: readonly [OcNumber, ...OcNumber[]] = [
  number(125001, '+493023125001', { ocSipConnectionName: 'initech', tenantCallingProfileId: 'emea-1' }),
  number(125002, '+493023125002', { sbcIds: [3, 5] }),
  number(125003, '+442079460003', { acquiredNumberStatus: 'Release Requested', isoCountryCode: 'GB', sbcIds: [5] }),
  number(125004, '+442079460004', { acquiredNumberStatus: null, isoCountryCode: 'GB', sbcIds: [] }),
  number(125005, '+493023125005', {
    tenantId: tenants.umbrella,
    acquiredNumberStatus: 'Ready For Removal',
    umpCustomerGuid: null
  })
]

/** Tasks of the past by what they did. */
export const pastTaskIds = {
  conversion: 'wst_ffffffff-0000-4000-8000-000000000001',
  upload: 'tsk_msjob_ffffffff-0000-4000-8000-000000000002',
  failedUpload: 'tsk_msjob_ffffffff-0000-4000-8000-000000000003'
} as const

export const pastTasks: readonly PastTask[] = [
  {
    id: pastTaskIds.conversion,
    outcome: 'ok',
    details: ['Converted'],
    executionMessages: [],
    outputData: { umpCustomerGuid: customerGuids.initech }
  },
  {
    id: pastTaskIds.upload,
    outcome: 'ok',
    details: [null],
    executionMessages: [{ level: 'Information', message: 'Numbers uploaded.' }],
    outputData: {
      CreateTime: '4/4/2024 12:21:56 PM',
      CompleteTime: '4/4/2024 12:24:01 PM',
      OcUploadNumberResult: 'Completed',
      NumbersUploaded: 4,
      WorkflowVersion: 3
    }
  },
  {
    id: pastTaskIds.failedUpload,
    outcome: 'fails',
    details: [null],
    executionMessages: [{ level: 'Error', message: 'The country is not among those that the customer consented to.' }],
    outputData: {}
  }
]
