import * as pulumi from '@pulumi/pulumi'
import { DialPlan, type DialPlanArgs } from './DialPlan'
import { HostedEssentialsService, type HostedEssentialsServiceArgs } from './HostedEssentialsService'
import { NumbersGuard } from './NumbersGuard'
import { OperatorConnectService, type OperatorConnectServiceArgs } from './OperatorConnectService'
import { SipConnection, type SipConnectionArgs } from './SipConnection'

/** The service of a customer: one that is made, by either way, or one that exists. */
export type CustomerService =
  | {
      /** A Hosted Essentials service (Direct Routing), which is made. */
      readonly hostedEssentials: HostedEssentialsServiceArgs
    }
  | {
      /** An Operator Connect service, which is made of the lead of its Microsoft tenant. */
      readonly operatorConnect: OperatorConnectServiceArgs
    }
  | {
      /** Id of a service that exists and is not managed here, a uuid. */
      readonly customerGuid: pulumi.Input<string>
    }

/** A SIP connection of the customer; the component fills in the customer. */
export type CustomerConnection = Omit<SipConnectionArgs, 'customerGuid'>

/** A dial plan of one of the connections; the component fills in customer and connection. */
export interface CustomerDialPlan extends Omit<DialPlanArgs, 'customerGuid' | 'siteGuid'> {
  /** Key of the connection in `connections`. */
  readonly connection: string
}

/** What a program declares of a customer. */
export interface CustomerArgs {
  /** The service: `{ hostedEssentials }`, `{ operatorConnect }`, or `{ customerGuid }` of one that exists. */
  readonly service: CustomerService
  /** SIP connections by name; the resource is called `<customer>-<name>`. */
  readonly connections: Readonly<Record<string, CustomerConnection>>
  /** Dial plans by name; the resource is called `<customer>-<name>`. */
  readonly dialPlans?: Readonly<Record<string, CustomerDialPlan>>
  /**
   * `["numbers"]`: connections may be destroyed although numbers of Operator Connect refer to them. Default: none, so that it is
   * refused.
   */
  readonly allow?: ReadonlyArray<'numbers'>
}

const token = 'audiocodes-live:index:Customer'

/**
 * A customer in one declaration: the service, its SIP connections and their dial plans, made in this order: a connection when the service is there, a dial
 * plan when its connection is deployed. Destroyed in reverse, and only when no acquired number of Operator Connect refers to one of the connections
 * any more: before anything is deleted the numbers are read, and a connection that is taken out of the declaration counts as one that is destroyed.
 *
 * The platform makes a first connection together with the service, named as the service (`shortName`). To manage it, declare a connection of that
 * `siteName` with `adopt: true`.
 *
 * The service has `deletionProtection` unless it is declared false, and nothing of a protected customer is destroyed: to take it away, run `pulumi up` with
 * `deletionProtection: false` first.
 *
 * Errors: a dial plan of a connection that is not declared, and a service that is given in no way or in more than one, end the preview.
 *
 * Source: the vendor's pages "Create Hosted Essentials Service", "Create Service from Lead", "Add SIP Connection", "Modify Dial Plan Content for SIP Connection"
 * and "Get Operator Connect Customer Numbers V3".
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const contoso = new live.Customer('contoso', {
 *   service: { customerGuid: '22222222-2222-4222-8222-222222222222' },
 *   connections: {
 *     berlin: {
 *       siteName: 'contoso-berlin',
 *       sbcId: 3,
 *       sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 *     }
 *   },
 *   dialPlans: {
 *     'berlin-numbers': { connection: 'berlin', rules: [{ prefix: '+4930555', tag: 'sbc1.example.net' }] }
 *   }
 * })
 * export const site = contoso.siteGuids.apply((guids) => guids['berlin'])
 */
export class Customer extends pulumi.ComponentResource {
  /** Id of the service: a uuid. */
  readonly customerGuid: pulumi.Output<string>
  /** Ids of the connections, by their names in the declaration. */
  readonly siteGuids: pulumi.Output<Readonly<Record<string, string>>>
  /** The connections, by their names in the declaration. */
  readonly connections: Readonly<Record<string, SipConnection>>
  /** The dial plans, by their names in the declaration. */
  readonly dialPlans: Readonly<Record<string, DialPlan>>

  /**
   * @param name name of the component in the program, and the beginning of the names of its resources
   * @param args what is declared of the customer
   * @param opts options of the engine; `provider`, `protect` and the like are handed down.
   */
  constructor(name: string, args: CustomerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    // What is wrong with the declaration is told before a part of it is registered, and so perhaps made.
    checkDeclared(name, args)
    super(token, name, {}, opts)
    const parent = this
    const service = serviceOf(name, args.service, parent)
    const { customerGuid } = service
    const dependsOn = service.made

    this.customerGuid = customerGuid
    this.connections = mapped(
      args.connections,
      (key, connection) => new SipConnection(`${name}-${key}`, { ...connection, customerGuid }, { parent, dependsOn })
    )
    this.dialPlans = mapped(args.dialPlans ?? {}, (key, { connection: of, ...plan }) => {
      const connection = this.connections[of] as SipConnection
      const { siteGuid } = connection
      return new DialPlan(`${name}-${key}`, { ...plan, customerGuid, siteGuid }, { parent, dependsOn: connection })
    })
    // It depends on all of it, so that it is the first to be destroyed, and nothing is when it refuses. Of a connection that is replaced only
    // those are destroyed before it that have a property from it, and would be replaced for another value.
    new NumbersGuard(
      `${name}-numbers`,
      {
        customerGuid: pulumi
          .all([customerGuid, pulumi.all(mapped(this.connections, (_, connection) => connection.customerGuid))])
          .apply(([guid]) => guid),
        // The deletion of a service takes the connection that the platform made with it, declared or not.
        connections: pulumi
          .all([...service.siteNames, ...Object.values(args.connections).map(({ siteName }) => siteName)])
          .apply((names) => [...new Set(names)]),
        deletionProtection: service.deletionProtection,
        ...(args.allow === undefined ? {} : { allow: [...args.allow] })
      },
      { parent, dependsOn: [...dependsOn, ...Object.values(this.connections), ...Object.values(this.dialPlans)] }
    )
    this.siteGuids = pulumi.all(mapped(this.connections, (_, { siteGuid }) => siteGuid))
    this.registerOutputs({ customerGuid, siteGuids: this.siteGuids })
  }
}

const mapped = <A, B>(record: Readonly<Record<string, A>>, to: (key: string, value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(key, value)]))

const kinds = ['hostedEssentials', 'operatorConnect', 'customerGuid']

const checkDeclared = (name: string, { service, connections, dialPlans }: Partial<CustomerArgs>): void => {
  const given = Object.entries(service ?? {}).flatMap(([kind, value]) => (value === undefined ? [] : [kind]))
  if (given.length !== 1 || !given.every((kind) => kinds.includes(kind))) {
    throw new pulumi.RunError(
      `Customer "${name}": service: expected one of hostedEssentials, operatorConnect and customerGuid, got ${given.length === 0 ? 'none' : given.join(' and ')}`
    )
  }
  if (connections === undefined) {
    throw new pulumi.RunError(
      `Customer "${name}": connections: is required; declare {} for a customer that has none here`
    )
  }
  const names = Object.keys(connections)
  for (const [key, { connection }] of Object.entries(dialPlans ?? {})) {
    if (names.includes(connection)) continue
    throw new pulumi.RunError(
      `Customer "${name}": dialPlans.${key}.connection: there is no connection "${connection}"; the connections are ${names.length === 0 ? 'none' : names.join(', ')}`
    )
  }
}

interface Service {
  readonly customerGuid: pulumi.Output<string>
  readonly deletionProtection: pulumi.Input<boolean>
  /** Names of the connections that the platform makes with it. */
  readonly siteNames: ReadonlyArray<pulumi.Input<string>>
  /** The resource, where the component makes it. */
  readonly made: Array<pulumi.Resource>
}

type Kinds = Partial<
  Record<'hostedEssentials', HostedEssentialsServiceArgs> &
    Record<'operatorConnect', OperatorConnectServiceArgs> &
    Record<'customerGuid', pulumi.Input<string>>
>

const serviceOf = (name: string, service: CustomerService, parent: pulumi.Resource): Service => {
  const { hostedEssentials, operatorConnect, customerGuid }: Kinds = service
  if (hostedEssentials !== undefined) {
    const { deletionProtection, shortName } = hostedEssentials
    const made = new HostedEssentialsService(name, hostedEssentials, { parent })
    return madeService(made, deletionProtection, shortName)
  }
  if (operatorConnect !== undefined) {
    const { deletionProtection, shortName, siteLocation } = operatorConnect
    const made = new OperatorConnectService(name, operatorConnect, { parent })
    const siteName = pulumi
      .all([shortName, siteLocation])
      .apply(([ofService, location]) => location?.siteLocationName ?? ofService)
    return madeService(made, deletionProtection, siteName)
  }
  return {
    customerGuid: pulumi.output(customerGuid as pulumi.Input<string>),
    deletionProtection: false,
    siteNames: [],
    made: []
  }
}

const madeService = (
  made: HostedEssentialsService | OperatorConnectService,
  deletionProtection: pulumi.Input<boolean> | undefined,
  siteName: pulumi.Input<string>
): Service => ({
  customerGuid: made.customerGuid,
  // As the service takes it: protected unless the program says otherwise.
  deletionProtection: pulumi.output(deletionProtection).apply((isProtected) => isProtected ?? true),
  siteNames: [siteName],
  made: [made]
})
