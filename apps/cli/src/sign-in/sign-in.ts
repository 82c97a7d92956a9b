import type { Configuration } from 'openid-client'
import type { Cli } from '../cli.ts'
import { signInByCode } from './by-code.ts'
import { canShowBrowser, signInInBrowser } from './in-browser.ts'
import { findProvider, type Tokens } from './token-exchange.ts'

export interface SignInRequest {
  issuer: string
  clientId: string
  /** What is asked for, with blanks between. */
  scopes: string
  /** Whether to show a code although there may be a browser. */
  byCode: boolean
}

/** How somebody who signs in is asked: with the provider that is asked, and for what. */
export type SignInWay = (cli: Cli, provider: Configuration, scopes: string) => Promise<Tokens>

/** Lets somebody sign in: in the browser where there is one, else by a code that they type in elsewhere. */
export async function signIn(cli: Cli, { byCode, scopes, ...provider }: SignInRequest): Promise<Tokens> {
  const way: SignInWay = byCode || !canShowBrowser(cli) ? signInByCode : signInInBrowser
  return way(cli, await findProvider(cli, provider), scopes)
}
