import { type Problem, problemWarning } from '../problem.ts'

export const osPackagesEntry = 'packages.txt'

/** Debian's rule for names; an architecture or version may follow. */
const packageName = /^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?(=[A-Za-z0-9.+:~-]+)?$/

/** One package a line; blank lines and comments do not count. */
export function readOsPackages(text: string, problems: Problem[]): string[] {
  const names: string[] = []
  text.split(/\r?\n/).forEach((raw, index) => {
    const name = raw.replace(/#.*$/, '').trim()
    if (name === '') return
    if (packageName.test(name)) {
      names.push(name)
      return
    }
    const message = 'This is not the name of a Debian package and is left out; write one name a line.'
    problems.push(problemWarning('bad_value', message, { entry: osPackagesEntry, line: index + 1 }))
  })
  return [...new Set(names)]
}
