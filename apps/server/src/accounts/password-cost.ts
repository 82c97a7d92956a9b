/** OWASP password storage cheat sheet, scrypt with N = 2^15: 32 MiB, three rounds. */
export const passwordCost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
