const key = 'sign-in-attempt'
const loopMs = 10_000

/** Signing in that leads straight back here, again and again, must end in a message rather than in a loop. */
export function attemptedJustNow(): boolean {
  const last = Number(sessionStorage.getItem(key) ?? 0)
  return Date.now() - last < loopMs
}

export function rememberAttempt(): void {
  sessionStorage.setItem(key, String(Date.now()))
}

/** It led to a session, so that a session which ends soon after is no loop. */
export function forgetAttempt(): void {
  sessionStorage.removeItem(key)
}
