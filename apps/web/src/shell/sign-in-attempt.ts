const key = 'sign-in-attempt'
const loopMs = 10_000

interface Attempt {
  path: string
  atMs: number
}

function lastAttempt(): Partial<Attempt> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Attempt>
  } catch {
    return {}
  }
}

/** Signing in that leads straight back to the same page, again and again, must end in a message rather than in a loop. */
export function attemptedJustNow(path: string): boolean {
  const last = lastAttempt()
  return last.path === path && Date.now() - (last.atMs ?? 0) < loopMs
}

export function rememberAttempt(path: string): void {
  sessionStorage.setItem(key, JSON.stringify({ path, atMs: Date.now() } satisfies Attempt))
}

/** It led to a session, so that a session which ends soon after is no loop. */
export function forgetAttempt(): void {
  sessionStorage.removeItem(key)
}
