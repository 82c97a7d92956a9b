import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

describe('an answer of the store’s own origin', () => {
  it.each([
    ['a page', '/catalog'],
    ['the API', '/api/session'],
    ['a refusal of the API', '/api/nothing-of-the-kind'],
    ['the provider', '/oidc/.well-known/openid-configuration'],
    ['a page of sign-in', '/auth/interaction/none'],
    ['a style sheet', '/page-assets/page.css'],
  ])('is neither framed, sniffed nor read from elsewhere, and runs no script inline: %s', async (_what, path) => {
    const { headers } = await fetch(store.origin + path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
  })
})
