/**
 * What the documentation leaves open, contradicts itself about, or does not time. The first value of each list, and the
 * value in `defaultSwitches`, is the reading that the documentation supports best.
 */
export interface Switches {
  /** Where Modify carries the site id: `…/sitelocation/{id}`, `?sbcSiteGuid=` or a body member `sbcSiteGuid`. Other places are refused with 400. */
  readonly siteIdPlacement: 'path' | 'query' | 'body'
  /** The body that Modify takes: the documented table, the documented sample, or any mixture. The other one is refused with 400. */
  readonly modifyBody: 'both' | 'fields' | 'scriptParameters'
  /** Fields that a Modify leaves out: kept, or back to their documented default (flags true) or empty. */
  readonly modify: 'partial' | 'full'
  /** Which of the empty text and null clears a text in Modify; the other one leaves the value as it is. */
  readonly clearing: 'both' | 'empty' | 'null' | 'ignored'
  /** Own variables in a Modify: the new ones are all there are, or are merged into the old ones. */
  readonly variables: 'replace' | 'merge'
  /** Members of a request body that no page documents. */
  readonly unknownFields: 'refused' | 'ignored'
  /** A second connection of the same name (exactly) at one customer. */
  readonly duplicateNames: 'refused' | 'allowed'
  /** Add's answer: as Modify's; without `siteGuid`; or the bare number 1 that other calls answer. */
  readonly addAnswer: 'siteGuid' | 'withoutSiteGuid' | 'bare'
  /** Where Get shows the main line: in the variables as `CarierMailLine`, in the field `carrierMainLine`, or in both. */
  readonly mainLine: 'bag' | 'field' | 'both'
  /** `sbcConfigurationType` in Get: 0 whatever was written, the number, or the word. */
  readonly readConfigurationType: 'zero' | 'number' | 'string'
  /** The carrier password in Get's variables. */
  readonly passwordEcho: 'clear' | 'masked' | 'absent'
  /** Names of own variables in Get: as written, or `CustomVar.Variable<N>`. */
  readonly variableNames: 'own' | 'positional'
  /** Whether Get puts `<site label>.` before the gateway that was written. */
  readonly gatewayPrefix: boolean
  /** Deployment states: integers in Get and words in the service details, or words or integers in both. */
  readonly states: 'documented' | 'strings' | 'integers'
  /** Elements of `pendingTasks`: task ids, or objects with an `id`. */
  readonly pendingTaskShape: 'string' | 'object'
  /** How a deletion's task ends. With `fails` and `never` the site stays; with `vanishes` the site goes and the task is not found. */
  readonly deleteTask: 'ok' | 'fails' | 'never' | 'vanishes'
  /** How Get Task words a status: as in the documented sample, or as in its prose (`In Progress`, `Completed Success`). */
  readonly taskWords: 'joined' | 'spaced'
  /** Path of Get Task: after the base URL, with the second `tenantui` that its page prints, or either. */
  readonly taskPath: 'single' | 'repeated' | 'both'
  /** Leads without a license in the brief lists of services: not there, or with their company name and a null guid. */
  readonly unlicensedLeads: 'leftOut' | 'nullGuid'
  /** `ApplicationClientSecret` in the service details: its first characters, or the whole secret. */
  readonly applicationSecret: 'masked' | 'clear'
  /** Names of the paging parameters: `PageNumber`, as in the one documented URL, or `Page Number`, as in the tables, or either. Others are ignored. */
  readonly pageNames: 'joined' | 'spaced' | 'both'
  /** Whether paging parameters work. `whole`: ignored, everything comes at once; `first`: ignored, always the first page of the default size. */
  readonly paging: 'documented' | 'whole' | 'first'
  /** Leads in pages of 10 counted from 1, as on the newer page, or of 100 counted from 0, as on the older one. */
  readonly leadPaging: 'newer' | 'older'
  /** Leads and numbers of a tenant that nobody knows: 404, or an empty list. */
  readonly unknownTenant: 'notFound' | 'empty'
  /** Numbers without a tenant in the query: 400, or the numbers of all tenants. */
  readonly numbersWithoutTenant: 'refused' | 'all'
  /** `relatedScripts` of script templates: with `allDetails=true` only, or always. */
  readonly relatedScripts: 'details' | 'always'
  /** `script` and `customerVariables` of script templates with `allDetails=true`: null, as in the documented sample, or the text and the names. */
  readonly scriptDetails: 'null' | 'shown'
  /** Answer of Get Online PSTN Gateway: the list of its first page, or the service that the table of its second page describes. */
  readonly gatewayAnswer: 'list' | 'service'
  /** HTTP status for the gateways of an unknown customer; the problem in the body says 400 either way. */
  readonly gatewayNotFound: '404' | '400'
  /** Elements of `additionalSbcList` in calling profiles: none, as in the documented samples; as in `matchingSbcList`; or SBC ids. */
  readonly additionalSbcs: 'none' | 'objects' | 'ids'
  /** Path of Get SBC Devices after the base URL, e.g. `/api/v2/sbcdevices`; no page tells it. Empty: no such call, 404. */
  readonly sbcDevicesPath: string
  /** Answer of Get SBC Devices, which no page tells: a list in camelCase; in PascalCase, the CAC profiles being objects; or the envelope of the paged V3 lists. */
  readonly sbcDevicesAnswer: 'camel' | 'pascal' | 'envelope'
  /** What Create Hosted Essentials Service answers, which no page tells: the bare guid; `{umpCustomerGuid}`; `{jobId}`, as for a service from a lead; or a bare task id, as for a license upgrade. */
  readonly createServiceAnswer: 'guid' | 'object' | 'job' | 'task'
  /** Name of the connection that is made with a service: its short name, or capitals beginning with GS. */
  readonly primaryName: 'shortName' | 'generated'
  /** `siteLocation` of a new service: the list of the documented table, the object of the documented sample, or either. */
  readonly siteLocationShape: 'both' | 'array' | 'object'
  /** How the task of a new service or of a license upgrade ends. With `fails` and `never` nothing is made; with `vanishes` it is made and the task is not found. */
  readonly serviceTask: 'ok' | 'fails' | 'never' | 'vanishes'
  /** Body of the license change: the documented table (`upgradeToLicense`, `licenseCount`), the documented sample (`licenseType`, `licensedUsersCount`, `customerFullName`), or either. The members of the other one are ignored. */
  readonly licenseBody: 'both' | 'upgradeToLicense' | 'licenseType'
  /** `name` of the rules of a dial plan, read back: the name of the connection, as in the documented sample, or what was written. */
  readonly ruleName: 'site' | 'written'
  /** A rule to remove from a dial plan that is not there: no matter, or refused with 400. */
  readonly unknownRemove: 'ignored' | 'refused'
  /** A rule to add to a dial plan that is there already: no matter, refused with 400, or there twice. One of the same prefix and another tag is always refused. */
  readonly duplicateAdd: 'ignored' | 'refused' | 'doubled'
  /** Answer of Modify Dial Plan: the bare number 1, `{executionMessages}`, a bare string, or nothing. */
  readonly dialPlanAnswer: 'one' | 'messages' | 'string' | 'empty'
  /** Milliseconds from Add, Modify, Delete until their task has ended. 0: no task pending, or done at the first poll. */
  readonly addTaskMs: number
  readonly modifyTaskMs: number
  readonly deleteTaskMs: number
  /** Milliseconds until Get knows a new site (404 before). */
  readonly addVisibleAfterMs: number
  /** Milliseconds until the service details list a new site. */
  readonly detailsVisibleAfterMs: number
  /** Milliseconds until the task of a new service or of a license upgrade has ended. */
  readonly serviceTaskMs: number
  /** Milliseconds until lists and details show a new service, counted from the end of its task if it has one. */
  readonly serviceVisibleAfterMs: number
  /** Milliseconds until a deleted service and its connections are gone; the answer comes at once. */
  readonly deleteServiceMs: number
  /** Milliseconds before every answer. The effect happens at arrival. */
  readonly latencyMs: number
  /** Seconds that an issued access token is valid. */
  readonly tokenSeconds: number
}

type Choices<K extends keyof Switches> = Switches[K] extends number
  ? 'number'
  : Switches[K] extends boolean
    ? 'flag'
    : string extends Switches[K]
      ? 'path'
      : readonly Switches[K][]

const choices: { readonly [K in keyof Switches]: Choices<K> } = {
  siteIdPlacement: ['path', 'query', 'body'],
  modifyBody: ['both', 'fields', 'scriptParameters'],
  modify: ['partial', 'full'],
  clearing: ['both', 'empty', 'null', 'ignored'],
  variables: ['replace', 'merge'],
  unknownFields: ['refused', 'ignored'],
  duplicateNames: ['refused', 'allowed'],
  addAnswer: ['siteGuid', 'withoutSiteGuid', 'bare'],
  mainLine: ['bag', 'field', 'both'],
  readConfigurationType: ['zero', 'number', 'string'],
  passwordEcho: ['clear', 'masked', 'absent'],
  variableNames: ['own', 'positional'],
  gatewayPrefix: 'flag',
  states: ['documented', 'strings', 'integers'],
  pendingTaskShape: ['string', 'object'],
  deleteTask: ['ok', 'fails', 'never', 'vanishes'],
  taskWords: ['joined', 'spaced'],
  taskPath: ['single', 'repeated', 'both'],
  unlicensedLeads: ['leftOut', 'nullGuid'],
  applicationSecret: ['masked', 'clear'],
  pageNames: ['joined', 'spaced', 'both'],
  paging: ['documented', 'whole', 'first'],
  leadPaging: ['newer', 'older'],
  unknownTenant: ['notFound', 'empty'],
  numbersWithoutTenant: ['refused', 'all'],
  relatedScripts: ['details', 'always'],
  scriptDetails: ['null', 'shown'],
  gatewayAnswer: ['list', 'service'],
  gatewayNotFound: ['404', '400'],
  additionalSbcs: ['none', 'objects', 'ids'],
  sbcDevicesPath: 'path',
  sbcDevicesAnswer: ['camel', 'pascal', 'envelope'],
  createServiceAnswer: ['guid', 'object', 'job', 'task'],
  primaryName: ['shortName', 'generated'],
  siteLocationShape: ['both', 'array', 'object'],
  serviceTask: ['ok', 'fails', 'never', 'vanishes'],
  licenseBody: ['both', 'upgradeToLicense', 'licenseType'],
  ruleName: ['site', 'written'],
  unknownRemove: ['ignored', 'refused'],
  duplicateAdd: ['ignored', 'refused', 'doubled'],
  dialPlanAnswer: ['one', 'messages', 'string', 'empty'],
  addTaskMs: 'number',
  modifyTaskMs: 'number',
  deleteTaskMs: 'number',
  addVisibleAfterMs: 'number',
  detailsVisibleAfterMs: 'number',
  serviceTaskMs: 'number',
  serviceVisibleAfterMs: 'number',
  deleteServiceMs: 'number',
  latencyMs: 'number',
  tokenSeconds: 'number'
}

export const defaultSwitches: Switches = {
  siteIdPlacement: 'path',
  modifyBody: 'both',
  modify: 'partial',
  clearing: 'both',
  variables: 'replace',
  unknownFields: 'refused',
  duplicateNames: 'refused',
  addAnswer: 'siteGuid',
  mainLine: 'bag',
  readConfigurationType: 'zero',
  passwordEcho: 'clear',
  variableNames: 'own',
  gatewayPrefix: true,
  states: 'documented',
  pendingTaskShape: 'string',
  deleteTask: 'ok',
  taskWords: 'joined',
  taskPath: 'single',
  unlicensedLeads: 'leftOut',
  applicationSecret: 'masked',
  pageNames: 'joined',
  paging: 'documented',
  leadPaging: 'newer',
  unknownTenant: 'notFound',
  numbersWithoutTenant: 'refused',
  relatedScripts: 'details',
  scriptDetails: 'null',
  gatewayAnswer: 'list',
  gatewayNotFound: '404',
  additionalSbcs: 'none',
  sbcDevicesPath: '',
  sbcDevicesAnswer: 'camel',
  createServiceAnswer: 'guid',
  primaryName: 'shortName',
  siteLocationShape: 'both',
  serviceTask: 'ok',
  licenseBody: 'both',
  ruleName: 'site',
  unknownRemove: 'ignored',
  duplicateAdd: 'ignored',
  dialPlanAnswer: 'one',
  addTaskMs: 0,
  modifyTaskMs: 0,
  deleteTaskMs: 0,
  addVisibleAfterMs: 0,
  detailsVisibleAfterMs: 0,
  serviceTaskMs: 0,
  serviceVisibleAfterMs: 0,
  deleteServiceMs: 0,
  latencyMs: 0,
  tokenSeconds: 3599
}

export const switchNames = Object.keys(choices) as readonly (keyof Switches)[]

const isSwitchName = (name: string): name is keyof Switches => Object.hasOwn(choices, name)

type Kind = 'number' | 'flag' | 'path' | readonly unknown[]

/** The values that a switch takes, in words. */
export const possibleValues = (name: keyof Switches): string => {
  const values: Kind = choices[name]
  switch (values) {
    case 'number':
      return 'a whole number from 0'
    case 'flag':
      return 'true, false'
    case 'path':
      return 'a path with a slash in front, or nothing'
    default:
      return values.join(', ')
  }
}

const number = (value: unknown): number | undefined => {
  const given = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : undefined
}

const flag = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined

const path = (value: unknown): string | undefined =>
  typeof value === 'string' && /^((\/[\w.~-]+)+\/?)?$/.test(value) ? value : undefined

const valueOf = (name: keyof Switches, value: unknown): unknown => {
  const values: Kind = choices[name]
  switch (values) {
    case 'number':
      return number(value)
    case 'flag':
      return flag(value)
    case 'path':
      return path(value)
    default:
      return values.includes(value) ? value : undefined
  }
}

/**
 * The switches with some of them changed. Numbers and flags may be given as text, as the command line does.
 *
 * @throws Error with one sentence that lists what is possible, for an unknown name or value.
 */
export const changedSwitches = (switches: Switches, changes: Readonly<Record<string, unknown>>): Switches =>
  Object.entries(changes).reduce<Switches>((changed, [name, given]) => {
    if (given === undefined) return changed
    if (!isSwitchName(name)) throw new Error(`There is no switch "${name}": choose one of ${switchNames.join(', ')}.`)
    const value = valueOf(name, given)
    if (value === undefined) {
      throw new Error(`Switch "${name}" cannot be ${JSON.stringify(given)}: possible is ${possibleValues(name)}.`)
    }
    return { ...changed, [name]: value }
  }, switches)
