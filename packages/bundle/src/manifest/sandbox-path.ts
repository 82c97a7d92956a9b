/** Where the app's code stands when it runs, and where its Python environment does. */
export const codeDirectory = '/app'
export const resourcesDirectory = '/resources'

/** Directories that make up the system or the platform; nothing may be mounted over them or in them. */
const systemDirectories = [
  '/proc',
  '/sys',
  '/dev',
  '/etc',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/boot',
  '/run',
]

/**
 * The path without `.` and doubled or closing slashes, relative ones seen from the app's code; or what is wrong with
 * it, as the end of a sentence that begins with the path.
 */
export function resolveSandboxPath(path: string): { path: string } | { fault: string } {
  if (path.includes('\\')) return { fault: 'contains a backslash; use slashes.' }
  if (/\p{Cc}/u.test(path)) return { fault: 'contains a control character.' }
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return { fault: 'contains ".."; write the path itself.' }
  if (segments.some((segment) => byteLength(segment) > 255)) return { fault: 'has a part of more than 255 bytes.' }
  if (byteLength(path) > 1024) return { fault: 'is longer than 1024 bytes.' }
  const base = path.startsWith('/') ? '' : codeDirectory
  return { path: `${base}/${segments.join('/')}`.replace(/(.)\/$/, '$1') }
}

/** The system's directory that the path is or lies in. */
export function systemDirectoryOf(path: string): string | undefined {
  return systemDirectories.find((directory) => isInside(path, directory))
}

/** Whether the path is the directory or lies below it. */
export function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
