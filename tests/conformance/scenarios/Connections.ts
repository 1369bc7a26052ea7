import type { Fault } from '../../../simulator'
import { CLIENT_ID, CLIENT_SECRET, HEADQUARTERS_GUID, SCOPE, customerGuids } from '../../../simulator'
import { least, most, secrets } from '../../protocol/support/Connections'
import { type JsonObject, secretOnTheWire } from '../../support/Json'
import { unknowns } from '../../support/unknowns'
import {
  type Expected,
  type Scenario,
  type Step,
  config,
  destroy,
  entryOf,
  get,
  imports,
  meanwhile,
  moves,
  preview,
  refresh,
  state,
  up
} from '../Scenario'

const { acme, contoso } = customerGuids

const { adopt: _adopt, allow: _allow, ...every } = most
/** What the platform does not tell is declared. */
const settled = { ...least, enableCac: false, carrierRegistration: false }
const cac = (cacProfile: string): JsonObject => ({ ...least, cacProfile })

const made: Expected = { does: 'created', sends: 'GET details, POST, GET' }
const madeInTwo: Expected = { does: 'created', sends: 'GET details, POST, GET, PATCH, GET' }
const same: Expected = { does: 'nothing' }
/** A read that finds what the state holds. */
const asBefore: Expected = { does: 'nothing', sends: 'GET' }
const removed: Expected = { does: 'deleted', sends: 'DELETE, GET task' }
const updated = (changes?: readonly string[], more: Partial<Expected> = {}): Expected => ({
  does: 'updated',
  sends: 'GET, PATCH, GET',
  ...(changes === undefined ? {} : { changes }),
  ...more
})
const unfinished = ['lastOperation.outcome']
/** What the last write has left undone is done. */
const finished = (sends = 'GET details, GET, PATCH, GET', changes = unfinished): Expected => ({
  does: 'updated',
  sends,
  changes,
  warns: 'It is finished now: read first, then all declared fields are sent.'
})
const takenOver = 'is taken over. The platform does not tell enableCac, carrierRegistration: taken as declared.'

const scenario = (name: string, steps: readonly Step[], switches: Scenario['switches'] = {}): Scenario => ({
  name,
  kind: 'sipConnection',
  steps,
  switches
})

const strikes = (method: string, fault: Fault, times: 1 | 'always' = 1): Step =>
  meanwhile((platform) => {
    platform.addFault({ match: { method, path: 'sitelocation' }, times, fault })
  })
const calm = meanwhile((platform) => {
  platform.clearFaults()
})

/** A connection that somebody has made in the portal. */
const portal = (name = 'branch-07', more: object = {}): Step =>
  meanwhile((platform) => {
    platform.addSite({ customerGuid: acme, name, sbcId: 3, onboardingScript: 12001, cleanupScript: 12002, ...more })
  })

const withOutputs = (changes: JsonObject): Step =>
  state((_entry, world) => {
    const entry = entryOf(world)
    return { ...entry, outputs: { ...entry.outputs, ...changes } }
  })

const phones = Array.from({ length: 500 }, (_, index) => `+49301${String(1_000_000 + index * 7)}`)

const missing = '55555555-5555-4555-8555-555555555555'

export const connections: readonly Scenario[] = [
  scenario('with the least, from beginning to end', [
    preview({ ...least }, { does: 'created' }),
    up({ ...least }, made),
    up({ ...least }, same),
    refresh(asBefore),
    up(cac('10 sessions'), updated(['cacProfile'])),
    preview({ ...least }, { does: 'updated', changes: ['cacProfile'] }),
    up({ ...least, siteName: 'Branch-07' }, { does: 'refused', says: ['siteName: '] }),
    destroy(removed)
  ]),

  scenario('with every input, from beginning to end', [
    preview({ ...every }, { does: 'created' }),
    up({ ...every }, madeInTwo),
    up({ ...every }, same),
    refresh(asBefore),
    up(
      {
        ...every,
        carrierUserPassword: 'another one',
        phones: ['+49301234', '49301236', '49301237'],
        dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: false }],
        sbcScripts: {
          ...every.sbcScripts,
          customerVariables: { 'a.b "c"': 'x', Region: 'APAC', apiToken: secrets.variable }
        },
        m365Scripts: { configureM365Routing: true, onboardingScript: 13001 }
      },
      updated(
        [
          'carrierUserPassword',
          'phones[1]',
          'phones[2]',
          'dialPlanPrefixes[0].active',
          'dialPlanPrefixes[1]',
          'sbcScripts.customerVariables["a.b \\"c\\""]',
          'sbcScripts.customerVariables.Region',
          'm365Scripts.cleanupScript'
        ],
        { warns: 'without a documented way to clear it: m365Scripts.cleanupScript.' }
      )
    ),
    up({ ...every, allow: ['rename'], siteName: 'branch-08' }, updated()),
    destroy(removed)
  ]),

  scenario('whose inputs are removed one by one', [
    up({ ...every }, madeInTwo),
    up(
      { ...least, enableCac: false, carrierRegistration: false, proxySet: 'Trunk-A', allow: ['clearPhones'] },
      updated(undefined, { warns: 'without a documented way to clear it: sbcConfigurationType, m365Scripts.' })
    ),
    refresh(asBefore),
    up(
      { ...least, enableCac: false, carrierRegistration: false, proxySet: 'Trunk-A' },
      { does: 'updated', changes: ['allow'] }
    )
  ]),

  scenario('that moves to another customer', [
    up({ ...least }, made),
    preview({ ...least, customerGuid: contoso }, { does: 'replaced', changes: ['customerGuid'] }),
    up(
      { ...least, customerGuid: contoso },
      { does: 'replaced', sends: 'DELETE, GET task, GET details, POST, GET', changes: ['customerGuid'] }
    ),
    destroy(removed)
  ]),

  scenario('that is changed in the portal', [
    up(cac('10 sessions'), made),
    meanwhile((platform, id) => {
      platform.editSite(id, { cacProfile: '5 sessions', carrierUserName: 'not managed' })
    }),
    preview(cac('10 sessions'), same),
    refresh({ does: 'changed', sends: 'GET' }),
    up(cac('10 sessions'), updated(['cacProfile'])),
    meanwhile((platform, id) => {
      platform.editSite(id, { cacProfile: '5 sessions' })
    }),
    up(
      cac('20 sessions'),
      updated(['cacProfile'], { warns: 'was changed outside of Pulumi since the last run: cacProfile' })
    )
  ]),

  scenario('whose password is changed in the portal', [
    up({ ...every }, madeInTwo),
    meanwhile((platform, id) => {
      platform.editSite(id, { carrierUserPassword: 'another one', customerVariables: { apiToken: 'c4nary' } })
    }),
    refresh({ does: 'changed', sends: 'GET' }),
    up({ ...every }, updated(['carrierUserPassword', 'sbcScripts.customerVariables.apiToken']))
  ]),

  scenario('that is deleted in the portal', [
    up({ ...least }, made),
    meanwhile((platform, id) => {
      platform.deleteSite(id)
    }),
    up(cac('5 sessions'), {
      does: 'failed',
      sends: 'GET, GET details',
      says: 'does not exist any more: it was deleted outside'
    }),
    refresh({ does: 'deleted', sends: 'GET, GET details' }),
    up({ ...least }, made)
  ]),

  scenario('that is deleted in the portal before it is destroyed', [
    up({ ...least }, made),
    meanwhile((platform, id) => {
      platform.deleteSite(id)
    }),
    destroy({ does: 'deleted', sends: 'DELETE, GET details' })
  ]),

  scenario('that answers 404 and is not gone', [
    up({ ...least }, made),
    strikes('GET', { kind: 'status', status: 404 }, 'always'),
    refresh({ does: 'failed', sends: 'GET, GET details', says: 'and lists it in the service details' }),
    strikes('DELETE', { kind: 'status', status: 404 }, 'always'),
    destroy({ does: 'failed', sends: 'DELETE, GET details', says: 'and lists it in the service details' }),
    calm,
    destroy(removed)
  ]),

  scenario('that exists already', [
    portal(),
    up({ ...least }, { does: 'failed', sends: 'GET details', says: 'exists already' }),
    up({ ...settled, adopt: missing }, { does: 'failed', sends: 'GET details', says: missing }),
    up({ ...least, adopt: true }, { does: 'refused', says: ['adopt: needs enableCac and carrierRegistration'] }),
    up({ ...settled, adopt: true }, { does: 'created', sends: 'GET details, GET', warns: takenOver }),
    up({ ...settled }, { does: 'updated', changes: ['adopt'] })
  ]),

  scenario('that exists already and differs from what is declared', [
    portal('branch-07', { cacProfile: '5 sessions' }),
    up(
      ({ platform }) => ({
        ...cac('10 sessions'),
        adopt: platform.state().sites.find(({ name }) => name === 'branch-07')?.guid ?? '',
        enableCac: true,
        carrierRegistration: false
      }),
      { does: 'created', sends: 'GET details, GET, PATCH, GET', warns: takenOver }
    ),
    destroy(removed)
  ]),

  scenario('that the platform refuses', [
    strikes('POST', { kind: 'status', status: 400, body: '"The name is taken."', contentType: 'application/json' }),
    up(
      { ...least },
      { does: 'failed', sends: 'GET details, POST', says: ['rejected POST with status 400', 'The name is taken.'] }
    ),
    up({ ...least }, made),
    strikes('PATCH', { kind: 'status', status: 403 }),
    up(cac('5 sessions'), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: 'rejected PATCH with status 403',
      changes: ['cacProfile']
    }),
    up({ ...least }, same)
  ]),

  scenario('with all kinds of wrong inputs', [
    up(
      {
        customerGuid: 'acme',
        siteName: ' branch',
        sbcId: 0,
        sbcConfigurationType: 'Trunk',
        configureSbc: 'yes',
        enableCac: true,
        carrierRegistration: true,
        carrierUserName: 'u'.repeat(61),
        carrierUserPassword: ` ${secrets.password}`,
        carrierHostName: 'sip:host:5060',
        phones: ['+49301234', '12'],
        dialPlanPrefixes: [{ dialPlanName: 'a', index: -1 }],
        sbcScripts: { onboardingScript: 'one' },
        m365Scripts: {},
        onlinePstnGateway: 'no gateway',
        adopt: 'somebody',
        allow: ['everything'],
        siteNam: 'branch'
      },
      {
        does: 'refused',
        says: [
          'adopt: expected true, false or a site id (uuid)',
          'allow[0]: expected one of rename, sbcMove, clearPhones',
          'carrierHostName: has a port',
          'carrierUserName: has 61 characters',
          'carrierUserPassword: has a blank at an end',
          'configureSbc: expected true or false',
          'customerGuid: expected a uuid',
          'dialPlanPrefixes[0].index: expected a whole number from 0',
          'm365Scripts.configureM365Routing: expected true or false',
          'onlinePstnGateway: expected a fully qualified domain name',
          'phones[1]: expected 3 to 15 digits',
          'sbcConfigurationType: expected one of SipTrunk, IpPbx, Byoc, Unknown',
          'sbcId: expected a whole number from 1',
          'sbcScripts.onboardingScript: expected a whole number from 1',
          'siteNam: unknown input; did you mean siteName?',
          'siteName: has a blank at an end',
          'enableCac: true needs cacProfile',
          'carrierRegistration: true needs carrierMainLine'
        ]
      }
    ),
    up(
      {},
      {
        does: 'refused',
        says: ['customerGuid: is required', 'siteName: is required', 'sbcId: is required', 'sbcScripts: is required']
      }
    )
  ]),

  scenario('with dangerous changes', [
    up({ ...every }, madeInTwo),
    up(
      { ...every, siteName: 'other', sbcId: 5, phones: [], proxySet: 'Trunk-B' },
      { does: 'refused', says: ['siteName: ', 'sbcId: ', 'phones: ', 'proxySet: '] }
    )
  ]),

  scenario('whose values are not known yet', [
    preview(
      {
        customerGuid: unknowns.string,
        siteName: unknowns.string,
        sbcId: unknowns.number,
        phones: unknowns.array,
        enableCac: unknowns.bool,
        sbcScripts: unknowns.object,
        carrierUserPassword: secretOnTheWire(unknowns.string)
      },
      { does: 'created' }
    ),
    preview(
      { ...least, sbcId: unknowns.number, phones: [unknowns.string, '12'] },
      { does: 'refused', says: ['phones[1]: '] }
    ),
    up({ ...least, phones: ['+49301234'] }, madeInTwo),
    preview(
      { ...least, customerGuid: unknowns.string, phones: ['+49301234'] },
      { does: 'replaced', changes: ['customerGuid'] }
    ),
    preview(
      { ...least, cacProfile: unknowns.string, phones: [unknowns.string, '49301235'] },
      { does: 'updated', changes: ['cacProfile', 'phones[0]', 'phones[1]'] }
    )
  ]),

  scenario('with secrets of the program', [
    up(
      {
        ...every,
        carrierUserName: secretOnTheWire('u-100'),
        cacProfile: secretOnTheWire('10 sessions'),
        phones: [secretOnTheWire('+49301234'), '49301235'],
        sbcScripts: {
          ...every.sbcScripts,
          customerVariables: { ...every.sbcScripts.customerVariables, Region: secretOnTheWire('EMEA') }
        }
      },
      madeInTwo
    ),
    refresh(asBefore),
    meanwhile((platform, id) => {
      platform.editSite(id, { carrierUserName: 'u-200' })
    }),
    refresh({ does: 'changed', sends: 'GET' }),
    up({ ...every }, updated(['carrierUserName'])),
    destroy(removed)
  ]),

  scenario('whose creation ends in part', [
    strikes('POST', { kind: 'errorMessage', effect: true, message: 'No license' }),
    up(cac('10 sessions'), {
      does: 'failed',
      sends: 'GET details, POST',
      says: ['the platform reports an error', 'No license']
    }),
    preview(cac('10 sessions'), { does: 'updated', changes: unfinished }),
    up(cac('10 sessions'), finished()),
    up(cac('10 sessions'), same)
  ]),

  scenario('whose creation ends in part, and that is refreshed then', [
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up({ ...every }, { does: 'failed', sends: 'GET details, POST, GET, PATCH', says: 'the platform reports an error' }),
    refresh(asBefore),
    up({ ...every }, finished()),
    refresh(asBefore)
  ]),

  scenario('whose creation ends in part, and that is destroyed then', [
    strikes('POST', { kind: 'wrongShape' }),
    up(
      { ...least },
      {
        does: 'failed',
        sends: 'GET details, POST, GET details',
        says: 'executionMessages: expected',
        warns: 'it is not created a second time'
      }
    ),
    destroy({ does: 'deleted', sends: 'GET details, DELETE, GET task' })
  ]),

  scenario('whose update ends in part', [
    up(cac('10 sessions'), made),
    strikes('PATCH', { kind: 'errorMessage', effect: false, message: 'The SBC is locked' }),
    up(cac('5 sessions'), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: ['the platform reports an error', 'The SBC is locked'],
      changes: ['cacProfile']
    }),
    preview(cac('5 sessions'), { does: 'updated', changes: unfinished }),
    up(cac('5 sessions'), finished('GET, PATCH, GET')),
    strikes('PATCH', { kind: 'emptyBody' }),
    up(cac('20 sessions'), {
      does: 'failed',
      sends: 'GET, PATCH',
      says: 'the answer to PATCH is not as documented',
      changes: ['cacProfile']
    }),
    refresh({ does: 'changed', sends: 'GET' }),
    up(cac('20 sessions'), finished('GET, PATCH, GET'))
  ]),

  scenario('with hundreds of numbers, whose creation ends in part', [
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up(
      { ...least, carrierUserPassword: secrets.password, phones },
      { does: 'failed', sends: 'GET details, POST, GET, PATCH', says: 'the platform reports an error' }
    ),
    refresh(asBefore),
    up({ ...least, carrierUserPassword: secrets.password, phones }, finished()),
    destroy(removed)
  ]),

  scenario('with hundreds of numbers, whose update ends in part', [
    up({ ...least }, made),
    strikes('PATCH', { kind: 'errorMessage', effect: true }),
    up(
      { ...least, phones },
      { does: 'failed', sends: 'GET, PATCH', says: 'the platform reports an error', changes: ['phones'] }
    ),
    up({ ...least, phones }, finished('GET, PATCH, GET')),
    destroy(removed)
  ]),

  scenario('of another platform', [
    up({ ...least }, made),
    withOutputs({ platform: 'https://former.example.net/tenantui' }),
    preview({ ...least }, same),
    refresh({ does: 'failed', says: 'belongs to the platform https://former.example.net/tenantui' }),
    up(cac('5 sessions'), { does: 'failed', says: 'and the configuration names', changes: ['cacProfile'] }),
    destroy({ does: 'failed', says: 'nothing was sent' }),
    config({ movedFrom: 'https://former.example.net/tenantui' }),
    refresh({ does: 'changed', sends: 'GET' }),
    destroy(removed)
  ]),

  scenario('whose state is of a newer version', [
    up({ ...least }, made),
    withOutputs({ schemaVersion: 2 }),
    up({ ...least }, { does: 'failed', says: 'written by a newer version' }),
    refresh({ does: 'failed', says: 'written by a newer version' }),
    destroy({ does: 'failed', says: 'written by a newer version' })
  ]),

  scenario('whose state is not understood', [
    up({ ...least }, made),
    withOutputs({ sbcId: 'three' }),
    refresh({ does: 'failed', says: 'The state is not as pulumi-audiocodes-live writes it' })
  ]),

  scenario('that may only be read', [
    config({ readOnly: 'true' }),
    up({ ...least }, { does: 'failed', sends: 'GET details', says: 'readOnly' }),
    config({}),
    up({ ...least }, made),
    config({ readOnly: 'true' }),
    refresh(asBefore),
    up(cac('5 sessions'), { does: 'failed', sends: 'GET', says: 'readOnly', changes: ['cacProfile'] }),
    destroy({ does: 'failed', says: 'readOnly' })
  ]),

  scenario('without configuration', [
    config({ baseUrl: null, accessToken: null }, { wrong: 'Missing configuration audiocodes-live:baseUrl' }),
    up({ ...least }, { does: 'refused', says: ['Missing configuration audiocodes-live:baseUrl'] }),
    state((_, { platform }) => ({
      id: HEADQUARTERS_GUID,
      inputs: { ...least },
      outputs: { ...least, platform: platform.url, schemaVersion: 1 },
      failed: false
    })),
    refresh({ does: 'failed', says: 'Missing configuration audiocodes-live:baseUrl' }),
    destroy({ does: 'failed', says: 'Missing configuration audiocodes-live:baseUrl' })
  ]),

  scenario('without credentials', [
    config({ accessToken: null }, { wrong: 'Missing configuration audiocodes-live:accessToken' }),
    up({ ...least }, { does: 'refused', says: ['Missing configuration audiocodes-live:accessToken'] })
  ]),

  scenario('with contradictory configuration', [
    config({ clientId: 'an-application' }, { wrong: 'Contradictory configuration' }),
    up({ ...least }, { does: 'refused', says: ['Contradictory configuration: audiocodes-live:accessToken'] })
  ]),

  scenario('with a malformed configuration', [
    config({ maxRetries: 'often' }, { wrong: 'Invalid configuration audiocodes-live:maxRetries' }),
    up(
      { ...least, sbcId: 0 },
      { does: 'refused', says: ['Invalid configuration audiocodes-live:maxRetries', 'sbcId: '] }
    )
  ]),

  scenario('of an explicit provider instance', [
    config({}, { instance: 'eu' }),
    up({ ...least }, made),
    strikes('GET', { kind: 'status', status: 401 }, 'always'),
    refresh({ does: 'failed', sends: 'GET', says: 'eu' }),
    config({ accessToken: null }, { instance: 'eu', wrong: 'the provider instance "eu"' }),
    up(cac('5 sessions'), { does: 'refused', says: ['the provider instance "eu"'] })
  ]),

  scenario('whose token is refused', [
    config({ accessToken: 'stale' }),
    up({ ...least }, { does: 'failed', sends: 'GET details', says: 'authorisation was refused' })
  ]),

  scenario('whose token expires in the middle', [
    config(({ tokenUrl }) => ({
      accessToken: null,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      scope: SCOPE,
      tokenUrl
    })),
    strikes('POST', { kind: 'status', status: 401 }),
    up({ ...least }, { does: 'created', sends: 'POST token, GET details, POST, POST token, POST, GET' }),
    config(({ tokenUrl }) => ({
      accessToken: null,
      clientId: CLIENT_ID,
      clientSecret: 'wrong',
      scope: SCOPE,
      tokenUrl
    })),
    refresh({ does: 'failed', sends: 'POST token', says: 'token' })
  ]),

  scenario('whose platform cannot be reached', [
    config({ baseUrl: 'http://127.0.0.1:1/tenantui' }),
    up({ ...least }, { does: 'failed', says: 'cannot be reached: connection refused' })
  ]),

  scenario('whose base URL leads astray', [
    config(({ origin }) => ({ baseUrl: `${origin}/portal` })),
    up({ ...least }, { does: 'failed', sends: 'GET details, GET details', says: 'is not its base URL' })
  ]),

  scenario('whose platform asks to wait', [
    config({ operationTimeout: '30' }),
    strikes('POST', { kind: 'status', status: 429, retryAfter: '1' }),
    up({ ...least }, { does: 'created', sends: 'GET details, POST, POST, GET' })
  ]),

  scenario(
    'whose tasks take their time',
    [
      up({ ...every }, { does: 'created', sends: 'GET details, POST, GET, GET task, PATCH, GET, GET task' }),
      destroy(removed)
    ],
    { addTaskMs: 50, modifyTaskMs: 50, deleteTaskMs: 50 }
  ),

  scenario(
    'on a platform that reads the other way',
    [
      config({ siteIdPlacement: 'body', modifyBody: 'scriptParameters', clearWith: 'null' }),
      up({ ...least, carrierUserName: 'u-100', cacProfile: '10 sessions' }, made),
      up(
        { ...least, cacProfile: '5 sessions' },
        { does: 'updated', sends: 'GET, PATCH, GET', changes: ['cacProfile', 'carrierUserName'] }
      ),
      refresh(asBefore)
    ],
    { siteIdPlacement: 'body', modifyBody: 'scriptParameters', clearing: 'null' }
  ),

  scenario('that is only looked at', [
    get(HEADQUARTERS_GUID, { customerGuid: contoso }, { does: 'found', sends: 'GET details, GET' }),
    get(
      HEADQUARTERS_GUID.toUpperCase(),
      { customerGuid: contoso.toUpperCase() },
      { does: 'found', sends: 'GET details, GET' }
    ),
    get(missing, { customerGuid: acme }, { does: 'failed', sends: 'GET details', says: 'has no connection' }),
    get(HEADQUARTERS_GUID, { customerGuid: acme }, { does: 'failed', sends: 'GET details', says: 'has no connection' })
  ]),

  scenario('of an import file', [
    imports({ does: 'created' }),
    up((world) => entryOf(world).inputs, same),
    refresh(asBefore),
    up((world) => ({ ...entryOf(world).inputs, cacProfile: '10 sessions' }), updated(['cacProfile'])),
    destroy(removed)
  ]),

  scenario('that moves over to the plugin', [
    up({ ...every }, madeInTwo),
    moves,
    preview({ ...every }, same),
    up({ ...every }, same),
    refresh(asBefore),
    up({ ...every, cacProfile: '5 sessions' }, updated(['cacProfile'])),
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up(
      { ...every },
      { does: 'failed', sends: 'GET, PATCH', says: 'the platform reports an error', changes: ['cacProfile'] }
    ),
    up({ ...every }, finished('GET, PATCH, GET')),
    destroy(removed)
  ]),

  scenario('that moves over to the plugin after its creation has ended in part', [
    strikes('PATCH', { kind: 'errorMessage', effect: false }),
    up(
      { ...least, phones },
      { does: 'failed', sends: 'GET details, POST, GET, PATCH', says: 'the platform reports an error' }
    ),
    moves,
    up({ ...least, phones }, finished()),
    destroy(removed)
  ]),

  scenario('of an import file that moves over to the plugin', [
    imports({ does: 'created' }),
    moves,
    up((world) => entryOf(world).inputs, same),
    refresh(asBefore),
    destroy(removed)
  ])
]
