import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { passwordCost } from './password-cost.ts'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

const keyBytes = 32

/** In the place of a hash, where there is no password. */
export const nobodysPassword = written('A'.repeat(22), 'A'.repeat(43))

export const minPasswordLength = 10
export const maxPasswordLength = 200

/** `scrypt$N$r$p$salt$key`, so that the cost can rise later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, keyBytes, passwordCost)
  return written(salt.toString('base64url'), key.toString('base64url'))
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hash.split('$')
  const wanted = Buffer.from(key, 'base64url')
  const costs = { N: Number(N), r: Number(r), p: Number(p), maxmem: passwordCost.maxmem }
  const found = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), wanted.length, costs)
  return timingSafeEqual(found, wanted)
}

/**
 * Sixteen letters and digits that cannot be mistaken for one another; good for one sign-in.
 *
 * @param bytes at least 16 that nobody can guess
 */
export function newOneTimePassword(bytes: Uint8Array = randomBytes(16)): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  const letters = [...bytes.subarray(0, 16)].map((byte) => alphabet[byte % alphabet.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

function written(salt: string, key: string): string {
  const { N, r, p } = passwordCost
  return ['scrypt', N, r, p, salt, key].join('$')
}
