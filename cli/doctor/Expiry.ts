import * as E from 'fp-ts/Either'
import { getService } from '../../provider/lookups/Service'
import { getServices } from '../../provider/lookups/Services'
import { amount, lineOf } from '../report/Values'
import { type Finding, finding } from './Finding'
import type { Target } from './Lookups'
import type { World } from './World'

/**
 * The app registrations that the platform uses at Microsoft for its customers have secrets that expire; the service details tell when. Of
 * the provider's own client secret nothing is told but by the identity provider, once it has expired.
 */

/** Services whose details are read: each is a request. */
const limit = 20

const day = 86_400_000

/** `1/31/2030 9:00:00 AM`, as the vendor's sample has it. The time zone is not documented; UTC is near enough for days. */
export const usDate = (text: string): number | undefined => {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))? ?(AM|PM)?)?$/i.exec(text.trim())
  if (found === null) return undefined
  const [, month, date, year, hour = '0', minute = '0', second = '0', half] = found
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  const time = Date.UTC(Number(year), Number(month) - 1, Number(date), hours, Number(minute), Number(second))
  // 31/1/2030 would become a date in another month.
  return new Date(time).getUTCMonth() === Number(month) - 1 ? time : undefined
}

interface Told {
  readonly name: string
  readonly text: string
}

/** A line for a secret that needs attention. */
const concern = ({ name, text }: Told, now: number): ReadonlyArray<string> => {
  const time = usDate(text)
  if (time === undefined) return [`${name}: ${lineOf(text)} (a date in a form that is not known here)`]
  const days = Math.floor((time - now) / day)
  return days < 0
    ? [`${name}: expired on ${lineOf(text)}`]
    : days < 30
      ? [`${name}: expires in ${amount(days, 'day')}, on ${lineOf(text)}`]
      : []
}

/** The finding for what the details told. Pure. */
export const expiryFinding = (told: ReadonlyArray<Told>, looked: number, all: number, now: number): Finding => {
  const found = finding('lookups', 'secret expiry')
  const rest =
    all > looked ? [`${looked} of ${amount(all, 'service')} were looked at; --customer names another one`] : []
  if (told.length === 0)
    return found('skipped', `the details of ${amount(looked, 'service')} tell no expiry`, { details: rest })
  const concerns = told.flatMap((each) => concern(each, now))
  return concerns.length === 0
    ? found('ok', `${amount(told.length, 'secret')} of app registrations, all valid for 30 days or more`, {
        details: rest
      })
    : found('warning', `${concerns.length} of ${amount(told.length, 'secret')} of app registrations need attention`, {
        details: [...concerns, ...rest],
        next: 'make a new secret for the app registration of the customer, and enter it in the portal'
      })
}

/** Reads the details of the customer that is looked at, or of the first few. */
export const checkExpiry = async (world: World, target: Target, isNamed: boolean): Promise<Finding> => {
  const services = isNamed ? E.right([]) : await world.read(getServices({ allDetails: true }))
  const all = E.isRight(services) ? services.right.flatMap(({ customerGuid }) => customerGuid ?? []) : []
  const wanted = [...new Set([...(target.customerGuid === undefined ? [] : [target.customerGuid]), ...all])]
  const told: Array<Told> = []
  for (const customerGuid of wanted.slice(0, limit)) {
    const service = await world.read(getService({ customerGuid }))
    const text = E.isRight(service) ? service.right.clientSecretExpirationDate : undefined
    if (E.isRight(service) && text !== undefined && text.trim() !== '')
      told.push({ name: service.right.shortName ?? customerGuid, text })
  }
  return expiryFinding(told, Math.min(wanted.length, limit), wanted.length, world.env.now())
}
