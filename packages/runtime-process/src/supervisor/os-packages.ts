import { osPackageName } from '@wave-store/runtime/driver'
import { CommandError, runCommand } from './run-command.ts'

/**
 * Names of the packages among `wanted` that are not installed on this machine; all of them where there is no dpkg, as
 * nothing can be said then.
 */
export async function missingOsPackages(wanted: string[]): Promise<string[]> {
  if (wanted.length === 0) return []
  const installed = new Set<string>()
  // `Provides` counts: a package may have been renamed, with its old name kept as a virtual one.
  for (const line of (await query(wanted)).split('\n')) {
    const [status, name, provides = ''] = line.split('\t')
    if (!status?.startsWith('ii')) continue
    for (const each of [name ?? '', ...provides.split(',')]) installed.add(osPackageName(each))
  }
  return wanted.filter((name) => !installed.has(osPackageName(name)))
}

async function query(wanted: string[]): Promise<string> {
  const format = `${['db:Status-Abbrev', 'Package', 'Provides'].map((field) => `$\{${field}}`).join('\\t')}\\n`
  const whole = ['-W', '-f', format]
  try {
    return await runCommand('dpkg-query', [...whole, ...wanted.map(osPackageName)])
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode === null) return ''
  }
  // A name that is unknown may be a virtual one of an installed package.
  return await runCommand('dpkg-query', whole).catch(() => '')
}
