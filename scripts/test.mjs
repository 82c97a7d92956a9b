import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { node, root, setUp } from './set-up.mjs'

/** `npm test` runs everything but what needs more than a browser; a named suite runs alone. */
const named = process.argv.slice(2)
setUp({ tests: true, docker: named.includes('docker') })

const results = join(root, 'test-results')
mkdirSync(results, { recursive: true })

const checks =
  named.length > 0
    ? []
    : [
        check('types of the server and packages', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
        check('types of the page', 'typescript/bin/tsc', ['-p', 'apps/web/tsconfig.json']),
        check('lint, format and import fences', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
      ]
const suites = (named.length > 0 ? named : ['unit', 'postgres', 'smoke', 'kubernetes']).map(suite)
const total = [...checks, ...suites].reduce((a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: [...a.skipped, ...b.skipped],
  failures: [...a.failures, ...b.failures],
}))

list('Skipped', ', as what they need is not here', total.skipped)
list('Failed', '', total.failures)
console.log('')
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

function check(title, program, args) {
  console.log(`\n— ${title}`)
  const { status } = execute([join('node_modules', program), ...args])
  return status === 0
    ? { passed: 1, failed: 0, skipped: [], failures: [] }
    : { passed: 0, failed: 1, skipped: [], failures: [title] }
}

function list(what, why, titles) {
  if (titles.length > 0)
    console.log(`\n${what} ${titles.length}${why}:\n${titles.map((title) => `  - ${title}`).join('\n')}`)
}

/** One vitest project; a run that breaks off before it has counted is a failure of its own. */
function suite(project) {
  console.log(`\n— ${project} tests`)
  const report = join(results, `${project}.json`)
  const unhandled = join(results, `${project}-unhandled.json`)
  for (const path of [report, unhandled]) rmSync(path, { force: true })
  const { status } = execute(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--reporter=./scripts/unhandled-errors-reporter.mjs',
    ],
    { UNHANDLED_ERRORS_FILE: unhandled },
  )
  const counted = readReport(report)
  if (status === 0 || counted.failed > 0) return counted
  const ended = `${project} tests: ended with ${status ?? 'a signal'}`
  return { ...counted, failed: 1, failures: [say(ended, readUnhandled(unhandled).join('\n'))] }
}

/** Errors outside of every test. */
function readUnhandled(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).map(({ stack, message }) => stack || message)
  } catch {
    return []
  }
}

function readReport(path) {
  try {
    const { testResults } = JSON.parse(readFileSync(path, 'utf8'))
    const tests = testResults.flatMap((file) => file.assertionResults)
    const broken = testResults.filter(isBroken)
    const untold = new Set(broken.flatMap((file) => file.assertionResults))
    const having = (...status) => tests.filter((test) => status.includes(test.status))
    const skipped = having('skipped', 'pending', 'todo', 'disabled').filter((test) => !untold.has(test))
    return {
      passed: having('passed').length,
      failed: having('failed').length + broken.length,
      skipped: skipped.map((test) => test.fullName),
      failures: testResults.flatMap(readFailures),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: [], failures: [`${path}: no report was written`] }
  }
}

/** Where each failure was and the first lines of what was said of it, so that the end of a long log tells them all. */
function readFailures(file) {
  const path = relative(root, file.name)
  if (isBroken(file)) return [say(`${path}: the file itself`, file.message)]
  return file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => say(`${path}: ${test.fullName}`, test.failureMessages?.join('\n')))
}

function say(title, message) {
  return [title, ...(message ?? '').split('\n').slice(0, 12)].join('\n      ')
}

/** A file that failed without any of its tests: it cannot be read, a hook threw, or its process ended beneath it. */
function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
}

function execute(args, env = {}) {
  return spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
}
