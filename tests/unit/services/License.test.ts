import * as assert from 'node:assert'
import { plainJson } from '../../../provider/Json'
import {
  type Licenses,
  changeBody,
  differing,
  hostedLicenses,
  isOfOtherKind,
  operatorConnectLicenses,
  unsendable,
  untold,
  upgradeBody,
  wordOf
} from '../../../provider/services/License'
import { allHosted, allOperator, leastHosted } from './Args'

const live = {
  licenseType: 1,
  licensedUsersCount: 25,
  fullName: 'Northwind Traders',
  applicationClientId: '44444444-4444-4444-8444-EEEEEEEEEEEE'
}

describe('License: numbers and words', () => {
  it('every word has its number, and every number its word', () => {
    assert.deepStrictEqual(
      [0, 1, 2, 3, 4, 5, 9].map((type) => [wordOf(hostedLicenses, type), wordOf(operatorConnectLicenses, type)]),
      [
        ['HostedEssentials', '0'],
        ['HostedEssentialsPlus', '1'],
        ['HostedPro', '2'],
        ['3', '3'],
        ['4', 'OcEssentialPlus'],
        ['5', 'OcPro'],
        ['9', '9']
      ]
    )
  })

  it('a license of the other kind is told from one that nobody knows', () => {
    const others = (licenses: Licenses) =>
      [undefined, 0, 1, 2, 3, 4, 5, 9].filter((type) => isOfOtherKind(licenses, type))
    assert.deepStrictEqual(
      [others(hostedLicenses), others(operatorConnectLicenses)],
      [
        [3, 4, 5],
        [0, 1, 2]
      ]
    )
  })
})

describe('License: what differs, and what is not told', () => {
  it('nothing, though the platform writes an id in upper case; the secret is never told', () => {
    assert.deepStrictEqual(differing(hostedLicenses, live, allHosted), [])
    assert.deepStrictEqual(untold(hostedLicenses, live, allHosted), ['applicationClientSecret'])
  })

  it('everything', () => {
    const other = { licenseType: 2, licensedUsersCount: 26, fullName: 'Northwind', applicationClientId: 'another' }
    assert.deepStrictEqual(differing(hostedLicenses, other, allHosted), [
      'fullName',
      'license',
      'licensedUsersCount',
      'applicationClientId'
    ])
  })

  it('what the platform does not tell differs from nothing, and what is not declared neither', () => {
    const nothing = {
      licenseType: undefined,
      licensedUsersCount: undefined,
      fullName: undefined,
      applicationClientId: undefined
    }
    assert.deepStrictEqual(
      [
        differing(hostedLicenses, nothing, allHosted),
        untold(hostedLicenses, nothing, allHosted),
        differing(hostedLicenses, live, leastHosted),
        untold(hostedLicenses, nothing, leastHosted)
      ],
      [[], ['fullName', 'license', 'licensedUsersCount', 'applicationClientId', 'applicationClientSecret'], [], []]
    )
  })
})

describe('License: bodies', () => {
  const { applicationClientId, applicationClientSecret } = allHosted
  const sent = (body: unknown) => plainJson(body)

  it('the table', () => {
    assert.deepStrictEqual(sent(changeBody(hostedLicenses, allHosted, 0, 'upgradeToLicense')), {
      upgradeToLicense: 1,
      licenseCount: 25,
      applicationClientId,
      applicationClientSecret
    })
    assert.deepStrictEqual(sent(changeBody(hostedLicenses, { license: 'HostedPro' }, 0, 'upgradeToLicense')), {
      upgradeToLicense: 2
    })
  })

  it('the sample, which has the license in force where none is declared', () => {
    assert.deepStrictEqual(sent(changeBody(operatorConnectLicenses, allOperator, 5, 'licenseType')), {
      licenseType: 4,
      licensedUsersCount: 25,
      customerFullName: 'Globex',
      applicationClientId,
      applicationClientSecret
    })
    assert.deepStrictEqual(sent(changeBody(hostedLicenses, { fullName: 'Other' }, 0, 'licenseType')), {
      licenseType: 0,
      customerFullName: 'Other'
    })
  })

  it('the upgrade from OC Essential', () => {
    assert.deepStrictEqual(sent(upgradeBody(operatorConnectLicenses, allOperator)), {
      upgradeToLicense: 4,
      licenseCount: 25
    })
    assert.deepStrictEqual(sent(upgradeBody(operatorConnectLicenses, { license: 'OcPro' })), { upgradeToLicense: 5 })
  })

  it('what the table cannot carry', () => {
    const setting = 'the setting licenseBody: licenseType (AUDIOCODES_LIVE_LICENSE_BODY)'
    const entry = { license: 'HostedEssentials', licensedUsersCount: 5 }
    assert.deepStrictEqual(
      [
        unsendable(hostedLicenses, allHosted, ['license', 'fullName'], 'upgradeToLicense'),
        unsendable(hostedLicenses, entry, ['license', 'licensedUsersCount'], 'upgradeToLicense'),
        unsendable(hostedLicenses, entry, [], 'upgradeToLicense'),
        unsendable(hostedLicenses, allHosted, ['license'], 'upgradeToLicense'),
        unsendable(hostedLicenses, entry, ['license', 'fullName'], 'licenseType')
      ],
      [
        `fullName can be changed only with ${setting}`,
        `license, licensedUsersCount can be sent for the license HostedEssentials only with ${setting}`,
        undefined,
        undefined,
        undefined
      ]
    )
  })
})
