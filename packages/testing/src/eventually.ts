import { setTimeout as pause } from 'node:timers/promises'

/**
 * Looks again and again until the check passes, and returns what it gave.
 *
 * @throws what the check threw last, when `timeoutMs` is over
 */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 30_000): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; ) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(25)
    }
  }
}
