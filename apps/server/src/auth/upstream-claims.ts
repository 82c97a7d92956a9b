/** Claims of an ID token, of userinfo or of an access token. */
export type Claims = Readonly<Record<string, unknown>>

/**
 * What stands at a dotted path. Names may hold dots themselves, as in `https://example.org/roles`; the shortest first
 * part that leads there wins.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined
  if (Object.hasOwn(claims, path)) return (claims as Claims)[path]
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot)
    const found = Object.hasOwn(claims, name) ? claimAt((claims as Claims)[name], path.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** An array of strings, or one string with blanks or commas between; anything else is no role. */
export function rolesFrom(claim: unknown): string[] {
  const roles = typeof claim === 'string' ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : []
  return [...new Set(roles.filter((role) => typeof role === 'string' && role !== ''))]
}

/** What a person is called; undefined where no source says anything. */
export function nameFrom(sources: readonly Claims[]): string | undefined {
  for (const claims of sources) {
    const full = [claims.given_name, claims.family_name].filter(isText).join(' ')
    const name = [claims.name, full, claims.preferred_username, claims.nickname].find(isText)
    if (name !== undefined) return name.trim()
  }
  return undefined
}

export function emailFrom(sources: readonly Claims[]): string | undefined {
  return sources.map((claims) => claims.email).find(isText)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
