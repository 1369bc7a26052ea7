import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Program } from '../Env'
import { type ProviderError, failed } from '../Errors'
import { pollAgain } from '../Operations'
import type { ServiceArgs } from './Args'
import { another } from './Identity'
import type { Kind } from './Kind'
import { isOfOtherKind } from './License'
import { type LiveConnection, type LiveService, deployment, isAnother, primaryOf } from './Live'
import { type Made, existsAlready, findMade } from './Make'
import * as Requests from './Requests'

/** A new service: as it was read when its connection was deployed, and what was wrong on the way to it. */
export interface Reached {
  readonly customerGuid: string
  readonly live: O.Option<LiveService>
  readonly fault: O.Option<ProviderError>
}

/**
 * Waits for a new service, and makes sure that it is the new one: its details must have the declared names, or else it is looked for by them.
 *
 * @returns the service; with a fault, so that nothing is sent to it, when it is not proven or not whole
 */
export const reach =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, made: Made): Program<Reached> =>
  (env) =>
  async () => {
    const { customerGuid, fault } = made
    if (fault !== undefined) return withFault(kind, args, made, fault)(env)()
    const seen = await awaited(kind, args, customerGuid, 'afterCreation')(env)()
    if (E.isLeft(seen)) return unproven(kind, args, made, seen.left)(env)()
    if (seen.right === 'another') return elsewhere(kind, args, made)(env)()
    const { live, fault: undeployed } = seen.right
    return made.found && isOfSomebodyElse(kind, args, live)
      ? E.left(madeMeanwhile(kind, args, customerGuid, 'the answer to its creation was lost'))
      : E.right({ customerGuid, live: O.some(live), fault: undeployed })
  }

const madeMeanwhile = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  customerGuid: string,
  sent: string
): ProviderError => ({ ...existsAlready(kind, args, [customerGuid], sent), mayHaveChanged: true })

/** A service that is not whole is not waited for; it must be the new one all the same. */
const withFault =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, made: Made, fault: ProviderError): Program<Reached> =>
  (env) =>
  async () => {
    const { customerGuid, found } = made
    const read = await Requests.getService(customerGuid)(env)()
    if (E.isLeft(read)) return unproven(kind, args, made, fault)(env)()
    if (isAnother(customerGuid, args, read.right)) return elsewhere(kind, args, made)(env)()
    return found && isOfSomebodyElse(kind, args, read.right)
      ? E.left(madeMeanwhile(kind, args, customerGuid, 'its creation ended with an error'))
      : unproven(kind, args, { ...made, found: true }, fault)(env)()
  }

/**
 * The id of the answer cannot be read. It may be a wrong one, so a service that is listed under the declared names counts more: a state with the wrong id would leave
 * that service to nobody.
 */
const unproven =
  <A extends ServiceArgs>(
    kind: Kind<A>,
    args: A,
    { customerGuid, found }: Made,
    fault: ProviderError
  ): Program<Reached> =>
  (env) =>
  async () => {
    const listed = found ? E.right([]) : await kind.look(args)(env)()
    const [own, ...others] = E.isRight(listed) ? listed.right : []
    const isIt = own !== undefined && others.length === 0
    return E.right({ customerGuid: isIt ? own : customerGuid, live: O.none, fault: O.some(fault) })
  }

/** The id of the answer is that of another service, which is left alone. */
const elsewhere =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, { customerGuid, found }: Made): Program<Reached> =>
  (env) =>
  async () => {
    const fault = another(customerGuid)
    if (found) return E.left(fault)
    const own = await findMade(kind, args, { patience: 'short', whenNone: fault })(env)()
    return E.isLeft(own) ? own : E.right({ customerGuid: own.right.customerGuid, live: O.none, fault: O.some(fault) })
  }

/** Found by its name only, and not what was sent, for it is of the other kind or on another SBC: somebody else may have made it meanwhile. */
const isOfSomebodyElse = <A extends ServiceArgs>(kind: Kind<A>, args: A, live: LiveService): boolean => {
  const sbcId = primaryOf(live, kind.connectionName(args))?.sbcId
  const isElsewhere = args.siteLocation !== undefined && sbcId !== undefined && sbcId !== args.siteLocation.sbcId
  return isElsewhere || isOfOtherKind(kind.licenses, live.licenseType)
}

interface Seen {
  readonly live: LiveService
  /** Why its connection is not deployed. */
  readonly fault: O.Option<ProviderError>
}

/** When a service is waited for. */
export type Moment =
  /** It was just made, so it may not be readable at once: 404 is waited for, as long as making it may take. */
  'afterCreation' | 'beforeChange'

/**
 * Reads a new service until its connection is deployed.
 *
 * @returns `another` when the details are those of another service. Left: it cannot be read
 */
export const awaited =
  <A extends ServiceArgs>(kind: Kind<A>, args: A, customerGuid: string, moment: Moment): Program<Seen | 'another'> =>
  (env) =>
  async () => {
    const began = env.now()
    for (let round = 0; ; round++) {
      const read = await Requests.getService(customerGuid)(env)()
      if (E.isLeft(read) && !(read.left._tag === 'NotFound' && moment === 'afterCreation')) return read
      if (E.isRight(read) && isAnother(customerGuid, args, read.right)) return E.right('another')
      const connection = E.isRight(read) ? primaryOf(read.right, kind.connectionName(args)) : undefined
      const far = deployment(connection?.sbcDeploymentState)
      if (E.isRight(read)) {
        const live = read.right
        if (far === 'failed') return E.right({ live, fault: O.some(undeployed(connection, env.operation.scrub)) })
        const waits = kind.hasConnection(args) && live.sipConnections !== undefined && !isAmbiguous(live, connection)
        if (far === 'deployed' || !waits) return E.right({ live, fault: O.none })
      }
      const { deadline } = env.operation
      const again = await pollAgain(
        round,
        E.isLeft(read)
          ? {
              awaited: `service ${customerGuid} to become readable`,
              known: 'it answers 404 so far',
              began,
              until: Math.min(deadline, began + env.settings.programTimeout * 1000)
            }
          : {
              awaited: `the first connection of service ${customerGuid} to be deployed`,
              known:
                connection === undefined
                  ? 'the service details do not list it yet'
                  : `its deployment state is ${env.operation.scrub(connection.sbcDeploymentState ?? 'not told')}`,
              began,
              until: deadline
            }
      )(env)()
      if (E.isLeft(again)) return E.isLeft(read) ? again : E.right({ live: read.right, fault: O.some(again.left) })
    }
  }

/** Several connections, none of them named as it was made: which one is the first cannot be told, so none is waited for. */
const isAmbiguous = ({ sipConnections = [] }: LiveService, connection: LiveConnection | undefined): boolean =>
  connection === undefined && sipConnections.length > 1

const undeployed = (connection: LiveConnection | undefined, scrub: (text: string) => string): ProviderError =>
  failed([
    `The deployment state of connection ${connection?.siteGuid ?? ''} of the service is ${scrub(connection?.sbcDeploymentState ?? '')}.`
  ])
