import { safeReturnPath } from '../return-path.ts'
import { type Html, html } from './html.ts'

/**
 * Has browsers without JavaScript ask again. The address is given although it is the page's own: at one with a
 * fragment, a refresh that names no other only scrolls.
 */
export function refreshTag(seconds: number, target: string): Html {
  return html`<noscript><meta http-equiv="refresh" content="${seconds}; url=${safeReturnPath(target)}"></noscript>
`
}
