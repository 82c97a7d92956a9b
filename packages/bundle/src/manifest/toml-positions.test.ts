import { describe, expect, it } from 'vitest'
import { indexTomlPositions, type TomlPath } from './toml-positions.ts'

const text = `# [NotATable]
title = 'a # b'
"quoted key" = "x\\"=[y]"
a.b . c = [ 1, # one ]
  { d = "}" }, [ "]" ] ]
date = 1979-05-27 07:32:00
[App] # = comment
Long = """
Fake = 1
[Fake]
a \\""" b"""
After = '''
it''s'''''
[[Env]]
Name = "A"
  [Env.More]
  x = 1
[ [ Env ] ]
"Name" = "B"
[[Env]]
`.replace('[ [ Env ] ]', '[[ Env ]]')

function lineOf(...path: TomlPath): string | undefined {
  const position = indexTomlPositions(text).find(path)
  return position && `${position.line}:${position.column}`
}

describe('positions in TOML', () => {
  it('are found for keys: plain, quoted, dotted, after strings of every kind', () => {
    expect(lineOf('title')).toBe('2:1')
    expect(lineOf('quoted key')).toBe('3:1')
    expect(lineOf('a', 'b', 'c')).toBe('4:1')
    expect(lineOf('a', 'b', 'c', 1, 'd')).toBe('5:5')
    expect(lineOf('date')).toBe('6:1')
    expect(lineOf('App', 'Long')).toBe('8:1')
    expect(lineOf('App', 'After')).toBe('12:1')
  })

  it('are found for tables and each element of repeated ones', () => {
    expect(lineOf('App')).toBe('7:2')
    expect(lineOf('Env', 0, 'Name')).toBe('15:1')
    expect(lineOf('Env', 0, 'More', 'x')).toBe('17:3')
    expect(lineOf('Env', 1)).toBe('18:4')
    expect(lineOf('Env', 1, 'Name')).toBe('19:1')
    expect(lineOf('Env', 2)).toBe('20:3')
  })

  it('are not found for what only looks like a key', () => {
    expect(lineOf('NotATable')).toBeUndefined()
    expect(lineOf('Fake')).toBeUndefined()
    expect(lineOf('App', 'Fake')).toBeUndefined()
  })
})
