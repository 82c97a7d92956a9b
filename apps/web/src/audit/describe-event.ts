import { type AuditEvent, visibilities } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { describeAgent } from '../ui/describe-agent.ts'
import { describeVisibility } from '../ui/visibility.ts'

/** By action: what somebody did, and what they tried to do where it came to nothing. The thing's name follows. */
const acts: Record<string, [done: string, tried: string]> = {
  'account.create': [t('made the account'), t('make the account')],
  'account.reset-password': [t('reset the password of'), t('reset the password of')],
  'account.update': [t('changed the account'), t('change the account')],
  'alias.create': [t('took the name'), t('take the name')],
  'alias.delete': [t('gave back the name'), t('give back the name')],
  'alias.update': [t('moved the name'), t('move the name')],
  'app.assign-tag': [t('put a tag on'), t('put a tag on')],
  'app.delete': [t('deleted'), t('delete')],
  'app.download': [t('downloaded the bundle of'), t('download the bundle of')],
  'app.import': [t('imported'), t('import')],
  'app.promote': [t('promoted'), t('promote')],
  'app.remove-tag': [t('took a tag off'), t('take a tag off')],
  'app.transfer': [t('gave to somebody else'), t('give to somebody else')],
  'app.update': [t('changed the visibility of'), t('change the visibility of')],
  'constraints.update': [t('changed the constraints of'), t('change the constraints of')],
  'environment.rebuild': [t('let build anew the environment'), t('have built anew the environment')],
  'instance.launch': [t('launched'), t('launch')],
  'instance.logs': [t('read the log of'), t('read the log of')],
  'instance.restart': [t('restarted'), t('restart')],
  'instance.resume': [t('resumed'), t('resume')],
  'instance.suspend': [t('suspended'), t('suspend')],
  'instance.terminate': [t('terminated'), t('terminate')],
  'instance.wake': [t('woke'), t('wake')],
  'instance.update': [t('changed who may open'), t('change who may open')],
  'secret.create': [t('made the secret'), t('make the secret')],
  'secret.delete': [t('deleted the secret'), t('delete the secret')],
  'secret.update': [t('changed the secret'), t('change the secret')],
  'settings.update': [t('changed the settings of'), t('change the settings of')],
  'session.end': [t('signed out'), t('sign out')],
  'session.end-all': [t('signed out everywhere'), t('sign out everywhere')],
  'session.end-by-issuer': [t('ended all sessions of'), t('end all sessions of')],
  'session.sign-in': [t('signed in'), t('sign in')],
  'session.sign-in-refused': [t('tried to sign in'), t('sign in')],
  'session.sign-out': [t('signed out'), t('sign out')],
  'tag.create': [t('made the tag'), t('make the tag')],
  'tag.delete': [t('deleted the tag'), t('delete the tag')],
  'tag.update': [t('changed the tag'), t('change the tag')],
  'token.create': [t('made the API token'), t('make the API token')],
  'token.revoke': [t('revoked the API token'), t('revoke the API token')],
}

/** What changing a tag did to the apps that bear it. */
const actsOnTagged: typeof acts = {
  'tag.delete': [t('deleted a tag of'), t('delete a tag of')],
  'tag.update': [t('changed a tag of'), t('change a tag of')],
}

/** `changed the visibility of`, or `tried to change the visibility of`; an unknown action is told by its name. */
export function describeAct({ action, outcome, target }: Pick<AuditEvent, 'action' | 'outcome' | 'target'>): string {
  const known = target?.kind === 'app' ? { ...acts, ...actsOnTagged } : acts
  const [done, tried] = known[action] ?? [t('did {action} to', { action }), t('do {action} to', { action })]
  return outcome === 'done' ? done : t('tried to {tried}', { tried })
}

/** A thing by its name; without one, nobody knew it, or it was not there. */
export function describeTarget({ kind, id, name }: NonNullable<AuditEvent['target']>): string {
  if (kind === 'session' && name) return describeAgent({ kind: 'browser', agent: name })
  if (name) return name
  return t('{value} {kind} ({id})', { value: /^[aeiou]/.test(kind) ? 'an' : 'a', kind, id })
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
  if (via === 'browser') return t('Browser')
  if (via === 'command line') return t('Command line')
  if (via.startsWith('token ')) return t('API token {slice}', { slice: via.slice('token '.length) })
  return via
}

/** What was asked for, with words for codes. */
export function describeDetail({ action, detail }: Pick<AuditEvent, 'action' | 'detail'>): string {
  if (action === 'session.sign-in') return detail && describeAgent({ kind: 'browser', agent: detail })
  const visibility = visibilities.find((one) => detail.includes(`visibility: ${one}`))
  if (!visibility) return detail
  return detail.replace(
    `visibility: ${visibility}`,
    t('visibility: {label}', { label: describeVisibility(visibility).label }),
  )
}

/** How it ended, in a word. */
export function describeOutcome(outcome: string): { label: string; tone: 'neutral' | 'warning' | 'danger' } {
  if (outcome === 'done') return { label: t('Done'), tone: 'neutral' }
  if (['internal', 'unavailable', 'disk_full', 'upload_incomplete'].includes(outcome))
    return { label: t('Failed'), tone: 'warning' }
  return { label: t('Refused'), tone: 'danger' }
}
