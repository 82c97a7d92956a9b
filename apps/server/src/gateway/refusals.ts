import type { Refusal } from './respond.ts'

export const signInNeeded: Refusal = {
  status: 401,
  code: 'unauthenticated',
  detail: 'Open the address in a browser and sign in.',
}

/** The same for an instance that is not there and for one that the asker may not know of. */
export const noSuchInstance: Refusal = {
  status: 404,
  code: 'not_found',
  detail: 'There is no such instance, or it is not open to you.',
}

/** It would stand between a browser and our own pages at the instance's address, for as long as the browser keeps it. */
export const noServiceWorker: Refusal = {
  status: 403,
  code: 'forbidden',
  detail: 'Apps may not register service workers here.',
}

export const stillStarting: Refusal = {
  status: 503,
  code: 'unavailable',
  detail: 'The app is still starting.',
  retryAfterSeconds: 1,
}

export const tooManyWait: Refusal = {
  status: 503,
  code: 'unavailable',
  detail: 'Too many pages wait at the moment.',
  retryAfterSeconds: 2,
}

/** What an app left in a browser before the name moved must not meet the next one. */
export const leadsElsewhere: Refusal = {
  status: 409,
  code: 'conflict',
  detail: 'This address leads to another app by now. Open it again.',
}

export const asleep: Refusal = {
  status: 503,
  code: 'unavailable',
  detail: 'The app is asleep. Open its address in a browser to wake it.',
}

export const hasFailed: Refusal = {
  status: 502,
  code: 'unavailable',
  detail: 'The app is not running. The page of its instance says why.',
}

export const notAnswering: Refusal = {
  status: 502,
  code: 'unavailable',
  detail: 'The app is not answering.',
}

export const tookTooLong: Refusal = {
  status: 504,
  code: 'unavailable',
  detail: 'The app took too long to answer.',
}

export const brokenAnswer: Refusal = {
  status: 502,
  code: 'unavailable',
  detail: 'The app gave an answer that is not valid HTTP, or none at all.',
}

export const storeInTrouble: Refusal = {
  status: 503,
  code: 'unavailable',
  detail: 'The store cannot say at the moment who may open this. Try again shortly.',
  retryAfterSeconds: 2,
}
