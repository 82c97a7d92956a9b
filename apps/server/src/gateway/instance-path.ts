import type { GatewayInstance } from './ports.ts'

/**
 * Where a path of an instance's host really is, or undefined when it is right as it stands. Apps that are routed by
 * base URL get `/instance/<id>/…`, all others `/…`; whoever comes by the other form, or names the instance by its
 * alias there, is sent on, with path and query.
 *
 * @param label of the host, which is the id or an alias
 */
export function movedTo(
  target: string,
  { id, basePath }: Pick<GatewayInstance, 'id' | 'basePath'>,
  label = id,
): string | undefined {
  const { path, query } = splitTarget(target)
  if (basePath !== '/' && path.startsWith(basePath)) return undefined
  for (const name of new Set([id, label])) {
    const below = pathBelow(path, `/instance/${name}`)
    if (below !== undefined) return basePath + below + query
  }
  return basePath === '/' ? undefined : basePath + query
}

/** Without a slash at its beginning: two of them would name another host. */
function pathBelow(path: string, prefix: string): string | undefined {
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return undefined
  return path.slice(prefix.length).replace(/^[/\\]+/, '')
}

export function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?')
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at) }
}
