import { execFileSync } from 'node:child_process'

/** Why sandboxes of their own user cannot be made here; undefined when they can. */
export const noSandboxes: string | undefined = whyNot()

/** Whether this process can become a user without privileges, and make a sandbox as one. */
export function canRunAsOrdinaryUser(uid: number): boolean {
  if (process.getuid?.() !== 0) return false
  const user = asUser(uid)
  try {
    execFileSync('setpriv', [...user, process.execPath, '-e', ''])
    const inside = ['--unshare-user', '--unshare-pid', '--ro-bind', '/', '/', '--proc', '/proc', 'true']
    execFileSync('setpriv', [...user, 'bwrap', ...inside])
    return true
  } catch {
    return false
  }
}

/** What `setpriv` is told to become a user that is in no other group than their own. */
export function asUser(uid: number): string[] {
  return ['--reuid', String(uid), '--regid', String(uid), '--clear-groups']
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root'
  for (const program of ['bwrap', 'ip', 'nft', 'setpriv', 'nsenter', 'unshare']) {
    try {
      execFileSync('which', [program])
    } catch {
      return `needs ${program}`
    }
  }
  return undefined
}
