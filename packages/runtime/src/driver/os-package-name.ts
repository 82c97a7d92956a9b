/** Of an entry of `packages.txt` or of dpkg the name alone, without version, relation and architecture. */
export function osPackageName(entry: string): string {
  return entry.trim().split(/[\s(=<>:]/)[0] ?? ''
}
