import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccessWorld } from '../testing/access/access-world.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { updateTag } from './update-tag.ts'

let world: AccessWorld
beforeAll(async () => {
  world = await AccessWorld.create()
})
afterAll(() => world[Symbol.asyncDispose]())

const create = (name: string, more: object = {}) => world.people.admin.client.createTag({ body: { name, ...more } })
const tagNames = (app: { tags: { name: string }[] }) => app.tags.map((tag) => tag.name)

describe('a tag', () => {
  it('has a name of its own, whatever its case, script or form', async () => {
    await create('Straße 1')
    for (const name of ['STRASSE 1', 'straße  1', 'Straße 1'.normalize('NFD'), 'Ｓｔｒａßｅ 1'])
      await expect(create(name), name).rejects.toMatchObject({ code: 'conflict' })
    await create('हिन्दी')
    expect((await create('cafe\u0301')).name).toBe('café')
    const { id: tagId } = await create('other')
    const rename = world.people.admin.client.updateTag({ params: { tagId }, body: { name: 'strasse 1' } })
    await expect(rename).rejects.toMatchObject({ code: 'conflict' })
  })

  it('keeps what two people change of it at the same moment', async () => {
    const { id: tagId } = await create('shared', { visitorRoles: ['guests'] })
    const { context } = world.store.store
    const admin = (await context.people.byId((await world.people.admin.client.getSession()).user!.id))!
    await Promise.all([
      updateTag(context, admin, { tagId, visitorRoles: [] }),
      updateTag(context, admin, { tagId, title: 'Shared by many' }),
    ])
    expect(await context.tags.byId(tagId)).toMatchObject({ visitorRoles: [], title: 'Shared by many' })
  })

  it.each([
    ['name', { name: 'a\u200bb' }],
    ['name', { name: '\u3164' }],
    ['name', { name: 'x\u202ey' }],
    ['name', { name: '-edge' }],
    ['name', { name: 'x'.repeat(64) }],
    ['title', { name: 'ok', title: 'a\nb' }],
    ['description', { name: 'ok', description: 'a\0b' }],
    ['color', { name: 'ok', color: 'red' }],
    ['color', { name: 'ok', color: '#fff' }],
    ['color', { name: 'ok', color: 'url(https://evil.example)' }],
    ['adminRoles', { name: 'ok', adminRoles: ['two words'] }],
    ['visitorRoles', { name: 'ok', visitorRoles: Array.from({ length: 51 }, (_, i) => `r${i}`) }],
  ])('is refused where its %s is %j', async (_field, body) => {
    await expect(create(body.name, body)).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('takes as many as fifty roles, each once', async () => {
    const adminRoles = Array.from({ length: 50 }, (_, index) => `role-${index}`)
    const { id: tagId } = await create('fifty', { adminRoles })
    const { client } = world.people.admin
    const doubled = { adminRoles: [...adminRoles.slice(0, 25), ...adminRoles.slice(0, 25)] }
    expect((await client.updateTag({ params: { tagId }, body: doubled })).adminRoles).toHaveLength(25)
  })

  it('is given away by nobody unnoticed: who holds one of its admin roles keeps one', async () => {
    const { tagAdmin, admin, stranger } = world.people
    const { id: tagId } = await create('kept', { adminRoles: ['tag-admins'] })
    const update = (client: typeof admin.client, adminRoles: string[]) =>
      client.updateTag({ params: { tagId }, body: { adminRoles } })
    await expect(update(tagAdmin.client, ['others'])).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Keep one of yours'),
    })
    await update(tagAdmin.client, ['others', 'tag-admins'])
    await expect(update(stranger.client, [])).rejects.toMatchObject({ code: 'forbidden' })
    await update(admin.client, ['others'])
    await expect(update(tagAdmin.client, [])).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('shows on the apps that bear it to people with full access, and goes with its deletion', async () => {
    const { admin, stranger, appOwner } = world.people
    const appId = await world.app('ALL_USERS')
    const tag = await create('shown', {
      visitorRoles: ['RB'],
      color: '#A1b2C3',
      isCategory: true,
      description: 'What it is',
    })
    const params = { params: { appId, tagId: tag.id } }
    const before = await appOwner.client.getApp({ params: { appId } })
    await admin.client.assignTag(params)
    const { tags } = await stranger.client.getApp({ params: { appId } })
    expect(tags).toContainEqual(expect.objectContaining({ name: 'shown', description: 'What it is' }))
    expect(tagNames(await world.people.visitor.client.getApp({ params: { appId } }))).toEqual([])
    expect(await admin.client.getTag({ params: { tagId: tag.id } })).toMatchObject({ appCount: 1, color: '#A1b2C3' })
    const found = await stranger.client.listApps({ query: { tag: tag.id } })
    expect(found).toMatchObject({ total: 1, items: [{ id: appId }] })
    expect(found.items[0]!.updatedAt >= before.updatedAt).toBe(true)
    await admin.client.deleteTag({ params: { tagId: tag.id } })
    expect(tagNames(await stranger.client.getApp({ params: { appId } }))).not.toContain('shown')
    const { visitor } = world.people
    await expect(visitor.client.getApp({ params: { appId } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is assigned once by two people at the same moment, and by nobody once it is deleted', async () => {
    const { admin, stranger } = world.people
    const appId = await world.app('ALL_USERS')
    const { id: tagId } = await create('raced')
    const params = { params: { appId, tagId } }
    const both = await Promise.all([admin.client.assignTag(params), stranger.client.assignTag(params)])
    for (const app of both) expect(tagNames(app).filter((name) => name === 'raced')).toHaveLength(1)
    const { updatedAt } = await admin.client.getApp({ params: { appId } })
    expect((await admin.client.assignTag(params)).updatedAt).toBe(updatedAt)
    const code = (error: { code: string }) => error.code
    const raced = await Promise.all([
      admin.client.deleteTag({ params: { tagId } }).then(() => 'done', code),
      ...Array.from({ length: 8 }, () => stranger.client.assignTag(params).then(() => 'done', code)),
    ])
    expect(raced[0]).toBe('done')
    for (const outcome of raced) expect(['done', 'not_found']).toContain(outcome)
    expect(tagNames(await admin.client.getApp({ params: { appId } }))).not.toContain('raced')
  })
})

describe('the tags of a manifest', () => {
  it('are assigned where the importer may, and are warnings of the app where not', async () => {
    await create('Manifest open')
    await create('manifest limited', { adminRoles: ['tag-admins'] })
    const tags = 'Tags = ["manifest OPEN", "Manifest Open", "manifest limited", "no such tag"]'
    const bundle = async () => demoBundle({ name: world.name('tagged'), app: tags })
    const theirs = await world.people.stranger.importBundle(await bundle())
    expect(tagNames(theirs)).toEqual(['Manifest open'])
    const warnings = theirs.warnings.filter((one) => one.code === 'tag_not_assigned')
    expect(warnings.map((one) => one.message)).toEqual([
      expect.stringContaining('you hold none of the roles tag-admins'),
      expect.stringContaining('there is no such tag'),
    ])
    const looked = await world.people.tagAdmin.importBundle(await bundle())
    expect(tagNames(looked)).toEqual(['manifest limited', 'Manifest open'])
  })
})
