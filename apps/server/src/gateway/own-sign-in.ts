import type { ServerResponse } from 'node:http'
import { noAppCookie } from './gateway-cookies.ts'
import type { GatewayInstance, OwnSignIn } from './ports.ts'
import { redirect } from './respond.ts'

/**
 * Signs a browser out of an app in the Wave server's place: that reloads the page over its WebSocket before it answers,
 * and so signs the person in again.
 */
export function signOutOfApp(response: ServerResponse, instance: GatewayInstance, { endSessionUrl }: OwnSignIn): void {
  redirect(response, { status: 302, location: endSessionUrl, cookies: forgotten(instance, '') })
}

/**
 * What ends when somebody signs in: whom the app knows this browser by may be somebody else, who used it before. On the
 * way back from the provider it stays, as it holds what the app began, and is about to become the new person's.
 */
export function forgotten(instance: GatewayInstance | undefined, returnTo: string): string[] {
  const { ownSignIn, basePath } = instance ?? {}
  if (!ownSignIn || basePath === undefined || returnTo.startsWith(`${ownSignIn.callbackPath}?`)) return []
  return [noAppCookie(ownSignIn.cookie, basePath)]
}
