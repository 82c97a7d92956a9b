/** Roles as a person types them, separated by commas: each once, in their order. */
export function parseRoles(text: string): string[] {
  return [...new Set(text.split(',').map((role) => role.trim()))].filter(Boolean)
}

export function joinRoles(roles: readonly string[]): string {
  return roles.join(', ')
}
