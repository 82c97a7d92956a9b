import { describe, expect, it } from 'vitest'
import { parseRequirements } from './parse-requirements.ts'

const meaning = (text: string, directory?: string) => {
  const { line: _, text: __, ...rest } = parseRequirements(text, directory)[0]!
  return rest
}

describe('a requirements file', () => {
  it('has comments, blank lines, continued lines and any line ends', () => {
    const lines = parseRequirements('# top\r\n\r\nflask==3.1 # web\nnumpy \\\n  >=2\npandas#not-a-comment\n  # end')
    expect(lines.map(({ line, text }) => `${line} ${text}`)).toEqual([
      '3 flask==3.1',
      '4 numpy >=2',
      '6 pandas#not-a-comment',
    ])
  })

  it.each([
    ['flask', { kind: 'package' }],
    ['flask[async]>=3,<4; python_version < "3.12"', { kind: 'package' }],
    ['flask==3.1 --hash=sha256:abc', { kind: 'package' }],
    ['./wheels/a-1.0-py3-none-any.whl', { kind: 'local', path: 'wheels/a-1.0-py3-none-any.whl', isEditable: false }],
    ['wheels/a.whl[extra] ; sys_platform == "linux"', { kind: 'local', path: 'wheels/a.whl', isEditable: false }],
    ['a-1.0.tar.gz', { kind: 'local', path: 'a-1.0.tar.gz', isEditable: false }],
    ['a @ file:///app/wheels/a.whl', { kind: 'local', path: 'wheels/a.whl', isEditable: false }],
    ['a @ ./wheels/a.whl', { kind: 'local', path: 'wheels/a.whl', isEditable: false }],
    ['-e .', { kind: 'local', path: '', isEditable: true }],
    ['--editable=".[dev]"', { kind: 'local', path: '', isEditable: true }],
    ['-e lib', { kind: 'local', path: 'lib', isEditable: true }],
    ['git+https://example.com/a.git', { kind: 'remote', isPinned: false }],
    ['git+https://example.com/a.git@main#egg=a', { kind: 'remote', isPinned: false }],
    [`a @ git+https://example.com/a.git@${'0a'.repeat(20)}`, { kind: 'remote', isPinned: true }],
    ['https://example.com/a.whl', { kind: 'remote', isPinned: false }],
    ['https://example.com/a.whl#sha256=00', { kind: 'remote', isPinned: true }],
    ['a @ https://example.com/a.whl --hash=sha256:00', { kind: 'remote', isPinned: true }],
    ['-r more.txt', { kind: 'include', path: 'more.txt', isConstraints: false }],
    ['-rmore.txt', { kind: 'include', path: 'more.txt', isConstraints: false }],
    ['--constraint=c.txt', { kind: 'include', path: 'c.txt', isConstraints: true }],
    ['-r https://example.com/r.txt', { kind: 'unclear', reason: 'it is read from an address' }],
    ['--find-links ./wheels', { kind: 'links', path: 'wheels' }],
    ['-f https://example.com/', { kind: 'option' }],
    ['--extra-index-url https://example.com/simple', { kind: 'option' }],
    ['--pre', { kind: 'option' }],
    [`a==\${A_VERSION}`, { kind: 'unclear', reason: 'it takes a value from the environment' }],
    ['/opt/wheels/a.whl', { kind: 'unclear', reason: 'it names a file outside of the bundle' }],
    ['../a.whl', { kind: 'unclear', reason: 'it names a file outside of the bundle' }],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toEqual(expected)
  })

  it('in a directory includes files from there, and installs from the root', () => {
    expect(meaning('-r more.txt', 'reqs/dev')).toMatchObject({ path: 'reqs/dev/more.txt' })
    expect(meaning('-c ../c.txt', 'reqs/dev')).toMatchObject({ path: 'reqs/c.txt' })
    expect(meaning('./a.whl', 'reqs/dev')).toMatchObject({ path: 'a.whl' })
  })
})
