const list = new Intl.ListFormat('en', { type: 'disjunction' })

/** `the role auditors`, `the role auditors, finance, or sales`. */
export function describeRoles(roles: readonly string[]): string {
  return `the role ${list.format(roles)}`
}
