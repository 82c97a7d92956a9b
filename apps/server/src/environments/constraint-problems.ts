import type { ProblemItem } from '@wave-store/contract'

const name = '[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?'
const clause = '(===?|~=|!=|<=|>=|<|>)\\s*[A-Za-z0-9.*+!_-]+'
const clauses = `${clause}(\\s*,\\s*${clause})*`
const constraint = new RegExp(`^${name}\\s*(${clauses}|\\(\\s*${clauses}\\s*\\))(\\s*;.+)?$`)
const section = new RegExp(`^\\[\\s*${name}\\s*(${clauses})?\\s*\\]$`)

/**
 * What is wrong with a constraints file, every line at once. Its format is pip's, with sections (README of the
 * launcher); options, addresses and extras are no constraints.
 */
export function constraintProblems(text: string): ProblemItem[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    const line = written.replace(/(^|\s)#.*$/, '').trim()
    if (line === '' || constraint.test(line) || section.test(line)) return []
    const message = `Line ${index + 1} is no constraint: ${JSON.stringify(line.slice(0, 80))}. Write a name and versions, such as starlette<1`
    return [{ severity: 'error', code: 'constraint', message, place: { line: index + 1 } }]
  })
}
