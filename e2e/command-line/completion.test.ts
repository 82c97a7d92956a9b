import { execFile, spawnSync } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../../apps/server/src/testing/demo-bundle.ts'
import { startTestStore, type TestStore } from '../../apps/server/src/testing/test-store.ts'
import { program as h2o, Shell } from './h2o.ts'

let store: TestStore
let shell: Shell
let appId: string
beforeAll(async () => {
  store = await startTestStore()
  const dana = await store.as('dana')
  const title = "It's $(touch pwned) `touch pwned` : \\\\n red"
  appId = (await dana.importBundle(await demoBundle({ name: 'complete.me', app: `Title = "${title}"` }))).id
  shell = await Shell.of(store.origin, dana)
  await mkdir(join(shell.home, 'bin'))
  await chmod(await shell.write('bin/h2o', `#!/bin/sh\nexec '${process.execPath}' '${h2o}' "$@"\n`), 0o755)
})
afterAll(async () => {
  await shell[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
})

const isThere = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

async function execute(program: string, script: string): Promise<string[]> {
  const env = { ...shell.env, PATH: `${join(shell.home, 'bin')}:${shell.env.PATH}` }
  const { stdout } = await promisify(execFile)(program, ['-c', script], { cwd: shell.home, env })
  return stdout.trimEnd().split('\n')
}

/** What each shell proposes for the words, by its own means. */
const shells: Record<string, (words: string[]) => Promise<string[]>> = {
  bash: (words) =>
    execute(
      'bash',
      `source <(h2o completion bash); COMP_WORDS=(h2o ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _h2o; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ),
  zsh: (words) =>
    execute(
      'zsh',
      `compdef() {}; _files() {}; _describe() { print -rl -- "\${(@P)2}" }; source <(h2o completion zsh); words=(h2o ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _h2o`,
    ),
  fish: (words) => execute('fish', `h2o completion fish | source; complete --do-complete 'h2o ${words.join(' ')}'`),
}

describe.each(Object.entries(shells))('in %s', (name, propose) => {
  const first = async (words: string[]) => (await propose(words)).map((line) => line.split(/[\t:]/)[0])

  it.skipIf(!isThere(name))('completes nouns, verbs, flags, choices and ids, and obeys no title', async () => {
    expect(await first(['inst'])).toEqual(['instance'])
    expect(await first(['app', 'l'])).toContain('list')
    expect(await first(['app', 'run', '--vis'])).toEqual(['--visibility'])
    expect(await first(['app', 'run', '-v', 'ALL'])).toEqual(['ALL_USERS'])
    expect(await first(['app', 'run', appId.slice(0, 6)])).toEqual([appId])
    expect((await shell.sh('ls')).stdout).not.toContain('pwned')
  })
})

it('proposes nothing, and complains of nothing, where nobody is signed in', async () => {
  await using stranger = await Shell.open()
  expect(await stranger.h2o('__complete', '--', 'app', 'run', '')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  expect((await stranger.h2o('__complete', '--', '')).stdout).toContain('instance\t')
  expect((await stranger.h2o('--help')).stdout).not.toContain('__complete')
})
