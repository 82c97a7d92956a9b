import { expect, it } from 'vitest'
import { whoGains } from './who-gains.ts'

it.each([
  [[], 'ALL_USERS', 'it stands on the app for everyone with full access; no visitor gains access.'],
  [['RA'], 'ALL_USERS', 'visitors with the role RA see and run this app at once.'],
  [['RA', 'RB', 'RC'], 'PUBLIC', 'visitors with the role RA, RB, or RC see and run this app at once.'],
  [
    ['RA', 'RB'],
    'PRIVATE',
    'nothing yet, as the app is private. Once it is visible to all users, visitors with the role RA or RB see and run it too.',
  ],
] as const)('says of visitor roles %j on an app that is %s: %s', (visitorRoles, visibility, sentence) => {
  expect(whoGains({ visitorRoles: [...visitorRoles] }, visibility)).toBe(sentence)
})
