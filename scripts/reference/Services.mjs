// What only services (HostedEssentialsService, OperatorConnectService) know of their inputs: the calls that make, license
// and delete them.

import { hostedEssentials } from '../../dist/provider/hosted-essentials-service/Kind.js'
import { leadOf } from '../../dist/provider/operator-connect-service/Lead.js'
import { operatorConnect } from '../../dist/provider/operator-connect-service/Kind.js'
import { creationOnly as creationOnlyHosted } from '../../dist/provider/hosted-essentials-service/Args.js'
import { creationOnly as creationOnlyOperator } from '../../dist/provider/operator-connect-service/Args.js'
import { servicesNamed } from '../../dist/provider/services/Catalogue.js'
import { liveArgs } from '../../dist/provider/services/Live.js'
import {
  deleteService,
  getService,
  patchLicense,
  postService,
  postUpgrade
} from '../../dist/provider/services/Requests.js'
import { licenseKeys } from '../../dist/provider/services/Args.js'
import { getTask } from '../../dist/provider/Tasks.js'
import { answered, nothing, requestLines, resultOf, sentBy } from './Requests.mjs'
import { readFrom } from './Wire.mjs'

/** @typedef {import('./Wire.mjs').Values} Values */
/** @typedef {import('./Wire.mjs').Samples} Samples */
/** @typedef {import('./Resource.mjs').Own} Own */
/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */
/** @typedef {import('../../dist/provider/services/Args.js').ServiceArgs} ServiceArgs */
/** @typedef {import('../../dist/provider/services/Live.js').LiveService} LiveService */
/**
 * @template {ServiceArgs} A
 * @typedef {import('../../dist/provider/services/Kind.js').Kind<A>} Kind
 */

const customerGuid = '{customerGuid}'

/** An answer of Get Details, in the shape of the vendor's sample. @param {number} LicenseType */
const details = (LicenseType) => ({
  UmpCustomerGuid: 'aaaaaaaa-0000-4000-8000-000000000011',
  CustomerShortName: 'acme',
  CustomerFullName: 'Acme',
  LicenseType,
  LicensedUsersCount: 25,
  MsTenantId: 'aaaaaaaa-0000-4000-8000-000000000012',
  SiteLocation: [],
  ApplicationClientId: 'aaaaaaaa-0000-4000-8000-000000000013'
})

/** @type {LiveService} */
const unlicensed = {
  customerGuid: undefined,
  shortName: 'acme',
  fullName: undefined,
  msTenantId: undefined,
  licenseType: undefined,
  licensedUsersCount: undefined,
  applicationClientId: undefined,
  sipConnections: undefined
}

/** @template {ServiceArgs} A @param {Kind<A>} kind @param {Values} args */
const changeOf = (kind, args) => ({
  kind,
  customerGuid,
  args: /** @type {A} */ (/** @type {unknown} */ (args)),
  changed: [],
  before: unlicensed
})

/** @template {ServiceArgs} A @param {Kind<A>} kind @param {Settings['licenseBody']} licenseBody */
const license = (kind, licenseBody) => (/** @type {Values} */ args) =>
  sentBy(patchLicense(changeOf(kind, args)), nothing, { licenseBody })

/** @template {ServiceArgs} A @param {Kind<A>} kind @returns {Promise<ReadonlyMap<string, string[]>>} */
const read = ({ licenses, argKeys }) =>
  readFrom(details(licenses.entry), async (answer) => {
    const live = await resultOf(getService(customerGuid), answered(answer))
    return live && liveArgs(licenses, live, {}, /** @type {ReadonlyArray<keyof ServiceArgs>} */ (argKeys))
  })

/** @param {ReadonlyArray<string>} creationOnly @returns {Own['removed']} */
const removed = (creationOnly) => (name) =>
  creationOnly.includes(name)
    ? 'nothing is sent: it is used at the creation only'
    : licenseKeys.some((each) => each === name)
      ? 'nothing is sent: the platform keeps its value, and a warning says so'
      : name === 'deletionProtection'
        ? 'the service is protected again'
        : ''

/** @type {Pick<import('./Requests.mjs').Call, 'program' | 'when'>[]} */
const afterCreation = [
  { program: getTask('{taskId}'), when: 'waits for the end of a task' },
  {
    program: getService(customerGuid),
    when: 'proves a write, and waits until the first connection is deployed; a refresh; before a change and a deletion'
  }
]

/** @template {ServiceArgs} A @param {Kind<A>} kind @param {Samples} samples */
const remaining = (kind, samples) => ({
  change: { program: patchLicense(changeOf(kind, samples.all)), when: 'changes the license' },
  last: { program: deleteService(kind, customerGuid, ''), when: 'deletes the service, unless it is protected' }
})

const deletion = 'a run with `deletionProtection: false` before; else it is refused with the list of what would go'

const changePage = 'Upgrade or Downgrade Service License'

/** @template {ServiceArgs} A @param {Kind<A>} kind @param {string} page @returns {Own['ways'][number]} */
const creation = (kind, page) => ({
  heading: 'Create',
  page,
  write: (args) => sentBy(postService(kind, /** @type {A} */ (/** @type {unknown} */ (args))))
})

/** @template {ServiceArgs} A @param {Kind<A>} kind @returns {Own['ways']} */
const changes = (kind) => [
  { heading: 'License change', page: changePage, write: license(kind, 'upgradeToLicense') },
  {
    heading: 'License change with `licenseBody: licenseType`',
    page: changePage,
    write: license(kind, 'licenseType')
  }
]

const listOfServices = servicesNamed({ shortName: '', msTenantId: '' })

/** @param {Samples} samples @returns {Promise<Own>} */
export const hostedEssentialsService = async (samples) => {
  const { change, last } = remaining(hostedEssentials, samples)
  return {
    ways: [creation(hostedEssentials, 'Create Hosted Essentials Service'), ...changes(hostedEssentials)],
    read: await read(hostedEssentials),
    removed: removed(creationOnlyHosted),
    deletion,
    requests: await requestLines([
      {
        program: listOfServices,
        when: 'whether there is a service of that name, one read for all services of a run; whether one is gone'
      },
      {
        program: postService(hostedEssentials, /** @type {never} */ (samples.all)),
        when: 'makes the service and its first connection'
      },
      ...afterCreation,
      change,
      last
    ])
  }
}

/** @param {Samples} samples @returns {Promise<Own>} */
export const operatorConnectService = async (samples) => {
  const { change, last } = remaining(operatorConnect, samples)
  return {
    ways: [
      creation(operatorConnect, 'Create Service from Lead'),
      {
        heading: 'Upgrade from OC Essential',
        page: 'Upgrade Operator Connect Customer License',
        write: (args) => sentBy(postUpgrade(changeOf(operatorConnect, args)))
      },
      ...changes(operatorConnect)
    ],
    read: await read(operatorConnect),
    removed: removed(creationOnlyOperator),
    deletion,
    requests: await requestLines([
      { program: leadOf('{msTenantId}'), when: 'the lead of the tenant; the service that was made of it' },
      {
        program: postService(operatorConnect, /** @type {never} */ (samples.all)),
        when: 'makes the service of the lead'
      },
      ...afterCreation,
      { program: postUpgrade(changeOf(operatorConnect, samples.all)), when: 'leaves OC Essential' },
      { ...change, when: 'changes the license between OC Essential Plus and OC Pro, and its number of users' },
      last,
      { program: listOfServices, when: 'whether the service is gone' }
    ])
  }
}
