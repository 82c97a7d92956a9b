import { describe, expect, it } from 'vitest'
import { claimAt, emailFrom, nameFrom, rolesFrom } from './upstream-claims.ts'

describe('a claim at a dotted path', () => {
  it.each([
    ['roles', { roles: 1 }],
    ['realm_access.roles', { realm_access: { roles: 1 } }],
    ['resource_access.my.client.roles', { resource_access: { 'my.client': { roles: 1 } } }],
    ['https://example.org/roles', { 'https://example.org/roles': 1 }],
    ['a.b', { a: 'no object', 'a.b': 1 }],
  ])('is found: %s', (path, claims) => {
    expect(claimAt(claims, path)).toBe(1)
  })

  it.each([
    ['realm_access.roles', {}],
    ['realm_access.roles', { realm_access: null }],
    ['realm_access.roles', { realm_access: ['roles'] }],
    ['constructor.name', {}],
    ['realm_access.roles', undefined],
  ])('is not found: %s in %j', (path, claims) => {
    expect(claimAt(claims, path)).toBeUndefined()
  })
})

describe('roles', () => {
  it.each([
    [
      ['admin', 'data scientist'],
      ['admin', 'data scientist'],
    ],
    ['admin, full  other', ['admin', 'full', 'other']],
    [['admin', 7, null, '', 'admin'], ['admin']],
    ['', []],
    [undefined, []],
    [{ admin: true }, []],
  ])('from %j are %j', (claim, roles) => {
    expect(rolesFrom(claim)).toEqual(roles)
  })
})

describe('name and e-mail', () => {
  it.each([
    ['Dana Developer', [{ name: 'Dana Developer', preferred_username: 'dana' }]],
    ['Dana Developer', [{ given_name: 'Dana', family_name: 'Developer' }]],
    ['dana', [{ name: ' ', preferred_username: 'dana' }]],
    ['Dana', [{ sub: 'x' }, { name: 'Dana' }]],
    [undefined, [{ sub: 'x', name: 7 }]],
  ])('are %s', (name, sources) => {
    expect(nameFrom(sources)).toBe(name)
  })

  it('may be missing', () => {
    expect(emailFrom([{ email: 'dana@example.com' }])).toBe('dana@example.com')
    expect(emailFrom([{ email: false }])).toBeUndefined()
  })
})
