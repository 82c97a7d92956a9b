import { writeFileSync } from 'node:fs'

/**
 * A vitest reporter: what failed outside of every test, as `[{ message, stack }]` in the file that
 * `UNHANDLED_ERRORS_FILE` names. A run ends as failed for it, and vitest's own report in JSON does not tell of it.
 */
export default class UnhandledErrorsReporter {
  onTestRunEnd(_modules, errors) {
    const told = errors.map(({ name, message, stack }) => ({ message: `${name}: ${message}`, stack }))
    writeFileSync(process.env.UNHANDLED_ERRORS_FILE, JSON.stringify(told))
  }
}
