export interface Entry {
  /** Trees to be seen at places that the sandbox's user can reach. */
  views: { source: string; at: string }[]
  /** Disk images to be mounted where the private view alone shows them. */
  images: { file: string; at: string }[]
  /** The user to become; null to stay who we are. */
  uid: number | null
}

/** The loop device goes with its mount, and so with the last process that sees it; `discard` gives room back at once. */
const imageOptions = 'loop,nosuid,nodev,noatime,discard'

/**
 * The command line that becomes `command`, with a private view of mounts, as its user.
 * The view is needed because the data directory may lie below one that only root may enter; it vanishes with its last
 * process. Each step replaces the one before, so the process keeps its id and its parent.
 */
export function entryCommand({ views, images, uid }: Entry, command: string[]): string[] {
  const lines = [
    'set -e',
    ...views.map(({ source, at }) => `mount --rbind ${quoted(source)} ${quoted(at)}`),
    // One at a time for an image: two loop devices over one would each have their own idea of what is on it.
    ...images.map(
      ({ file, at }) => `flock ${quoted(file)} mount -t ext4 -o ${imageOptions} ${quoted(file)} ${quoted(at)}`,
    ),
    'exec "$@"',
  ]
  return [
    ...(views.length + images.length > 0 ? ['unshare', '--mount', '--propagation', 'slave'] : []),
    ...['/bin/sh', '-c', lines.join('\n'), 'wave-store'],
    ...(uid === null ? [] : becoming(uid)),
    ...command,
  ]
}

/** Gives up root for good. */
export function becoming(uid: number): string[] {
  return ['setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups', '--no-new-privs', '--']
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
