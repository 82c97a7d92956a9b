import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Cli } from './cli.ts'
import { explain, failureText } from './explain.ts'
import { exitCodes, Failure } from './failure.ts'
import { outputFormats } from './output/output.ts'

interface Noun {
  summary: string
  /** Its verbs; loaded only when it is asked for, since each brings what it needs. */
  load: () => Promise<(cli: Cli) => Command>
}

/** Every noun, in the order of the help. */
export const nouns: Record<string, Noun> = {
  config: {
    summary: 'Say which store to talk to, and sign in',
    load: async () => (await import('./commands/config/config.ts')).configCommand,
  },
  app: { summary: 'Apps: list, run, publish', load: async () => (await import('./commands/app/app.ts')).appCommand },
  bundle: {
    summary: 'Bundles: pack, import, deploy, try and begin apps',
    load: async () => (await import('./commands/bundle/bundle.ts')).bundleCommand,
  },
  exec: {
    summary: 'Run a folder here, in the sandbox that a store has',
    load: async () => (await import('./commands/exec.ts')).execCommand,
  },
  instance: {
    summary: 'Instances: look after them, read their logs',
    load: async () => (await import('./commands/instance/instance.ts')).instanceCommand,
  },
  tag: { summary: 'Tags of apps', load: async () => (await import('./commands/tag/tag.ts')).tagCommand },
  secret: {
    summary: 'Secrets that apps are given',
    load: async () => (await import('./commands/secret/secret.ts')).secretCommand,
  },
  alias: {
    summary: 'Names that instances are reached by',
    load: async () => (await import('./commands/alias/alias.ts')).aliasCommand,
  },
  env: {
    summary: 'What apps run on',
    load: async () => (await import('./commands/env/env.ts')).envCommand,
  },
  admin: {
    summary: 'For administrators: the things of everybody',
    load: async () => (await import('./commands/admin/admin.ts')).adminCommand,
  },
  completion: {
    summary: 'Let a shell complete commands, ids and names',
    load: async () => (await import('./commands/completion/completion.ts')).completionCommand,
  },
  version: {
    summary: 'Versions of this program and of the store',
    load: async () => (await import('./commands/version.ts')).versionCommand,
  },
}

/** Runs one command to its end. @returns the exit code */
export async function run(cli: Cli, args: readonly string[]): Promise<number> {
  try {
    const program = await buildProgram(cli, args)
    await program.parseAsync(args, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    // Commander has said by then what was wrong; help that was asked for ends with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    const failure = explain(error, cli.interrupted.aborted)
    cli.stderr.write(failureText(failure))
    if (cli.env.H2O_DEBUG) cli.stderr.write(`${inspect(error)}\n`)
    return failure.exitCode
  }
}

/** @param args decide which noun is loaded; all of them when undefined */
export async function buildProgram(cli: Cli, args?: readonly string[]): Promise<Command> {
  const program = new Command('h2o')
    .description('Talks to a Wave App Store from the command line.')
    .addOption(new Option('--conf <file>', 'settings to use instead of ~/.h2oai/h2o-cli-config.toml or $H2OCONFIG'))
    .addOption(new Option('-o, --output <format>', 'how to print results').choices(outputFormats).default('text'))
    .addOption(
      new Option('--request-timeout <seconds>', 'how long to wait for an answer')
        .argParser(seconds)
        .default(30_000, '30'),
    )
    .helpCommand(false)
    .hook('preAction', (_program, verb) => {
      Object.assign(cli.options, globalOptionsOf(verb))
    })
  for (const [name, noun] of Object.entries(nouns)) {
    const command = args === undefined || isNamed(name, args) ? (await noun.load())(cli) : new Command(name)
    program.addCommand(command.description(noun.summary))
  }
  if (args?.includes('__complete')) {
    const { completeCommand } = await import('./commands/completion/complete.ts')
    program.addCommand(
      completeCommand(cli, (words) => buildProgram(cli, words)),
      { hidden: true },
    )
  }
  for (const command of withSubcommands(program)) adopt(command, cli)
  return program
}

/** Before any noun of the same name deeper down, as in `admin app`. */
function isNamed(noun: string, args: readonly string[]): boolean {
  return args.find((arg) => Object.hasOwn(nouns, arg)) === noun
}

function globalOptionsOf(verb: Command) {
  const { conf, output, requestTimeout } = verb.optsWithGlobals()
  return { ...(conf !== undefined && { conf }), output, requestTimeoutMs: requestTimeout }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

/** What holds for every command: it writes where it is told, returns instead of ending the process, and suggests. */
function adopt(command: Command, cli: Cli): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`See: ${fullName(command)} --help`)
    .configureOutput({
      writeOut: (text) => void cli.stdout.write(text),
      writeErr: (text) => void cli.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => `Error: ${first.toUpperCase()}`)),
    })
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('A number of seconds, from above 0 to 3600.')
  return value * 1000
}

function inspect(error: unknown): string {
  const { stack, cause } = (error instanceof Failure ? (error.cause ?? error) : error) as Error
  return cause === undefined ? String(stack ?? error) : `${stack}\nCaused by: ${inspect(cause)}`
}
