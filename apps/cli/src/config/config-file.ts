import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parse, stringify, TomlError } from 'smol-toml'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'

/** What the file of settings holds; keys that are not known here stay as they are. */
export interface Settings {
  Endpoint?: string
  OIDCAddress?: string
  ClientID?: string
  /** A refresh token, or an API token of the store. */
  Token?: string
  /** What `Token` was last exchanged for. */
  AccessToken?: string
  /** ISO 8601. */
  AccessTokenExpiresAt?: string
}

/** `--conf` beats `H2OCONFIG`, which beats the one in the home directory. */
export function settingsPath({ options, env, cwd }: Pick<Cli, 'options' | 'env' | 'cwd'>): string {
  const named = options.conf ?? env.H2OCONFIG
  return named ? resolve(cwd(), named) : join(env.HOME || homedir(), '.h2oai', 'h2o-cli-config.toml')
}

/**
 * Null: there is no such file.
 *
 * @throws {Failure} when it is no TOML, or a known key is no text
 */
export async function readSettings(path: string): Promise<Settings | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (text === null) return null
  const settings = parseToml(path, text)
  for (const key of ['Endpoint', 'OIDCAddress', 'ClientID', 'Token', 'AccessToken', 'AccessTokenExpiresAt'])
    if (settings[key] !== undefined && typeof settings[key] !== 'string')
      throw new Failure(`${path}: ${key} is no text.`, { next: `Write ${key} = "…", or run: h2o config setup` })
  return settings
}

function parseToml(path: string, text: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause
    throw new Failure(`${path}:${cause.line}:${cause.column}: this is no TOML.`, {
      next: 'Correct it, or remove it and run: h2o config setup',
      cause,
    })
  }
}

/** Replaces the file in one step; only its owner may read it. What it pointed to, where it is a link, is replaced. */
export async function writeSettings(path: string, settings: Settings): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, stringify(settings as Record<string, unknown>), { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes from others the right to read it, where they had it. @returns whether they had */
export async function closeSettings(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  if ((mode & 0o077) === 0) return false
  await chmod(path, 0o600)
  return true
}
