import { readFileSync } from 'node:fs'
import { constraintsPath } from '@wave-store/launcher'
import { describe, expect, it } from 'vitest'
import { constraintProblems } from './constraint-problems.ts'

describe('constraintProblems', () => {
  it('finds none in the platform’s own', () => {
    expect(constraintProblems(readFileSync(constraintsPath, 'utf8'))).toEqual([])
  })

  it.each([
    '',
    'starlette<1',
    'numpy >= 1.20, < 2  # for old wheels',
    'h2o-wave==1.8.*\r\nuvicorn~=0.30',
    'pandas<2; python_version < "3.9"',
    '[h2o-wave<1.8.9]\nstarlette<1',
    'ruamel.yaml!=0.18',
  ])('takes %j', (text) => expect(constraintProblems(text)).toEqual([]))

  it.each(['starlette', '-r other.txt', '--index-url x', 'flask @ https://example.com/flask.whl', 'a b c', '[open<1'])(
    'refuses %j',
    (text) => expect(constraintProblems(text)).toHaveLength(1),
  )

  it('names every line at once', () => {
    const problems = constraintProblems('flask<3\n-r more.txt\n\nnonsense\n')
    expect(problems.map(({ place }) => place.line)).toEqual([2, 4])
    expect(problems[0]!.message).toContain('-r more.txt')
  })
})
