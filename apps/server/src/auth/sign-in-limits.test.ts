import { expect, it } from 'vitest'
import { SignInLimits } from './sign-in-limits.ts'

const wrong = async () => null

it('checks no more passwords than the limit, however many come at once', async () => {
  const limits = new SignInLimits()
  let checked = 0
  const guess = () =>
    limits.guard({ username: 'grace', address: '203.0.113.1' }, async () => {
      checked++
      return null
    })
  const answers = await Promise.allSettled(Array.from({ length: 500 }, guess))
  expect(checked).toBe(10)
  const refused = answers.filter((one) => one.status === 'rejected').map((one) => one.reason)
  expect(refused).toHaveLength(490)
  for (const reason of refused) expect(reason).toMatchObject({ code: 'rate_limited' })
})

it('checks no more from one address, whatever the usernames', async () => {
  const limits = new SignInLimits()
  let checked = 0
  const guess = (username: string) =>
    limits.guard({ username, address: '203.0.113.1' }, async () => {
      checked++
      return null
    })
  await Promise.allSettled(Array.from({ length: 300 }, (_, index) => guess(`guess${index}`)))
  expect(checked).toBe(100)
})

it('lets others there in where one account is guessed at', async () => {
  const limits = new SignInLimits()
  const at = (username: string) => limits.guard({ username, address: '203.0.113.1' }, wrong)
  await Promise.allSettled(Array.from({ length: 500 }, () => at('grace')))
  expect(await at('henry')).toBeNull()
})

it('counts nobody who knows their password', async () => {
  const limits = new SignInLimits()
  const attempt = { username: 'grace', address: '203.0.113.1' }
  for (let signIn = 0; signIn < 150; signIn++) expect(await limits.guard(attempt, async () => 'grace')).toBe('grace')
  for (let guess = 0; guess < 9; guess++) await limits.guard(attempt, wrong)
  expect(await limits.guard(attempt, async () => 'grace')).toBe('grace')
  expect(await limits.guard(attempt, wrong)).toBeNull()
})

it('counts what a check that broke off was', async () => {
  const limits = new SignInLimits()
  const attempt = { username: 'grace', address: '203.0.113.1' }
  const broken = async () => Promise.reject(new Error('no database'))
  for (let guess = 0; guess < 10; guess++) await expect(limits.guard(attempt, broken)).rejects.toThrow('no database')
  await expect(limits.guard(attempt, wrong)).rejects.toMatchObject({ code: 'rate_limited' })
})
