import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccessWorld, type Inhabitant } from '../testing/access/access-world.ts'

let world: AccessWorld
beforeAll(async () => {
  world = await AccessWorld.create()
})
afterAll(() => world[Symbol.asyncDispose]())

const newsOf = async ({ client }: Inhabitant) =>
  (await client.listAuditEvents({ query: { scope: 'others' } })).items.map(
    ({ actor, action, target, outcome, detail }) => ({
      by: actor?.name,
      action,
      on: target?.kind,
      outcome,
      detail,
    }),
  )

describe('the audit log', () => {
  it('tells an owner what an administrator did to their things, and counts it until it was read', async () => {
    const { appOwner, admin, stranger } = world.people
    const appId = await world.app('ALL_USERS')
    const tagId = await world.tag('limited', ['RZ'])
    const { items } = await appOwner.client.listAuditEvents({ query: { scope: 'others', limit: 1 } })
    await appOwner.client.markNewsRead({ body: { upTo: items[0]!.id } })
    expect((await appOwner.client.getSession()).unseenNews).toBe(0)

    await admin.client.updateApp({ params: { appId }, body: { visibility: 'PRIVATE' } })
    await admin.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
    await admin.client.assignTag({ params: { appId, tagId } })
    await stranger.client.deleteApp({ params: { appId } }).catch(() => undefined)
    await appOwner.client.updateApp({ params: { appId }, body: { visibility: 'PRIVATE' } })
    expect((await appOwner.client.getSession()).unseenNews).toBe(4)
    const tag = (await admin.client.getTag({ params: { tagId } })).name
    expect((await newsOf(appOwner)).slice(0, 4)).toEqual([
      { by: 'stranger', action: 'app.delete', on: 'app', outcome: 'forbidden', detail: '' },
      { by: 'admin', action: 'app.assign-tag', on: 'app', outcome: 'done', detail: `tag: ${tag}, visitor roles: RZ` },
      { by: 'admin', action: 'app.update', on: 'app', outcome: 'done', detail: 'visibility: ALL_USERS' },
      { by: 'admin', action: 'app.update', on: 'app', outcome: 'done', detail: 'visibility: PRIVATE' },
    ])
    await appOwner.client.markNewsRead({ body: { upTo: Number.MAX_SAFE_INTEGER } })
    await appOwner.client.markNewsRead({ body: { upTo: 0 } })
    expect((await appOwner.client.getSession()).unseenNews).toBe(0)
    await admin.client.deleteApp({ params: { appId } })
    expect((await newsOf(appOwner))[0]).toMatchObject({ action: 'app.delete', outcome: 'done' })
    expect((await appOwner.client.getSession()).unseenNews).toBe(1)
  })

  it('tells of a terminated instance, of logs read by others, and of a password that was reset', async () => {
    const { instanceOwner, admin, appOwner } = world.people
    const instanceId = await world.instance('PRIVATE')
    await appOwner.fetch(`/api/instances/${instanceId}/logs`)
    await instanceOwner.fetch(`/api/instances/${instanceId}/logs`)
    await admin.client.terminateInstance({ params: { instanceId } })
    const { items } = await admin.client.listAccounts()
    const accountId = items.find((account) => account.username === 'instanceowner')!.id
    await admin.client.updateAccount({ params: { accountId }, body: { name: 'instanceOwner' } })
    expect((await newsOf(instanceOwner)).slice(0, 3)).toMatchObject([
      { by: 'admin', action: 'account.update', on: 'account', detail: 'name: instanceOwner' },
      { by: 'admin', action: 'instance.terminate', on: 'instance' },
      { by: 'appOwner', action: 'instance.logs', on: 'instance', detail: 'process: current' },
    ])
  })

  it('shows everybody their own acts and news, and all of it to administrators alone', async () => {
    const { visitor, stranger, admin } = world.people
    await stranger.client.createTag({ body: { name: 'not mine to make' } }).catch(() => undefined)
    const mine = (await stranger.client.listAuditEvents({ query: { outcome: 'refused' } })).items
    expect(mine[0]).toMatchObject({ action: 'tag.create', outcome: 'forbidden', via: 'browser', address: '127.0.0.1' })
    expect(mine.every((event) => event.actor?.id === stranger.id)).toBe(true)
    await expect(visitor.client.listAuditEvents({ query: { scope: 'all' } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const all = (await admin.client.listAuditEvents({ query: { scope: 'all', search: 'STRANGER tag.create' } })).items
    expect(all.map((event) => event.id)).toEqual([mine[0]!.id])
    const known = new Set([visitor.id, undefined])
    const theirs = (await visitor.client.listAuditEvents({})).items
    expect(theirs.every((event) => known.has(event.actor?.id) || event.address === '')).toBe(true)
  })

  it('tells every owner whose apps bear a tag when somebody changes whom it admits, or deletes it', async () => {
    const { admin, tagAdmin, appOwner } = world.people
    const appId = await world.app('ALL_USERS')
    const tagId = await world.tag('limited')
    await tagAdmin.client.assignTag({ params: { appId, tagId } })
    await tagAdmin.client.updateTag({ params: { tagId }, body: { visitorRoles: ['RB'] } })
    await tagAdmin.client.updateTag({ params: { tagId }, body: { title: 'Nobody minds' } })
    await admin.client.deleteTag({ params: { tagId } })
    expect((await newsOf(appOwner)).slice(0, 3)).toMatchObject([
      { by: 'admin', action: 'tag.delete', on: 'app' },
      { by: 'tagAdmin', action: 'tag.update', on: 'app', detail: expect.stringContaining('visitorRoles: RB') },
      { by: 'tagAdmin', action: 'app.assign-tag', on: 'app' },
    ])
  })

  it('keeps what somebody was refused for what they may not see, without its name', async () => {
    const { stranger, appOwner } = world.people
    const appId = await world.app('PRIVATE')
    await stranger.client.deleteApp({ params: { appId } }).catch(() => undefined)
    const [event] = (await stranger.client.listAuditEvents({})).items
    expect(event).toMatchObject({
      action: 'app.delete',
      outcome: 'not_found',
      target: { kind: 'app', id: appId, name: '' },
    })
    expect((await newsOf(appOwner))[0]).not.toMatchObject({ by: 'stranger', outcome: 'not_found' })
  })

  it('tells sign-ins, wrong passwords and tokens, and never a secret', async () => {
    const { admin, stranger } = world.people
    const search = async (text: string) =>
      (await admin.client.listAuditEvents({ query: { scope: 'all', search: text } })).items
    await expect(world.store.as({ username: 'Nobody', password: 'hunter2-secret' })).rejects.toThrow('401')
    expect(await search('session.sign-in-refused')).toMatchObject([
      { actor: null, outcome: 'unauthenticated', detail: 'an unknown username' },
    ])
    const { secret } = await stranger.client.createToken({ body: { name: 'ci', scopes: ['read', 'apps'] } })
    const { oneTimePassword } = await admin.client.createAccount({ body: { username: 'new', name: 'New', email: '' } })
    expect((await search('token.create'))[0]).toMatchObject({
      target: { kind: 'token', name: 'ci' },
      detail: 'scopes: read apps, expiresInDays: 30',
    })
    expect((await search('session.sign-in stranger')).length).toBeGreaterThan(0)
    const everything = JSON.stringify(await world.store.store.context.db.selectFrom('auditEvent').selectAll().execute())
    for (const hidden of ['hunter2-secret', secret, oneTimePassword, 'long enough'])
      expect(everything).not.toContain(hidden)
  })

  it('records nothing of requests that are wrong in themselves', async () => {
    const { audit } = world.store.store.context
    const before = await audit.lastId()
    await world.people.stranger.fetch('/api/apps/not-an-id', { method: 'DELETE' })
    await fetch(`${world.store.origin}/api/apps/${crypto.randomUUID()}`, { method: 'DELETE' })
    expect(await audit.lastId()).toBe(before)
  })

  it('is paged by what comes before an event, within times', async () => {
    const { admin } = world.people
    const { client } = admin
    for (let count = 0; count < 5; count++) await world.tag('open')
    const query = { scope: 'mine', search: 'tag.create' } as const
    const first = await client.listAuditEvents({ query: { ...query, limit: 2 } })
    const second = await client.listAuditEvents({ query: { ...query, limit: 2, before: first.items[1]!.id } })
    const ids = [...first.items, ...second.items].map((event) => event.id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
    expect([ids.length, first.hasMore]).toEqual([4, true])
    const { at } = first.items[0]!
    const within = await client.listAuditEvents({ query: { ...query, from: at, until: at } })
    expect(within.items.every((event) => event.at === at) && within.items.length > 0).toBe(true)
    expect((await client.listAuditEvents({ query: { ...query, until: '2001-01-01T00:00:00Z' } })).items).toEqual([])
  })
})

describe('with a million events', () => {
  it('the latest page, a rare word and news are found without stopping the store', async () => {
    const { db } = world.store.store.context
    const { admin, visitor } = world.people
    await sql`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000)
      insert into "auditEvent" (at, "actorId", "actorName", via, address, action, "targetKind", "targetId", "targetName", "ownerId", outcome, detail, "searchText")
      select 1000000000000 + i, ${admin.id}, 'admin', 'browser', '', 'app.update', 'app', 'x', 'Some app', case when i % 3 = 0 then ${visitor.id} end, 'done', 'visibility: PRIVATE', 'admin\nbrowser\napp.update\nsome app\n' || case i when 5 then 'needle' else 'done' end from n
    `.execute(db)
    const timed = async <T>(ask: () => Promise<T>): Promise<[T, number]> => {
      // Whatever else the machine does takes its time from one of three, hardly from all.
      let shortest = Number.POSITIVE_INFINITY
      let answer: T | undefined
      for (let time = 0; time < 3; time++) {
        const begun = performance.now()
        answer = await ask()
        shortest = Math.min(shortest, performance.now() - begun)
      }
      return [answer as T, shortest]
    }
    const list = (query: object) => () => admin.client.listAuditEvents({ query: { scope: 'all', ...query } })
    const [page, latestMs] = await timed(list({ limit: 200 }))
    const [, pagedMs] = await timed(list({ before: page.items[0]!.id - 900_000 }))
    const [session, newsMs] = await timed(() => visitor.client.getSession())
    const [[needle, needleMs], [, meanwhileMs]] = await Promise.all([
      timed(list({ search: 'needle' })),
      timed(() => visitor.client.getSession()),
    ])
    const [, wideMs] = await timed(list({ from: '2001-09-09T00:00:00Z' }))
    const [rangeOfTime, rangeMs] = await timed(list({ from: '2001-09-09T01:46:41Z', until: '2001-09-09T01:46:42Z' }))
    expect([page.items.length, session.unseenNews, needle.items.length, rangeOfTime.items.length]).toEqual([
      200, 100, 1, 50,
    ])
    const fastMs = Math.max(latestMs, pagedMs, newsMs, rangeMs, wideMs)
    const told = JSON.stringify({ latestMs, pagedMs, newsMs, rangeMs, wideMs, needleMs, meanwhileMs })
    // The rare word is looked for in every row: what reads an index, and what only waits its turn, is quicker than that.
    expect([fastMs < needleMs, meanwhileMs < needleMs], told).toEqual([true, true])
  }, 120_000)
})
