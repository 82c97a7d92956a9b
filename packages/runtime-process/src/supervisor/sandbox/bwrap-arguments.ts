import { lstatSync, readlinkSync } from 'node:fs'
import { doorInside } from '@wave-store/runtime/driver'
import type { Program } from '../program.ts'

export interface SandboxMounts {
  program: Program
  bundle: string
  /** Writable directories of the sandbox's user. */
  app: string
  tmp: string
  home: string
  resources: { path: string; writable: boolean; image?: string | null }
  /** Further writable directories: the volume, and those that files at absolute paths stand in. */
  writable: { source: string; inside: string; image?: string | null }[]
  /** Directory of the socket that leads to the store, where the app may have it. */
  door: string | null
}

export interface SandboxFds {
  seccomp: number | null
  status: number
}

/** How bubblewrap works on this machine. */
export interface SandboxSupport {
  /** False: bubblewrap is begun as root, and the user changes behind it. */
  userNamespaces: boolean
  /** Since bubblewrap 0.8; the filter of system calls refuses the same. */
  disableUserns: boolean
}

/** The sandbox as bubblewrap is told of it; the command follows. `see` maps a path to where bubblewrap finds it. */
export function bwrapArguments(
  mounts: SandboxMounts,
  fds: SandboxFds,
  support: SandboxSupport,
  see: (path: string) => string,
): string[] {
  const { program, resources } = mounts
  const directories = ['/app', '/home', '/home/app', '/opt', '/opt/wave', '/resources']
  return [
    ...user(support),
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--hostname', 'app', '--unshare-cgroup-try'],
    ...['--die-with-parent', '--new-session', '--json-status-fd', String(fds.status)],
    ...(fds.seccomp === null ? [] : ['--seccomp', String(fds.seccomp)]),
    ...['--ro-bind', '/usr', '/usr', ...systemLinks()],
    ...['--ro-bind', see(program.etc), '/etc', '--ro-bind-try', '/etc/ssl/certs', '/etc/ssl/certs'],
    ...['--proc', '/proc', '--dev', '/dev', '--perms', '1777', '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...directories.flatMap((inside) => ['--perms', '0755', '--dir', inside]),
    ...['--ro-bind', see(program.opt), '/opt/wave', '--ro-bind', mounts.bundle, '/bundle.wave'],
    ...['--bind', see(mounts.app), '/app', '--bind', see(mounts.tmp), '/tmp', '--bind', see(mounts.home), '/home/app'],
    ...[resources.writable ? '--bind' : '--ro-bind', see(resources.path), '/resources'],
    ...mounts.writable.flatMap(({ source, inside }) => [...parents(inside), '--bind', see(source), inside]),
    ...(mounts.door === null ? [] : [...parents(doorInside), '--ro-bind', see(mounts.door), doorInside]),
    ...['--remount-ro', '/', '--chdir', '/', '--'],
  ]
}

function user({ userNamespaces, disableUserns }: SandboxSupport): string[] {
  if (!userNamespaces) return ['--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
  return ['--unshare-user', ...(disableUserns ? ['--disable-userns'] : []), '--uid', '1000', '--gid', '1000']
}

/** On merged systems `/bin` and its like are links into `/usr`; elsewhere they are directories of their own. */
function systemLinks(): string[] {
  return ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap((name) => {
    const stats = lstatSync(name, { throwIfNoEntry: false })
    if (!stats) return []
    return stats.isSymbolicLink() ? ['--symlink', readlinkSync(name), name] : ['--ro-bind', name, name]
  })
}

/** Made by name, as those that bubblewrap makes by itself may not be open to others. */
function parents(inside: string): string[] {
  const parts = inside.split('/').filter(Boolean).slice(0, -1)
  return parts.flatMap((_, index) => ['--perms', '0755', '--dir', `/${parts.slice(0, index + 1).join('/')}`])
}
