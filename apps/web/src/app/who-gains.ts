import type { Tag, Visibility } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { describeRoles } from '../tags/describe-roles.ts'

/** What assigning a tag to an app changes, and for whom. */
export function whoGains({ visitorRoles }: Pick<Tag, 'visitorRoles'>, visibility: Visibility): string {
  if (visitorRoles.length === 0)
    return t('it stands on the app for everyone with full access; no visitor gains access.')
  const visitors = t('visitors with {describeRoles}', { describeRoles: describeRoles(visitorRoles) })
  return visibility === 'PRIVATE'
    ? t('nothing yet, as the app is private. Once it is visible to all users, {visitors} see and run it too.', {
        visitors,
      })
    : t('{visitors} see and run this app at once.', { visitors })
}
