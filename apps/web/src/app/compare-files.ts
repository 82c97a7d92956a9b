import type { AppFile } from '@wave-store/contract'

export type FileChange =
  | { kind: 'added' | 'removed'; path: string; sizeBytes: number }
  | { kind: 'changed'; path: string; sizeBytes: number; sizeBefore: number }

/** What of the files of one version is not as it was in another, by path. */
export function compareFiles(before: readonly AppFile[], after: readonly AppFile[]): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]))
  const current = new Set(after.map(({ path }) => path))
  const removed = before
    .filter(({ path }) => !current.has(path))
    .map(({ path, sizeBytes }) => ({ kind: 'removed' as const, path, sizeBytes }))
  const others = after.flatMap((file): FileChange[] => {
    const { path, sizeBytes } = file
    const was = old.get(path)
    if (!was) return [{ kind: 'added', path, sizeBytes }]
    return isSame(was, file) ? [] : [{ kind: 'changed', path, sizeBytes, sizeBefore: was.sizeBytes }]
  })
  return [...removed, ...others].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isSame(a: AppFile, b: AppFile): boolean {
  return a.kind === b.kind && a.sizeBytes === b.sizeBytes && a.crc32 === b.crc32
}
