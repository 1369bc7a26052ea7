/**
 * What can go wrong on purpose. "Effect" is what the request would have done to the platform without the fault.
 *
 * - `status`: this status, no effect. `body` is sent as JSON unless it is a text; a text is sent as it is. `retryAfter` is sent as it is;
 *   `retryAfterDate` is a number of seconds from the request on and is sent as a date, rounded up to whole seconds.
 * - `statusAfterEffect`: effect, then this status in place of the answer.
 * - `delay`: effect at arrival, answer `ms` later.
 * - `resetBefore`, `resetAfter`: the socket is reset without, or after, the effect.
 * - `halfBody`: effect; all headers, half the body, then the connection ends.
 * - `slowBody`: effect; headers at once, the body in small pieces over `ms`.
 * - `emptyBody`, `notJson`, `wrongShape`: effect; nothing, no JSON, or JSON whose values have the wrong types.
 * - `html`: no effect; a page as a proxy makes it, with this status.
 * - `errorMessage`: 200 with an `executionMessages` entry of level `Error`; `effect` says whether the change was made.
 * - `otherSite`: effect; the answer names another site or customer than the request.
 * - `task`: effect. With `taskId`, Get lists this task as pending, Delete names it as its cleanup, and a call that starts a task of a
 *   service answers with it; Get Task knows it only if another rule answers for it. With `outcome`, the task that the request starts ends
 *   as the switches `deleteTask` and `serviceTask` tell; of a task of a service that fails or never ends nothing comes.
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: unknown
      readonly contentType?: string
      readonly retryAfter?: string
      readonly retryAfterDate?: number
    }
  | { readonly kind: 'statusAfterEffect'; readonly status: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'slowBody'; readonly ms: number }
  | { readonly kind: 'resetBefore' | 'resetAfter' | 'halfBody' | 'emptyBody' | 'notJson' | 'wrongShape' }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'errorMessage'; readonly effect: boolean; readonly message?: string }
  | { readonly kind: 'otherSite'; readonly siteGuid?: string; readonly customerGuid?: string }
  | { readonly kind: 'task'; readonly taskId?: string; readonly outcome?: 'fails' | 'never' | 'vanishes' }

export type FaultKind = Fault['kind']

export interface FaultMatch {
  /** Any method when left out. */
  readonly method?: string
  /**
   * A part of the path and query, or the source of a regular expression for it: either way of reading counts as a match.
   * Of a RegExp object the source is kept, not the flags. Any path when left out.
   */
  readonly path?: string | RegExp
  /** Guid of a customer: the path names it or one of its connections, also one that is made later. Any customer when left out. */
  readonly customer?: string
  /** Strike from the nth matching request on, counted from 1 when the fault was added. Default 1. */
  readonly nth?: number
}

/** A fault and the requests it strikes. Of several that match a request, the one added first strikes. */
export interface FaultRule {
  readonly match?: FaultMatch
  /** How many requests to strike. Default 1. */
  readonly times?: number | 'always'
  readonly fault: Fault
}

/** A fault rule waiting in the state. */
export interface ArmedFault {
  readonly method: string | null
  readonly path: string | null
  /** Left out where a rule names none. */
  readonly customer?: string
  readonly nth: number
  /** Matching requests so far. */
  readonly seen: number
  /** Strikes left; null: without end. */
  readonly left: number | null
  readonly fault: Fault
}
