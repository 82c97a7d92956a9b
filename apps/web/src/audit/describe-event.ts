import { type AuditEvent, visibilities } from '@wave-store/contract'
import { describeAgent } from '../ui/describe-agent.ts'
import { describeVisibility } from '../ui/visibility.ts'

/** By action: what somebody did, and what they tried to do where it came to nothing. The thing's name follows. */
const acts: Record<string, [done: string, tried: string]> = {
  'account.create': ['made the account', 'make the account'],
  'account.reset-password': ['reset the password of', 'reset the password of'],
  'account.update': ['changed the account', 'change the account'],
  'alias.create': ['took the name', 'take the name'],
  'alias.delete': ['gave back the name', 'give back the name'],
  'alias.update': ['moved the name', 'move the name'],
  'app.assign-tag': ['put a tag on', 'put a tag on'],
  'app.delete': ['deleted', 'delete'],
  'app.download': ['downloaded the bundle of', 'download the bundle of'],
  'app.import': ['imported', 'import'],
  'app.promote': ['promoted', 'promote'],
  'app.remove-tag': ['took a tag off', 'take a tag off'],
  'app.transfer': ['gave to somebody else', 'give to somebody else'],
  'app.update': ['changed the visibility of', 'change the visibility of'],
  'constraints.update': ['changed the constraints of', 'change the constraints of'],
  'environment.rebuild': ['let build anew the environment', 'have built anew the environment'],
  'instance.launch': ['launched', 'launch'],
  'instance.logs': ['read the log of', 'read the log of'],
  'instance.restart': ['restarted', 'restart'],
  'instance.resume': ['resumed', 'resume'],
  'instance.suspend': ['suspended', 'suspend'],
  'instance.terminate': ['terminated', 'terminate'],
  'instance.wake': ['woke', 'wake'],
  'instance.update': ['changed who may open', 'change who may open'],
  'secret.create': ['made the secret', 'make the secret'],
  'secret.delete': ['deleted the secret', 'delete the secret'],
  'secret.update': ['changed the secret', 'change the secret'],
  'settings.update': ['changed the settings of', 'change the settings of'],
  'session.end': ['signed out', 'sign out'],
  'session.end-all': ['signed out everywhere', 'sign out everywhere'],
  'session.end-by-issuer': ['ended all sessions of', 'end all sessions of'],
  'session.sign-in': ['signed in', 'sign in'],
  'session.sign-in-refused': ['tried to sign in', 'sign in'],
  'session.sign-out': ['signed out', 'sign out'],
  'tag.create': ['made the tag', 'make the tag'],
  'tag.delete': ['deleted the tag', 'delete the tag'],
  'tag.update': ['changed the tag', 'change the tag'],
  'token.create': ['made the API token', 'make the API token'],
  'token.revoke': ['revoked the API token', 'revoke the API token'],
}

/** What changing a tag did to the apps that bear it. */
const actsOnTagged: typeof acts = {
  'tag.delete': ['deleted a tag of', 'delete a tag of'],
  'tag.update': ['changed a tag of', 'change a tag of'],
}

/** `changed the visibility of`, or `tried to change the visibility of`; an unknown action is told by its name. */
export function describeAct({ action, outcome, target }: Pick<AuditEvent, 'action' | 'outcome' | 'target'>): string {
  const known = target?.kind === 'app' ? { ...acts, ...actsOnTagged } : acts
  const [done, tried] = known[action] ?? [`did ${action} to`, `do ${action} to`]
  return outcome === 'done' ? done : `tried to ${tried}`
}

/** A thing by its name; without one, nobody knew it, or it was not there. */
export function describeTarget({ kind, id, name }: NonNullable<AuditEvent['target']>): string {
  if (kind === 'session' && name) return describeAgent({ kind: 'browser', agent: name })
  if (name) return name
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} (${id})`
}

/** Where a thing is to be seen, unless it has just gone. */
export function pathOf({ target, action, outcome }: AuditEvent): string | undefined {
  const isGone = outcome === 'done' && /\.(delete|terminate)$/.test(action)
  if (!target?.name || isGone) return undefined
  if (target.kind === 'app') return `/apps/${target.id}`
  if (target.kind === 'instance') return `/instances/${target.id}`
  return undefined
}

/** The way somebody came, as `browser` or `token CI` say it. */
export function describeWay(via: string): string {
  if (via === 'browser') return 'Browser'
  if (via === 'command line') return 'Command line'
  if (via.startsWith('token ')) return `API token ${via.slice('token '.length)}`
  return via
}

/** What was asked for, with words for codes. */
export function describeDetail({ action, detail }: Pick<AuditEvent, 'action' | 'detail'>): string {
  if (action === 'session.sign-in') return detail && describeAgent({ kind: 'browser', agent: detail })
  const visibility = visibilities.find((one) => detail.includes(`visibility: ${one}`))
  if (!visibility) return detail
  return detail.replace(`visibility: ${visibility}`, `visibility: ${describeVisibility(visibility).label}`)
}

/** How it ended, in a word. */
export function describeOutcome(outcome: string): { label: string; tone: 'neutral' | 'warning' | 'danger' } {
  if (outcome === 'done') return { label: 'Done', tone: 'neutral' }
  if (['internal', 'unavailable', 'disk_full', 'upload_incomplete'].includes(outcome))
    return { label: 'Failed', tone: 'warning' }
  return { label: 'Refused', tone: 'danger' }
}
