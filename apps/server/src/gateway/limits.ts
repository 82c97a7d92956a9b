/** How long and how much the gateway puts up with, on either side. Times are in milliseconds. */
export interface GatewayLimits {
  /** Until an app takes a connection. */
  connectMs: number
  /** Until an app sends the head of its answer, counted from the end of the request. */
  headersMs: number
  /** Between two pieces of an app's answer. Event streams without a heartbeat end here and are opened again by browsers. */
  idleBodyMs: number
  /** Until a client has sent the head of its request. */
  clientHeadersMs: number
  /** A client that sends a body must move at least `minBodyBytes` in each such period. */
  clientBodyMs: number
  minBodyBytes: number
  /** How long a client may leave an answer unread. */
  unreadMs: number
  /** How long a client may go on sending a body that was already answered. */
  lingerMs: number
  /** How often open connections are asked for their right anew. */
  recheckMs: number
  /** How often an instance is looked at that pages wait for, besides when it says that it changed. */
  roomMs: number
  /** How long requests in flight may take to end when the gateway closes. */
  drainMs: number
  /** Size of a request's or an answer's head. */
  headBytes: number
}

export const defaultLimits: GatewayLimits = {
  connectMs: 5_000,
  headersMs: 300_000,
  idleBodyMs: 600_000,
  clientHeadersMs: 20_000,
  clientBodyMs: 30_000,
  minBodyBytes: 4_096,
  unreadMs: 600_000,
  lingerMs: 10_000,
  recheckMs: 400,
  roomMs: 1_000,
  drainMs: 5_000,
  headBytes: 32_768,
}
