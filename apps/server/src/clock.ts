/** Where the time comes from, in epoch milliseconds; tests bring their own. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
