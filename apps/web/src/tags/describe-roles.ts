import { language, t } from '../i18n/t.ts'

const list = new Intl.ListFormat(language, { type: 'disjunction' })

/** `the role auditors`, `the role auditors, finance, or sales`. */
export function describeRoles(roles: readonly string[]): string {
  return t('the role {roles}', { roles: list.format(roles) })
}
