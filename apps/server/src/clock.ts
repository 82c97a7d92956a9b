/** Where the time comes from, in epoch milliseconds; tests bring their own. */
export interface Clock {
  now(): number
}

/** One that can also tell how much time went by, whatever became of the date meanwhile. */
export interface SteadyClock extends Clock {
  /** Milliseconds since some moment; never jumps. */
  steady(): number
}

export const systemClock: SteadyClock = { now: () => Date.now(), steady: () => performance.now() }
