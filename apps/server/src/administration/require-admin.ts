import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'

/**
 * @param what of the store it is about, such as `The settings of the store`
 * @throws {AppError} `forbidden` for everybody else
 */
export function requireAdmin(actor: Actor, what: string): void {
  if (!actor.isAdmin) throw new AppError('forbidden', `${what} are for administrators.`)
}
