import type { ErrorCode, FailureCause, InstanceStatus, Phase, QueuePlace, Suspension } from '@wave-store/contract'

/** What the gateway asks of the store. All of it is per request or per event, so answers may be cached for a moment by the implementer. */
export interface GatewayPorts {
  /** The instance that a host label (an id or an alias) names; undefined: there is none, or it was terminated. */
  find(label: string): Promise<GatewayInstance | undefined>
  /**
   * What the bearer of a ticket, or nobody in particular, may do with the instance at this moment. An instance that is
   * not there answers as one that is not open to anybody.
   *
   * @param address where a request comes from, which counts as use of the session; undefined: a look that is no use
   */
  admit(instanceId: string, ticket: string | undefined, address?: string): Promise<Admission>
  /** Wakes a sleeping instance for who opens it; one that runs or is on its way is left alone. */
  wake(visit: { instanceId: string; ticket: string | undefined; address: string }): Promise<Waking>
  /**
   * Tells of changes of an instance. A hint that makes it soon: whoever needs to be sure looks again.
   *
   * @returns ends the subscription
   */
  subscribe(instanceId: string, onChange: () => void): () => void
  /**
   * Exchanges a one-time code for a ticket. Undefined when the code was used, is older than a minute, was made for
   * another instance or for another nonce.
   */
  redeem(exchange: {
    code: string
    instanceId: string
    nonce: string | undefined
  }): Promise<{ ticket: string } | undefined>
  /** The latest lines of the instance's log, oldest first. */
  tail(instanceId: string, lines: number): Promise<string[]>
  /** The app's icon, where `hasIcon` says that there is one: pages at the instance's address show it from there. */
  icon(instanceId: string): Promise<{ mediaType: string; bytes: Uint8Array } | undefined>
}

export interface GatewayInstance {
  id: string
  /** The label that its other addresses lead to: its primary name, or its id. */
  mainLabel: string
  /**
   * What browsers are given once they have forgotten what the instance before has left at the label that this one was
   * found by: no page can know it before it gets there. Null: the label led nowhere else, as an id never does.
   */
  moveMark: string | null
  status: InstanceStatus
  phase: Phase
  /** What it ended with; while it is tried again, with what it ended the last time. */
  failure: FailureCause | null
  /** How often it was started again after a crash since somebody last asked for a start. */
  restarts: number
  /** In phase `backing_off`: epoch milliseconds when it is started again. */
  nextStartAt: number | null
  queue: QueuePlace | null
  /** Why it sleeps; null: it does not. */
  suspension: Suspension | null
  /** Where the app answers, once it is up. */
  address: { host: string; port: number } | null
  /** Epoch milliseconds when the current start was asked for. */
  wantedSince: number
  /** Median time of earlier starts of this app in milliseconds; null when there was none. */
  usualStartMs: number | null
  /** `/`, or the path under which the app expects to be reached. */
  basePath: string
  /** How the app's Wave server signs people in with the store; null: it does not. */
  ownSignIn: OwnSignIn | null
  app: { title: string; hasIcon: boolean; ownerName: string }
}

export interface OwnSignIn {
  /** What the Wave server knows a browser by; at the base path. */
  cookie: string
  /** Where the provider sends people back to. */
  callbackPath: string
  signOutPath: string
  /** Where the store asks what is to end besides. */
  endSessionUrl: string
}

/** `reason`: why it stays asleep, in a sentence for who opened it. */
export type Waking =
  | { kind: 'awake' }
  | { kind: 'refused'; reason: string; code: ErrorCode; retryAfterSeconds: number | undefined }

export type Admission =
  | {
      kind: 'open'
      /** Told to the app as facts about who is asking; null: somebody whom nobody knows, at a PUBLIC instance. */
      user: { id: string; name: string; email: string } | null
      /** The same as a signed token, which the app can check. */
      identity?: string
      readLogs: boolean
      /** The ticket is to be exchanged for a fresh one at the next page that is opened. */
      isAging?: boolean
    }
  /** No ticket, or one whose session has ended: the way to one leads through the store. */
  | { kind: 'sign_in' }
  /** Somebody who may not know that the instance exists. */
  | { kind: 'refused' }
