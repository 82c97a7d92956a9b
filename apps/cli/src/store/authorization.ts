import { apiTokenPrefix } from '@wave-store/contract'
import type { Cli } from '../cli.ts'
import { readSettings, type Settings, settingsPath, writeSettings } from '../config/config-file.ts'
import { withLock } from '../config/lock.ts'
import { exitCodes, Failure } from '../failure.ts'

/** Says who asks. */
export interface Authorization {
  /** @param refused the token that the store did not take, where it refused one */
  token: (refused?: string) => Promise<string | undefined>
}

/** An access token that is about to end is not used any more: a request takes its time. */
const marginMs = 30_000

const signIn = 'Sign in with: h2o config setup'

/**
 * From `H2O_TOKEN`, else from the settings. A refresh token there is exchanged for access tokens, which are kept beside
 * it as long as they last.
 *
 * @throws {Failure} when there is neither
 */
export function authorizationOf(cli: Cli, settings: Settings): Authorization {
  const given = cli.env.H2O_TOKEN
  if (given) return { token: async () => given }
  const { Token } = settings
  if (!Token) throw new Failure('You are not signed in.', { exitCode: exitCodes.notSignedIn, next: signIn })
  if (Token.startsWith(apiTokenPrefix)) return { token: async () => Token }
  let current = settings
  return {
    async token(refused) {
      if (!isGood(current, refused)) current = await renew(cli, refused)
      return current.AccessToken
    },
  }
}

function isGood({ AccessToken, AccessTokenExpiresAt }: Settings, refused: string | undefined): boolean {
  if (!AccessToken || !AccessTokenExpiresAt || AccessToken === refused) return false
  return Date.parse(AccessTokenExpiresAt) - marginMs > Date.now()
}

/** One command at a time: each refresh replaces the token that the next one needs. */
async function renew(cli: Cli, refused: string | undefined): Promise<Settings> {
  const path = settingsPath(cli)
  return withLock(`${path}.lock`, async () => {
    // Another command may have done it while this one waited.
    const settings = await readSettings(path)
    if (!settings?.Token) throw new Failure('You are not signed in.', { exitCode: exitCodes.notSignedIn, next: signIn })
    if (isGood(settings, refused)) return settings
    const { refresh } = await import('../sign-in/token-exchange.ts')
    const renewed = { ...settings, ...(await refresh(cli, settings)) }
    await writeSettings(path, renewed)
    return renewed
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EROFS' && error.code !== 'EACCES' && error.code !== 'EPERM') throw error
    throw new Failure(`${path} cannot be written, so the sign-in that it holds cannot be renewed.`, {
      exitCode: exitCodes.notSignedIn,
      next: 'Pass an API token in H2O_TOKEN, or settings that can be written with --conf FILE.',
      cause: error,
    })
  })
}
