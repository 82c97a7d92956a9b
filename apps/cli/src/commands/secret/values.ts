import { Buffer, isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { longestSecretBytes, type SecretValue } from '@wave-store/contract'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { Failure, usageError } from '../../failure.ts'

export interface ValueOptions {
  fromLiteral?: string[]
  fromFile?: string[]
}

const several = (value: string, others: string[] = []) => [...others, value]

/** @param key how a key is named there */
export function withValueOptions(command: Command, key = 'key'): Command {
  return command
    .option(`--from-literal <${key}=value>`, 'a key and its value; again for more', several)
    .option(
      `--from-file <${key}=path>`,
      'a key and the file with its value, - for standard input; again for more',
      several,
    )
}

/** @throws {Failure} for what is no key and value, a key that is named twice, or a file that cannot be read */
export async function readValues(
  cli: Pick<Cli, 'cwd' | 'stdin'>,
  { fromLiteral = [], fromFile = [] }: ValueOptions,
): Promise<Record<string, SecretValue>> {
  const literals = fromLiteral.map((given) => {
    const [key, value] = parted(given)
    if (value === undefined) throw usageError(`“${given}” is no key and value.`, 'Say it as: --from-literal KEY=VALUE')
    return [key, { text: value }] as const
  })
  const files = await Promise.all(
    fromFile.map(async (given) => {
      const [key, path = key] = parted(given)
      return [path === key ? basename(key) : key, await readValue(cli, path)] as const
    }),
  )
  const all = [...literals, ...files]
  const twice = all.map(([key]) => key).find((key, index, keys) => keys.indexOf(key) !== index)
  if (twice !== undefined) throw usageError(`The key “${twice}” is given twice.`)
  return Object.fromEntries(all)
}

function parted(given: string): [key: string, rest?: string] {
  const at = given.indexOf('=')
  return at === -1 ? [given] : [given.slice(0, at), given.slice(at + 1)]
}

async function readValue({ cwd, stdin }: Pick<Cli, 'cwd' | 'stdin'>, path: string): Promise<SecretValue> {
  const bytes = path === '-' ? await buffer(stdin) : await readFile(resolve(cwd(), path))
  if (bytes.length > longestSecretBytes) throw new Failure(`${path}: the value is longer than 1 MiB.`)
  return isUtf8(bytes) ? { text: bytes.toString() } : { base64: Buffer.from(bytes).toString('base64') }
}
