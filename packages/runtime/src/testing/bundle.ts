import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'

const pack = `
import json, sys, zipfile
files = json.load(sys.stdin)
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    for name, text in files.items():
        archive.writestr(name, text)
`

/** Writes a bundle with the given files; modes of the file itself are those of a blob that everybody may read. */
export function writeBundle(file: string, files: Record<string, string>, mode = 0o644): string {
  const manifest = '[App]\nName = "probe"\nVersion = "1.0.0"\n[Runtime]\nModule = "app"\n'
  execFileSync('/usr/bin/python3', ['-c', pack, file], { input: JSON.stringify({ 'app.toml': manifest, ...files }) })
  chmodSync(file, mode)
  return file
}
