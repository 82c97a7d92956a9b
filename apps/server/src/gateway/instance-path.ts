import type { GatewayInstance } from './ports.ts'

/**
 * Where a path of an instance's host really is, or undefined when it is right as it stands. Apps that are routed by
 * base URL get `/instance/<id>/…`, all others `/…`; whoever comes by the other form is sent on, with the query.
 */
export function movedTo(
  target: string,
  { id, basePath }: Pick<GatewayInstance, 'id' | 'basePath'>,
): string | undefined {
  const { path, query } = splitTarget(target)
  if (basePath !== '/') return path.startsWith(basePath) ? undefined : basePath + query
  const long = `/instance/${id}`
  if (path !== long && !path.startsWith(`${long}/`)) return undefined
  return `/${path.slice(long.length).replace(/^[/\\]+/, '')}${query}`
}

export function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?')
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at) }
}
