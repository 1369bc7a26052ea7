import type { Program } from '../Env'
import { type Change, type Entry } from '../Report'
import { reported } from '../Reported'
import type { Written } from '../Written'
import { type SipConnectionArgs, secretPlaces } from '../sip-connection/Args'
import { changeRules } from '../sip-connection/Diff'
import * as SipConnection from '../sip-connection/SipConnection'
import type { FoundState, SipConnectionState } from '../sip-connection/State'
import { subject } from '../sip-connection/Subject'

/** The writes of a connection, each with its row in the change report: that of an entry of its fleet. */

const about = (entry: Entry): Pick<Change, 'resource' | 'entry' | 'secrets' | 'rules'> => ({
  resource: 'SipConnection',
  entry,
  secrets: secretPlaces,
  rules: changeRules
})

export const create = (entry: Entry, args: SipConnectionArgs): Program<Written<SipConnectionState>> =>
  reported({ ...about(entry), subject: subject('create', args), after: args })(SipConnection.create(args))

export const update = (
  entry: Entry,
  id: string,
  before: FoundState,
  args: SipConnectionArgs
): Program<Written<SipConnectionState>> =>
  reported({ ...about(entry), subject: subject('update', args, id), id, before, after: args })(
    SipConnection.update(id, before, args)
  )

export const remove = (entry: Entry, id: string, before: FoundState): Program<void> =>
  reported({ ...about(entry), subject: subject('delete', before, id), id, before })(SipConnection.remove(id, before))
