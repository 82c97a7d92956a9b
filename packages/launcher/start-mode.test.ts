import { describe, expect, it } from 'vitest'
import { runApp } from './src/testing/run-app.ts'

const asgi = 'from h2o_wave import main, app, Q\n@app("/")\nasync def serve(q: Q):\n    pass\n'

/** Without a Wave server nothing starts, and the log says how it would have started. */
async function decision(entries: Record<string, string>, module = 'app'): Promise<string> {
  await using app = await runApp(entries, { mode: 'wave', module })
  const { log, last } = await app.ended
  return last.reason === 'wave_server_failed'
    ? (/# launcher: starts as (.*)/.exec(log)?.[1] ?? log)
    : `${last.reason}: ${last.message}`
}

describe('a Wave app', () => {
  it.each([
    ['imports `main`', { 'app.py': asgi }, 'app', 'app:main'],
    ['has a hyphen in its name', { 'my-app.py': asgi }, 'my-app', 'my-app:main'],
    ['stands in a directory without __init__.py', { 'src/deep/app.py': asgi }, 'src.deep.app', 'src.deep.app:main'],
    ['imports everything', { 'app.py': 'from h2o_wave import *\n' }, 'app', 'app:main'],
    [
      'imports under try',
      { 'app.py': `try:\n    import x\nexcept ImportError:\n    ${asgi.split('\n')[0]}\n` },
      'app',
      'app:main',
    ],
    ['assigns `main`', { 'app.py': 'import h2o_wave as w\nmain = w.main\n' }, 'app', 'app:main'],
    ['begins with a byte order mark', { 'app.py': `\ufeff${asgi}` }, 'app', 'app:main'],
    ['passes `main` on', { 'app.py': 'from src.serve import main\n', 'src/serve.py': asgi }, 'app', 'app:main'],
    [
      'passes `main` on from beside it',
      { 'a/run.py': 'from .serve import main\n', 'a/serve.py': asgi },
      'a.run',
      'a.run:main',
    ],
    ['is a package', { 'app/__init__.py': asgi }, 'app', 'app:main'],
    ['is a package with __main__.py', { 'app/__init__.py': '', 'app/__main__.py': asgi }, 'app', 'app.__main__:main'],
  ])('is served by uvicorn when it %s', async (_, entries, module, target) => {
    expect(await decision(entries, module)).toMatch(`uvicorn ${target}, because ${module} imports h2o_wave`)
  })

  it.each([
    ['has a `__main__` block', `${asgi}if __name__ == "__main__":\n    serve()\n`, 'has an `if'],
    ['has a `__main__` block the other way round', `${asgi}if '__main__' == __name__:\n    serve()\n`, 'has an `if'],
    ['listens in the way of old', 'from h2o_wave import Q, listen\nlisten("/", lambda q: q)\n', 'has no `main`'],
    ['has a function named main', 'from h2o_wave import site\ndef main():\n    pass\nmain()\n', 'has no `main`'],
    ['imports inside a function', 'def go():\n    from h2o_wave import main\n', 'does not import h2o_wave'],
    ['cannot be read', 'from h2o_wave import main\ndef (\n', 'cannot be read as Python source'],
  ])('runs as python3 -m when it %s', async (_, source, why) => {
    expect(await decision({ 'app.py': source })).toMatch(`python3 -m app, because app ${why}`)
  })

  it('is never run in order to decide', async () => {
    await using app = await runApp(
      { 'app.py': `print("it ran")\n${asgi}`, 'src/__init__.py': 'print("it ran")' },
      { mode: 'wave' },
    )
    expect((await app.ended).log).not.toContain('it ran')
  })

  it('is refused when it is a package that neither way can start', async () => {
    expect(await decision({ 'app/__init__.py': '' })).toBe(
      'module_not_found: app is a package without __main__.py; it has no Python file at all.',
    )
  })
})
