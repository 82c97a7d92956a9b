import { type Config, ConfigError } from '../config/config.ts'

/** @throws {ConfigError} where not all is in the data directory: these commands know the embedded one. */
export function requireEmbedded({ databaseUrl, runtime, s3 }: Pick<Config, 'databaseUrl' | 'runtime' | 's3'>): void {
  if (runtime.driver !== 'process')
    throw new ConfigError([
      `WAVE_STORE_RUNTIME=${runtime.driver}: volumes of instances stand in the engine, which this command does not copy. Copy them with its tools; without the variable what this machine keeps is meant.`,
    ])
  if (s3 !== null)
    throw new ConfigError([
      'WAVE_STORE_S3_BUCKET names a bucket, which this command does not copy. Copy it with the tools of its server.',
    ])
  if (databaseUrl === null) return
  throw new ConfigError([
    'WAVE_STORE_DATABASE_URL names a PostgreSQL database, which this command does not copy. Copy it with pg_dump and pg_restore, and the data directory beside it; without the variable the embedded database is meant.',
  ])
}
