import { vi } from 'vitest'

// What makes guessing slow makes tests slow: hundreds of people sign in there. Hashes name their cost, so all else is as it is.
vi.mock('../accounts/password-cost.ts', () => ({ passwordCost: { N: 2 ** 8, r: 8, p: 1, maxmem: 64 * 2 ** 20 } }))
