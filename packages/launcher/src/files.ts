import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constraintsPath, launcherPath } from './index.ts'

/** The launcher program and its constraints by their path below one directory, for who carries them along as text. */
export const launcherFiles: Record<string, string> = {
  'constraints.txt': readFileSync(constraintsPath, 'utf8'),
  ...Object.fromEntries(
    readdirSync(launcherPath)
      .filter((name) => name.endsWith('.py'))
      .sort()
      .map((name) => [`wave_launcher/${name}`, readFileSync(join(launcherPath, name), 'utf8')]),
  ),
}
