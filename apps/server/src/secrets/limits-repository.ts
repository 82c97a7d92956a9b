import { largestSecretBytes, mostSecretKeys } from '@wave-store/contract'
import { sql, type Transaction } from 'kysely'
import { AppError } from '../app-error.ts'
import type { Database } from '../db/database.ts'

/** @throws {AppError} `quota_exceeded` when the owner has so many secrets */
export async function requireQuota(transaction: Transaction<Database>, ownerId: string, quota: number): Promise<void> {
  const { count } = await transaction
    .selectFrom('secret')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ownerId', '=', ownerId)
    .executeTakeFirstOrThrow()
  if (Number(count) < quota) return
  throw new AppError('quota_exceeded', `You have ${count} secrets, as many as this store allows. Delete one first.`)
}

/** @throws {AppError} `too_large` when the secret, as it is in the transaction, holds more than it may */
export async function requireRoom(transaction: Transaction<Database>, secretId: string): Promise<void> {
  const { count, characters } = await transaction
    .selectFrom('secretValue')
    .select(({ fn }) => [fn.countAll<number>().as('count'), sql<number>`sum(length("sealed"))`.as('characters')])
    .where('secretId', '=', secretId)
    .executeTakeFirstOrThrow()
  if (Number(count) > mostSecretKeys) throw new AppError('too_large', `A secret has at most ${mostSecretKeys} keys.`)
  // Bytes rest as base64 of base64 at the most, and with each value comes what seals and names it.
  if (Number(characters) > (largestSecretBytes * 16) / 9 + Number(count) * 100)
    throw new AppError('too_large', 'All values of a secret together hold at most 4 MiB.')
}
