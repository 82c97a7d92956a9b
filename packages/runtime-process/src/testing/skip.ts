import { execFileSync } from 'node:child_process'

/** Why sandboxes of their own user cannot be made here; undefined when they can. */
export const noSandboxes: string | undefined = whyNot()

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
