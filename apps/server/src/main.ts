import { RuntimeError } from '@wave-store/runtime'
import { ConfigError } from './config/config.ts'
import { readConfig } from './config/read-config.ts'
import { DataDirectoryInUse } from './db/data-directory.ts'
import { DatabaseUnavailable } from './db/open-database.ts'
import { type Store, startStore } from './start-store.ts'

/** EX_CONFIG of sysexits.h: starting again with the same settings would not help. */
const refusedSettings = 78

try {
  const config = readConfig(process.env, process.cwd())
  const store = await startStore(config)
  console.log(welcome(config.publicUrl.origin, signInHint(config.identity.roles.adminRole, store)))
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // A terminal sends Ctrl-C to npm and to us, and npm sends it on: one stop is enough.
      if (stopping) return
      stopping = true
      console.log('\nStopping. Instances keep running; the next start finds them again, and npm run stop ends them.')
      void store[Symbol.asyncDispose]()
    })
} catch (cause) {
  console.error(explain(cause))
  process.exitCode = cause instanceof ConfigError ? refusedSettings : 1
}

function welcome(address: string, signIn: string[]): string {
  const hint = signIn.map((line) => `  ${line}`)
  return [
    '',
    `  Wave App Store is up: ${address}`,
    '',
    ...hint,
    '',
    '  Ctrl-C stops the store; instances keep running.',
    '',
  ].join('\n')
}

function signInHint(adminRole: string, { context, firstAdmin }: Store): string[] {
  if (firstAdmin)
    return [
      `Sign in as ${firstAdmin.username} with the one-time password ${firstAdmin.oneTimePassword}`,
      'and choose your own; then make accounts for the others.',
    ]
  const { development } = context.directory
  if (development.length === 0) return ['Sign in with your account.']
  const people = development.map(({ name, roles }) => `  ${name}${roles.includes(adminRole) ? ' (administrator)' : ''}`)
  return [
    'Sign in as one of the development accounts, no password needed:',
    ...people,
    'They are off as soon as other machines can reach the store.',
  ]
}

function explain(cause: unknown): string {
  if ([ConfigError, DataDirectoryInUse, DatabaseUnavailable, RuntimeError].some((known) => cause instanceof known))
    return (cause as Error).message
  const { code, port } = cause as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. WAVE_STORE_PORT=9090 npm start takes another one.`
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
