import { renameSync, writeFileSync } from 'node:fs'

/** Readers see the old content or the new one, never half of it. */
export function writeFileAtomically(file: string, content: string, mode = 0o600): void {
  const beside = `${file}.new`
  writeFileSync(beside, content, { mode })
  renameSync(beside, file)
}
