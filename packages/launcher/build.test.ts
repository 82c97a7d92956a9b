import { existsSync } from 'node:fs'
import { chmod, copyFile, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { constraintsPath } from './src/index.ts'
import { LauncherProcess } from './src/testing/launcher-process.ts'
import { servePackages } from './src/testing/package-index.ts'
import { type Entry, freePort, makeSandbox, writeZip } from './src/testing/sandbox.ts'
import { uv } from './src/testing/uv.ts'
import { makeWheel } from './src/testing/wheel.ts'

const offline = { UV_OFFLINE: '1' }

async function build(entries: Record<string, string | Entry>, env: Record<string, string> = {}, constraints?: string) {
  const sandbox = await makeSandbox()
  await writeZip(sandbox.paths.bundle, entries)
  if (uv) await symlink(uv, sandbox.paths.uv)
  if (constraints === undefined) await copyFile(constraintsPath, sandbox.paths.constraints)
  else await writeFile(sandbox.paths.constraints, constraints)
  const launcher = new LauncherProcess('build', { paths: sandbox.paths }, { UV_HTTP_RETRIES: '0', ...env })
  const ended = await launcher.ended
  return { ...ended, sandbox, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() }
}

describe('build without packages', () => {
  it('makes a venv when there is no requirements.txt', async () => {
    await using built = await build({ 'app.py': '' })
    expect(built).toMatchObject({ code: 0, last: { event: 'built', packages: [] } })
    expect(existsSync(path.join(built.sandbox.paths.venv, 'bin/python'))).toBe(true)
  })

  it('asks for no installer when requirements.txt holds only comments', async () => {
    await using sandbox = await makeSandbox()
    await writeZip(sandbox.paths.bundle, { 'requirements.txt': '# none\r\n\r\n' })
    expect(await new LauncherProcess('build', { paths: sandbox.paths }).ended).toMatchObject({ code: 0 })
  })

  it('says that there is no installer when one is needed', async () => {
    await using sandbox = await makeSandbox()
    await writeZip(sandbox.paths.bundle, { 'requirements.txt': 'flask\n' })
    const { code, last } = await new LauncherProcess('build', { paths: sandbox.paths }).ended
    expect({ code, last }).toMatchObject({ code: 1, last: { reason: 'index_unavailable' } })
    expect(last.message).toContain('no installer')
  })

  it('names a bundle that is not an archive', async () => {
    await using sandbox = await makeSandbox()
    await writeFile(sandbox.paths.bundle, 'not a zip')
    const { code, last } = await new LauncherProcess('build', { paths: sandbox.paths }).ended
    expect({ code, last }).toMatchObject({ code: 1, last: { reason: 'source_failed' } })
  })

  it('names the line of requirements.txt that is not UTF-8', async () => {
    await using built = await build({ 'requirements.txt': { content: Buffer.from('flask\nfl\xe4sk\n', 'latin1') } })
    expect(built.last).toMatchObject({
      reason: 'dependency_failed',
      message: expect.stringContaining('line 2 is not UTF-8'),
    })
  })
})

describe.skipIf(uv === null)('build with an installer', () => {
  it('installs a wheel of the bundle by its relative path, and compiles it', async () => {
    const wheel = await makeWheel('tiny', '1.0')
    await using built = await build(
      { 'requirements.txt': `./wheels/${wheel.name}\n`, [`wheels/${wheel.name}`]: { content: wheel.bytes } },
      offline,
    )
    expect(built).toMatchObject({ code: 0, last: { event: 'built', packages: ['tiny==1.0'] } })
    const found = await readdir(built.sandbox.paths.venv, { recursive: true })
    expect(found.filter((name) => /^lib\/.*tiny\..*\.pyc$/.test(name))).toHaveLength(1)
    expect(found.filter((name) => name.startsWith('.build'))).toEqual([])
  })

  it('reads requirements with a byte order mark and CRLF, and UTF-16', async () => {
    const wheel = await makeWheel('tiny', '1.0')
    const text = `# packages\r\n./${wheel.name}\r\n`
    for (const content of [`\ufeff${text}`, Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      const entries = { 'requirements.txt': { content }, [wheel.name]: { content: wheel.bytes } }
      await using built = await build(entries, offline)
      expect(built.last).toMatchObject({ event: 'built', packages: ['tiny==1.0'] })
    }
  })

  it('installs a copy where the bundle asks for an editable install', async () => {
    const project =
      '[project]\nname = "own"\nversion = "2.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\n'
    await using built = await build(
      {
        'requirements.txt': '-e ./own\n',
        'own/pyproject.toml': `${project}backend-path = ["."]\n`,
        'own/backend.py': [
          'import zipfile, os',
          'def build_wheel(directory, config=None, metadata=None):',
          '    name = "own-2.0-py3-none-any.whl"',
          '    with zipfile.ZipFile(os.path.join(directory, name), "w") as w:',
          '        w.writestr("own.py", "")',
          '        w.writestr("own-2.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: own\\nVersion: 2.0\\n")',
          '        w.writestr("own-2.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
          '        w.writestr("own-2.0.dist-info/RECORD", "")',
          '    return name',
        ].join('\n'),
      },
      offline,
    )
    expect(built.last).toMatchObject({ event: 'built', packages: ['own==2.0'] })
    const site = (await readdir(built.sandbox.paths.venv, { recursive: true })).filter((name) =>
      /^lib\/.*own\.py$/.test(name),
    )
    expect(site).toHaveLength(1)
  })

  it('says so when no line applies to this Python and system', async () => {
    await using built = await build({ 'requirements.txt': 'flask; sys_platform == "win32"\r\n' }, offline)
    expect(built).toMatchObject({ code: 0, last: { event: 'built', packages: [] } })
    expect(built.log).toContain('none of the 1 lines of requirements.txt applies')
  })

  it('names a line that is no requirement, and a wheel that is not in the bundle', async () => {
    await using unreadable = await build({ 'requirements.txt': '# first\nflask ===\n' }, offline)
    expect(unreadable.last).toMatchObject({ reason: 'dependency_failed', message: expect.stringContaining('line 2') })
    await using absent = await build({ 'requirements.txt': './w/tiny-1.0-py3-none-any.whl\n' }, offline)
    expect(absent.last.message).toBe('requirements.txt names w/tiny-1.0-py3-none-any.whl, which is not in the bundle.')
  })

  it('tells an index that does not answer from a package that does not exist', async () => {
    const url = `http://127.0.0.1:${await freePort()}/simple`
    await using unreachable = await build({ 'requirements.txt': 'tiny\n' }, { UV_DEFAULT_INDEX: url })
    expect(unreachable).toMatchObject({ code: 1, last: { reason: 'index_unavailable', code: 1 } })
    await using index = await servePackages({})
    await using unknown = await build({ 'requirements.txt': 'tiny\n' }, { UV_DEFAULT_INDEX: index.url })
    expect(unknown.last).toMatchObject({
      reason: 'dependency_failed',
      message: 'The package index has no package named tiny.',
    })
    await using off = await build({ 'requirements.txt': 'tiny\n' }, offline)
    expect(off.last).toMatchObject({ reason: 'index_unavailable', message: expect.stringContaining('tiny') })
  })

  it.each([401, 403, 500, 503])('calls an index that answers %i unavailable', async (status) => {
    await using index = await servePackages({}, status)
    await using built = await build({ 'requirements.txt': 'tiny\n' }, { UV_DEFAULT_INDEX: index.url })
    expect(built.last).toMatchObject({ reason: 'index_unavailable' })
  })

  it('names a version that does not exist, and requirements that contradict each other', async () => {
    const [tiny, other] = [await makeWheel('tiny', '1.0'), await makeWheel('other', '1.0', { requires: ['tiny>=2'] })]
    await using index = await servePackages({ [tiny.name]: tiny.bytes, [other.name]: other.bytes })
    const env = { UV_DEFAULT_INDEX: index.url }
    await using version = await build({ 'requirements.txt': 'tiny==9.9\n' }, env)
    expect(version.last).toMatchObject({
      reason: 'dependency_failed',
      message: 'The package index has no version tiny==9.9.',
    })
    await using conflict = await build({ 'requirements.txt': 'other\ntiny<2\n' }, env)
    expect(conflict.last).toMatchObject({ reason: 'dependency_failed' })
    expect(conflict.last.message).toContain('contradict')
    expect(conflict.last.message).toContain('tiny')
  })
})

describe.skipIf(uv === null)('a build that is stopped', () => {
  it('ends the installer, and says that it was stopped', async () => {
    let asked = () => {}
    const request = new Promise<void>((resolve) => (asked = resolve))
    const silent = createServer((socket) => {
      socket.on('error', () => {}).resume()
      asked()
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    await using sandbox = await makeSandbox()
    await writeZip(sandbox.paths.bundle, { 'requirements.txt': 'tiny\n' })
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/simple`
    const paths = { ...sandbox.paths, uv: uv ?? '' }
    const launcher = new LauncherProcess('build', { paths }, { UV_DEFAULT_INDEX: url })
    await request
    launcher.signal('SIGTERM')
    expect(await launcher.ended).toMatchObject({ code: 143, last: { event: 'failed', reason: 'stopped' } })
    await new Promise((resolve) => silent.close(resolve))
  })
})

describe.skipIf(uv === null)('credentials of the index', () => {
  it('never reach the log, whatever the installer prints', async () => {
    await using sandbox = await makeSandbox()
    await writeZip(sandbox.paths.bundle, { 'requirements.txt': 'tiny\n' })
    await writeFile(sandbox.paths.uv, '#!/bin/sh\necho "from $UV_DEFAULT_INDEX with s3cr%t"; exit 2\n')
    await chmod(sandbox.paths.uv, 0o755)
    const env = { UV_DEFAULT_INDEX: 'https://someone:s3cr%25t@index.example/simple' }
    const { log, last } = await new LauncherProcess('build', { paths: sandbox.paths }, env).ended
    expect(log).toContain('from https://****@index.example/simple with ****')
    expect(log + JSON.stringify(last)).not.toMatch(/s3cr|someone/)
  })

  it('keep source code of packages from running', async () => {
    await using index = await servePackages({ 'tiny-1.0.tar.gz': Buffer.from('never unpacked') })
    const url = index.url.replace('://', '://someone:s3cret@')
    await using built = await build({ 'requirements.txt': 'tiny\n' }, { UV_DEFAULT_INDEX: url })
    expect(built.last).toMatchObject({ reason: 'dependency_failed' })
    expect(built.last.message).toContain('building from source is off')
    expect(built.log).not.toContain('s3cret')
  })

  it('keep source code of the bundle from running', async () => {
    const setup = { content: 'raise SystemExit("ran")' }
    await using built = await build(
      { 'requirements.txt': './own\n', 'own/setup.py': setup },
      { UV_INDEX_PRIVATE_PASSWORD: 's3cret', ...offline },
    )
    expect(built.last).toMatchObject({ reason: 'dependency_failed' })
    expect(built.last.message).toContain('building from source is off')
  })

  it('are not in sight of start-up files of packages, which do not run at all', async () => {
    const files = { 'evil.pth': 'import sys; sys.stdout.write("ran from a start-up file\\n")\n' }
    const wheel = await makeWheel('tiny', '1.0', { files })
    await using index = await servePackages({ [wheel.name]: wheel.bytes })
    const url = index.url.replace('://', '://someone:s3cret@')
    await using built = await build({ 'requirements.txt': 'tiny\n' }, { UV_DEFAULT_INDEX: url }, '')
    expect(built.last).toMatchObject({ event: 'built', packages: ['tiny==1.0'] })
    expect(built.log).not.toContain('start-up file')
  })
})

describe.skipIf(uv === null)('constraints of the platform', () => {
  const rules = '[framework<1.8.9]\n# removed what these versions use\npart<1\n'

  async function serveFramework() {
    const wheels = await Promise.all([
      makeWheel('framework', '1.8.5', { requires: ['part'] }),
      makeWheel('framework', '1.8.16', { requires: ['part'] }),
      makeWheel('part', '0.9'),
      makeWheel('part', '1.2'),
    ])
    return servePackages(Object.fromEntries(wheels.map(({ name, bytes }) => [name, bytes])))
  }

  it('hold for the versions that their section names, and for no other', async () => {
    await using index = await serveFramework()
    const env = { UV_DEFAULT_INDEX: index.url }
    await using old = await build({ 'requirements.txt': 'framework<1.8.9\n' }, env, rules)
    expect(old.last.packages).toEqual(['framework==1.8.5', 'part==0.9'])
    expect(old.log).toContain('the platform constrains part<1, because of framework<1.8.9')
    await using current = await build({ 'requirements.txt': 'framework\n' }, env, rules)
    expect(current.last.packages).toEqual(['framework==1.8.16', 'part==1.2'])
  })

  it('give way to what the app itself asks for, and say so', async () => {
    await using index = await serveFramework()
    const requirements = 'framework==1.8.5\npart>=1\n'
    await using built = await build({ 'requirements.txt': requirements }, { UV_DEFAULT_INDEX: index.url }, rules)
    expect(built.last.packages).toEqual(['framework==1.8.5', 'part==1.2'])
    expect(built.log).toContain("the app's own requirements rule out part<1")
  })

  it('hold always when they stand before the first section', async () => {
    await using index = await serveFramework()
    await using built = await build(
      { 'requirements.txt': 'part\n' },
      { UV_DEFAULT_INDEX: index.url },
      `part<1\n${rules}`,
    )
    expect(built.last.packages).toEqual(['part==0.9'])
  })

  it('are readable in the file that the platform brings', async () => {
    expect(await readFile(constraintsPath, 'utf8')).toContain('[h2o-wave<1.8.9]')
  })
})
