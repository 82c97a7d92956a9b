export interface Entry {
  /** Path of the network namespace to enter, or null for the machine's. */
  networkNamespace: string | null
  /** Files that the process writes its id into. */
  joinFiles: string[]
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
 * The command line that becomes `command`, in its network, control groups and a private view of mounts, as its user.
 * The view is needed because the data directory may lie below one that only root may enter; it vanishes with its last
 * process. Each step replaces the one before, so the process keeps its id and its parent.
 */
export function entryCommand({ networkNamespace, joinFiles, views, images, uid }: Entry, command: string[]): string[] {
  const lines = [
    'set -e',
    ...joinFiles.map((file) => `echo $$ > ${quoted(file)}`),
    ...views.map(({ source, at }) => `mount --rbind ${quoted(source)} ${quoted(at)}`),
    ...images.map(({ file, at }) => `mount -t ext4 -o ${imageOptions} ${quoted(file)} ${quoted(at)}`),
    'exec "$@"',
  ]
  return [
    ...(networkNamespace ? ['nsenter', `--net=${networkNamespace}`] : []),
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

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
