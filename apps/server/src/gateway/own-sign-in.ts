import type { ServerResponse } from 'node:http'
import { noAppCookie } from './gateway-cookies.ts'
import type { GatewayInstance, OwnSignIn } from './ports.ts'
import { redirect } from './respond.ts'

/**
 * Signs a browser out of an app in the Wave server's place: that reloads the page over its WebSocket before it answers,
 * and so signs the person in again.
 */
export function signOutOfApp(response: ServerResponse, instance: GatewayInstance, { endSessionUrl }: OwnSignIn): void {
  redirect(response, { status: 302, location: endSessionUrl, cookies: forgotten(instance) })
}

/** What ends when somebody signs in: whom the app knows this browser by may be somebody else, who used it before. */
export function forgotten(instance: GatewayInstance | undefined): string[] {
  const { ownSignIn, basePath } = instance ?? {}
  return ownSignIn && basePath ? [noAppCookie(ownSignIn.cookie, basePath)] : []
}
