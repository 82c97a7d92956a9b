import { type Account, operations } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { fields } from '../audit/event.ts'
import { accountTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { localIssuer } from '../people/local-issuer.ts'
import { changeAccount, signOutAccount } from './change-account.ts'
import { findAccount } from './find-account.ts'
import { hashPassword, newOneTimePassword } from './password.ts'
import { mayAccounts } from './policy.ts'
import type { AccountRow } from './repository.ts'

export function accountRoutes(context: AppContext): Router {
  const router = Router()
  const { accounts, people } = context
  const targetOf = async (actor: Actor, id: string) =>
    accountTarget(await findAccount(context, actor, id), await people.idOf({ issuer: localIssuer, subject: id }))

  mount(router, operations.listAccounts, async ({ actor }) => {
    if (!mayAccounts.administer(actor)) throw new AppError('forbidden', 'Only administrators see the accounts.')
    return { items: (await accounts.all()).map((row) => present(actor, row)) }
  })

  mount(router, operations.createAccount, async ({ actor, audit, body }) => {
    if (!mayAccounts.administer(actor)) throw new AppError('forbidden', 'Only administrators make accounts.')
    const oneTimePassword = newOneTimePassword()
    const row = await accounts.insert({ ...body, passwordHash: await hashPassword(oneTimePassword) })
    audit.about(accountTarget(row, undefined), fields(body))
    return { account: present(actor, row), oneTimePassword }
  })

  mount(router, operations.updateAccount, async ({ actor, audit, params, body }) => {
    audit.about(await targetOf(actor, params.accountId), fields(body))
    return present(actor, await changeAccount(context, actor, { id: params.accountId, ...body }))
  })

  mount(router, operations.resetPassword, async ({ actor, audit, params }) => {
    audit.about(await targetOf(actor, params.accountId))
    const row = await findAccount(context, actor, params.accountId)
    const oneTimePassword = newOneTimePassword()
    await accounts.setPassword(row.id, await hashPassword(oneTimePassword), true)
    await signOutAccount(context, row.id)
    return { oneTimePassword }
  })

  return router
}

function present(actor: Actor, row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    email: row.email,
    roles: JSON.parse(row.rolesJson) as string[],
    isDisabled: row.isDisabled === 1,
    mustChangePassword: row.mustChangePassword === 1,
    createdAt: new Date(row.createdAt).toISOString(),
    can: { update: mayAccounts.administer(actor), disable: mayAccounts.disable(actor, row) },
  }
}
