/**
 * The settings of the provider: one table that names every key, its environment variable, its unit, its default
 * and its bounds. `Config.ts` reads values by it, the SDK's `Provider` class takes the same keys as properties, and
 * the reference documentation is generated from it.
 */

/** Where Modify carries the id of the site; the vendor's page leaves it open. */
export type SiteIdPlacement = 'path' | 'query' | 'body'

/** The two bodies of Modify on the vendor's page: its table, or its sample. */
export type ModifyBody = 'fields' | 'scriptParameters'

/** The two bodies of the license change on the vendor's page: its table, or its sample. */
export type LicenseBody = 'upgradeToLicense' | 'licenseType'

/** Whether the connection that is made with a service is sent as a list (the table of the vendor's page) or as an object. */
export type SiteLocationShape = 'array' | 'object'

/** How a text that is no longer declared is sent. */
export type ClearWith = 'empty' | 'null'

/** How requests are authorised: a ready bearer token, or OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export type Credentials =
  | { readonly _tag: 'Token'; readonly accessToken: string }
  | {
      readonly _tag: 'Client'
      readonly tokenUrl: string
      readonly clientId: string
      readonly scope: string
      readonly proof:
        | { readonly _tag: 'Secret'; readonly clientSecret: string }
        | { readonly _tag: 'AssertionFile'; readonly file: string }
    }

/** What a preview makes of declarations that do not fit the platform. */
export type PreflightMode = 'off' | 'warn' | 'fail'

/** Everything that configures one instance of the provider. Times are in seconds. */
export interface Settings {
  /** `https://<host>/tenantui`, without a slash at its end. */
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly requestTimeout: number
  readonly programTimeout: number
  readonly operationTimeout: number
  readonly pollInterval: number
  readonly maxRetries: number
  readonly requestsPerSecond: number
  readonly writesPerSbc: number
  readonly readOnly: boolean
  readonly clearWith: ClearWith
  readonly siteIdPlacement: SiteIdPlacement
  readonly modifyBody: ModifyBody
  readonly licenseBody: LicenseBody
  readonly siteLocationShape: SiteLocationShape
  readonly sbcDevicesPath?: string
  readonly preflight: PreflightMode
  readonly movedFrom: ReadonlyArray<string>
  readonly trace?: string
  readonly audit?: string
  readonly report?: string
}

type Kind =
  | { readonly _tag: 'Text' }
  /** Goes into a header as it is. */
  | { readonly _tag: 'Token' }
  | { readonly _tag: 'Url' }
  | { readonly _tag: 'Urls' }
  | {
      readonly _tag: 'Number'
      readonly unit: string
      readonly min: number
      readonly max: number
      readonly whole: boolean
    }
  | { readonly _tag: 'Flag' }
  | { readonly _tag: 'Choice'; readonly choices: ReadonlyArray<string> }

/** One row of the table of settings. */
export interface SettingSpec {
  readonly kind: Kind
  readonly env: string
  readonly secret: boolean
  /** A credential is read from the environment first: `refresh` and `destroy` get the config of the last `up`. */
  readonly credential: boolean
  readonly fallback?: string
  readonly doc: string
}

const text: Kind = { _tag: 'Text' }
const seconds = (min: number, max: number): Kind => ({ _tag: 'Number', unit: 'seconds', min, max, whole: false })
const choice = (...choices: ReadonlyArray<string>): Kind => ({ _tag: 'Choice', choices })

const spec = (env: string, kind: Kind, doc: string, more: Partial<SettingSpec> = {}): SettingSpec => ({
  kind,
  env: `AUDIOCODES_LIVE_${env}`,
  secret: false,
  credential: false,
  doc,
  ...more
})

const credential = { credential: true }
const secret = { credential: true, secret: true }

/** The keys of the settings, as in `audiocodes-live:<key>` of the stack config. */
export type SettingKey =
  | 'baseUrl'
  | 'accessToken'
  | 'tenantId'
  | 'clientId'
  | 'clientSecret'
  | 'clientAssertionFile'
  | 'scope'
  | 'tokenUrl'
  | 'requestTimeout'
  | 'programTimeout'
  | 'operationTimeout'
  | 'pollInterval'
  | 'maxRetries'
  | 'requestsPerSecond'
  | 'writesPerSbc'
  | 'readOnly'
  | 'clearWith'
  | 'siteIdPlacement'
  | 'modifyBody'
  | 'licenseBody'
  | 'siteLocationShape'
  | 'sbcDevicesPath'
  | 'preflight'
  | 'movedFrom'
  | 'trace'
  | 'audit'
  | 'report'

/** The table: a key without a row does not compile. */
export const settingSpecs: Readonly<Record<SettingKey, SettingSpec>> = {
  baseUrl: spec(
    'BASE_URL',
    { _tag: 'Url' },
    'Address of the platform, `https://<service provider host>/tenantui`. Plain http is accepted for loopback addresses only.'
  ),
  accessToken: spec(
    'ACCESS_TOKEN',
    { _tag: 'Token' },
    'A ready bearer token. Excludes the client credentials below.',
    secret
  ),
  tenantId: spec('TENANT_ID', text, 'Microsoft Entra tenant of the app registration.', credential),
  clientId: spec('CLIENT_ID', text, 'Application (client) id of the app registration.', credential),
  clientSecret: spec('CLIENT_SECRET', text, 'Client secret of the app registration.', secret),
  clientAssertionFile: spec(
    'CLIENT_ASSERTION_FILE',
    text,
    'Instead of a client secret: a file with a federated (OIDC) token. It is read again for every token request.',
    credential
  ),
  scope: spec(
    'SCOPE',
    text,
    'OAuth scope, `api://<application id>/.default`, of the platform. Required with client credentials.',
    credential
  ),
  tokenUrl: spec(
    'TOKEN_URL',
    { _tag: 'Url' },
    'Token endpoint. Default: the Microsoft Entra v2 endpoint of `tenantId`.',
    credential
  ),
  requestTimeout: spec('REQUEST_TIMEOUT', seconds(0.05, 3600), 'Limit of one HTTP exchange, its body included.', {
    fallback: '60'
  }),
  programTimeout: spec(
    'PROGRAM_TIMEOUT',
    seconds(0.05, 7200),
    'The same for `POST` and `PATCH`, during which an SBC is programmed.',
    { fallback: '300' }
  ),
  operationTimeout: spec(
    'OPERATION_TIMEOUT',
    seconds(0.1, 86400),
    'Limit of one create, update, read or delete with its polling, counted from the moment its SBC is free for it.',
    { fallback: '1800' }
  ),
  pollInterval: spec('POLL_INTERVAL', seconds(0.01, 600), 'Pause between two polls; it grows to six times its value.', {
    fallback: '5'
  }),
  maxRetries: spec(
    'MAX_RETRIES',
    { _tag: 'Number', unit: 'tries', min: 0, max: 100, whole: true },
    'Further tries after the first.',
    { fallback: '5' }
  ),
  requestsPerSecond: spec(
    'REQUESTS_PER_SECOND',
    { _tag: 'Number', unit: 'requests', min: 0, max: 10000, whole: false },
    'Client-side limit for a process and base URL. The documented limits of the platform are 300 a minute. 0 = none.',
    { fallback: '5' }
  ),
  writesPerSbc: spec(
    'WRITES_PER_SBC',
    { _tag: 'Number', unit: 'writes', min: 0, max: 1000, whole: true },
    'Concurrent writes to one SBC in a process. 0 = no limit.',
    { fallback: '1' }
  ),
  readOnly: spec(
    'READ_ONLY',
    { _tag: 'Flag' },
    'true: every request but `GET` and the token request is refused before it is sent.',
    { fallback: 'false' }
  ),
  clearWith: spec('CLEAR_WITH', choice('empty', 'null'), 'How the removal of an optional text is sent.', {
    fallback: 'empty'
  }),
  siteIdPlacement: spec(
    'SITE_ID_PLACEMENT',
    choice('path', 'query', 'body'),
    'Where Modify carries the site id: `…/sitelocation/{sbcSiteGuid}`, `?sbcSiteGuid=`, or the body field `sbcSiteGuid`.',
    { fallback: 'path' }
  ),
  modifyBody: spec(
    'MODIFY_BODY',
    choice('fields', 'scriptParameters'),
    "Body of Modify: the documented table (`fields`), or the shape of the page's sample (`scriptParameters`).",
    { fallback: 'fields' }
  ),
  licenseBody: spec(
    'LICENSE_BODY',
    choice('upgradeToLicense', 'licenseType'),
    "Body of the license change of a service: the documented table (`upgradeToLicense`, `licenseCount`), or the page's sample (`licenseType`, `licensedUsersCount`, and the full name).",
    { fallback: 'upgradeToLicense' }
  ),
  siteLocationShape: spec(
    'SITE_LOCATION_SHAPE',
    choice('array', 'object'),
    'How the creation of a service carries its first connection (`siteLocation`): a list with one element, as the documented table says, or an object.',
    { fallback: 'array' }
  ),
  sbcDevicesPath: spec(
    'SBC_DEVICES_PATH',
    text,
    'Path of Get SBC Devices, which is not documented. Unset: the inventory is put together from other calls.'
  ),
  preflight: spec(
    'PREFLIGHT',
    choice('off', 'warn', 'fail'),
    'What a preview does about a connection that it would create or change and that does not fit the platform (SBC, gateway, scripts, name, CAC profile): nothing, and then it reads nothing either; a warning; an error that ends the preview.',
    { fallback: 'warn' }
  ),
  movedFrom: spec(
    'MOVED_FROM',
    { _tag: 'Urls' },
    "Former base URLs, separated by commas, that a state may still name after the platform's address changed."
  ),
  trace: spec('TRACE', text, 'File (mode 0600) for a wire log in JSON lines, with secrets replaced.'),
  audit: spec('AUDIT', text, 'Append-only file (mode 0600) in JSON lines, one line a write.'),
  report: spec(
    'REPORT',
    text,
    'Change report for a ticket: `<file>.md` and `<file>.json` (mode 0600; the ending may be given), begun anew by every run that writes. An explicit provider instance has files of its own: `<file>-<instance>.md`.'
  )
}

/** All keys, in the order of the table. */
export const settingKeys = Object.keys(settingSpecs) as ReadonlyArray<SettingKey>

/** Namespace of the stack config: `pulumi config set audiocodes-live:baseUrl …`. */
export const configNamespace = 'audiocodes-live'

/** Marks the properties of an explicit provider instance, which reads neither stack config nor environment. */
export const instanceKey = `${configNamespace}:instance`
