import { buildBundle } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { withBundleFile } from '../testing/inspect-both.ts'
import { type EnvironmentInputs, environmentInputs } from './environment-inputs.ts'

type Files = Record<string, string | Uint8Array>

async function inputsOf(files: Files): Promise<EnvironmentInputs> {
  return withBundleFile(await buildBundle({ files: { 'app.py': 'print()', ...files } }), environmentInputs)
}

async function hashOf(files: Files): Promise<string> {
  const { inputsSha256 } = await inputsOf(files)
  expect(inputsSha256).toMatch(/^[0-9a-f]{64}$/)
  return inputsSha256!
}

describe('what shapes the environment', () => {
  it('is nothing where nothing is required', async () => {
    for (const text of ['', '# nothing\n\n', '--index-url https://example.com/simple', '-r more.txt', '-c more.txt']) {
      expect(await inputsOf({ 'requirements.txt': text, 'more.txt': '# none' }), text).toEqual({ inputsSha256: '' })
    }
    expect(await inputsOf({})).toEqual({ inputsSha256: '' })
  })

  it('is the same whatever the code, comments, blanks and line ends', async () => {
    const one = await hashOf({ 'requirements.txt': 'flask==3.1\nnumpy\n' })
    expect(
      await hashOf({ 'requirements.txt': '# web\r\n\r\n  flask==3.1  # pinned\r\nnumpy', 'app.py': 'other' }),
    ).toBe(one)
  })

  it('changes with every line of requirements, constraints and options', async () => {
    const lines = ['flask', 'flask==3.1', 'numpy', '--pre\nflask', '-r more.txt\nflask', '-c more.txt\nflask']
    const hashes = await Promise.all(lines.map((text) => hashOf({ 'requirements.txt': text, 'more.txt': 'x' })))
    expect(new Set(hashes).size).toBe(lines.length)
  })

  it.each([
    ['a file behind -r', '-r reqs/more.txt', 'reqs/more.txt', 'flask', 'numpy'],
    ['a file behind -c', 'flask\n-c c.txt', 'c.txt', 'flask<3', 'flask<2'],
    ['a file behind a file', '-r reqs/more.txt', 'reqs/deep.txt', 'flask', 'numpy'],
    ['an archive without a path', 'a.tar.zst', 'a.tar.zst', 'one', 'two'],
    ['a bundled wheel', './a.whl', 'a.whl', 'one', 'two'],
    ['a wheel by file address', 'a @ file:///app/a.whl', 'a.whl', 'one', 'two'],
    ['a wheel among found links', '--find-links wheels\na', 'wheels/a.whl', 'one', 'two'],
    ['source behind -e', '-e lib', 'lib/src/a.py', 'one', 'two'],
    ['the whole bundle behind -e .', '-e .', 'anything.py', 'one', 'two'],
  ])('changes with %s', async (_title, requirements, path, before, after) => {
    const files = { 'requirements.txt': requirements, 'reqs/more.txt': '-r deep.txt', 'reqs/deep.txt': 'django' }
    const first = await hashOf({ ...files, [path]: before })
    expect(await hashOf({ ...files, [path]: before })).toBe(first)
    expect(await hashOf({ ...files, [path]: after })).not.toBe(first)
  })

  it.each([
    ['a line behind a comment that ends in a backslash', 'flask==3.1', 'flask==3.1 # pinned \\\nevil'],
    ['another blank', 'flask==3.1', 'flask==3.1\u00a0# pinned'],
    ['a separator of lines in a comment', 'flask==3.1', 'flask==3.1 # pinned\u2028evil'],
    ['a control character', 'flask==3.1', 'flask==3.1 \u000c# pinned'],
  ])('changes with %s, which installers read differently', async (_title, plain, crafted) => {
    expect(await hashOf({ 'requirements.txt': crafted })).not.toBe(await hashOf({ 'requirements.txt': plain }))
  })

  it.each([
    ['a requirement behind an option', '--no-index evil'],
    ['a line behind the comment of an option', '--pre # early \\\nevil'],
    ['packages of its own', '-f wheels\n--no-index evil'],
  ])('is not nothing with %s, in a file behind -r', async (_title, more) => {
    await hashOf({ 'requirements.txt': '-r more.txt', 'more.txt': more, 'wheels/evil.whl': 'one' })
  })

  it('changes with everything that a build from source could read', async () => {
    const files = { 'requirements.txt': './lib', 'lib/setup.py': 'exec(open("../version.py").read())' }
    const first = await hashOf({ ...files, 'version.py': '1' })
    expect(await hashOf({ ...files, 'version.py': '2' })).not.toBe(first)
  })

  it('reads a file once, however often it is named', async () => {
    const wheel = Buffer.alloc(4 << 20, 'wheel')
    const once = performance.now()
    await hashOf({ 'requirements.txt': './a.whl', 'a.whl': wheel })
    const onceMs = performance.now() - once
    const often = performance.now()
    await hashOf({ 'requirements.txt': './a.whl\n'.repeat(20_000), 'a.whl': wheel })
    expect(performance.now() - often).toBeLessThan(20 * onceMs + 2000)
  })

  it('ends where files include each other', async () => {
    await hashOf({ 'requirements.txt': 'flask\n-r a.txt', 'a.txt': '-r requirements.txt\n-r a.txt' })
  })

  it.each([
    ['git+https://example.com/a.git', /requirements\.txt, line 2: .*no hash or commit pins it/],
    ['https://example.com/a.whl', /no hash or commit pins it/],
    [`a==\${VERSION}`, /takes a value from the environment/],
    ['-r https://example.com/r.txt', /read from an address/],
    ['-r missing.txt', /no file missing\.txt/],
    ['./missing.whl', /does not hold missing\.whl/],
    ['/opt/a.whl', /outside of the bundle/],
  ])('cannot be known with %s', async (line, reason) => {
    const inputs = await inputsOf({ 'requirements.txt': `flask\n${line}` })
    expect(inputs.inputsSha256).toBeNull()
    expect(inputs.reason).toMatch(reason)
  })

  it('cannot be known where the requirements are no text', async () => {
    expect(await inputsOf({ 'requirements.txt': Uint8Array.of(0x66, 0xe9) })).toMatchObject({ inputsSha256: null })
  })
})
