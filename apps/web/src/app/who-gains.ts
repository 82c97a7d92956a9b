import type { Tag, Visibility } from '@wave-store/contract'
import { describeRoles } from '../tags/describe-roles.ts'

/** What assigning a tag to an app changes, and for whom. */
export function whoGains({ visitorRoles }: Pick<Tag, 'visitorRoles'>, visibility: Visibility): string {
  if (visitorRoles.length === 0) return 'it stands on the app for everyone with full access; no visitor gains access.'
  const visitors = `visitors with ${describeRoles(visitorRoles)}`
  return visibility === 'PRIVATE'
    ? `nothing yet, as the app is private. Once it is visible to all users, ${visitors} see and run it too.`
    : `${visitors} see and run this app at once.`
}
