import { randomUUID } from 'node:crypto'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

const runtime = new InMemoryRuntime()
let store: TestStore
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ runtime, environment: { WAVE_STORE_FULL_ACCESS_ROLE: 'full' } })
  admin = await store.as('admin')
})
afterAll(() => store[Symbol.asyncDispose]())

/** A person with an account, and an instance of theirs. */
async function ownerWithInstance() {
  const username = `p${randomUUID().slice(0, 8)}`
  const body = { username, name: username, email: '', roles: ['full'] }
  const { account, oneTimePassword } = await admin.client.createAccount({ body })
  const person = await store.as({ username, password: oneTimePassword, newPassword: 'correct horse battery' })
  const { id: appId } = await person.importBundle(await demoBundle({ name: `logs.${randomUUID()}` }))
  const { id } = await person.client.launchInstance({ body: { appId } })
  await expect.poll(() => runtime.specOf(id)).toBeDefined()
  return { params: { accountId: account.id }, person, id }
}

async function followed({ id }: { id: string }, headers: Record<string, string>) {
  const response = await fetch(`${store.origin}/api/instances/${id}/logs?follow=true`, { headers })
  expect(response.status).toBe(200)
  return { end: response.text().catch(() => 'cut off') }
}

type Owner = Awaited<ReturnType<typeof ownerWithInstance>>
const endings: Record<string, (owner: Owner) => Promise<unknown>> = {
  'signs out': ({ person }) => person.client.signOut(),
  'is disabled': ({ params }) => admin.client.updateAccount({ params, body: { isDisabled: true } }),
  'loses full access': ({ params }) => admin.client.updateAccount({ params, body: { roles: [] } }),
}

it.each(Object.entries(endings))('a log that is followed ends when its reader %s', async (_what, end) => {
  const owner = await ownerWithInstance()
  const reading = await followed(owner, { cookie: String(owner.person.cookies) })
  await end(owner)
  expect(await reading.end).toBe('cut off')
})

it('a log that a token follows ends when the token is revoked', async () => {
  const owner = await ownerWithInstance()
  const { secret, token } = await owner.person.client.createToken({ body: { name: 'logs', scopes: ['read'] } })
  const reading = await followed(owner, { authorization: `Bearer ${secret}` })
  await owner.person.client.revokeToken({ params: { tokenId: token.id } })
  expect(await reading.end).toBe('cut off')
})
