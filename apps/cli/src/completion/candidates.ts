import { type Argument, type Command, Option } from 'commander'
import type { Cli } from '../cli.ts'
import { listers } from './listers.ts'

/** What may stand there, and a few words on it. */
export type Candidate = readonly [value: string, description: string]

/**
 * What the last word may become.
 *
 * @param words those after `h2o` up to the cursor, the last one begun or empty
 */
export async function candidatesFor(cli: Cli, program: Command, words: readonly string[]): Promise<Candidate[]> {
  const before = words.slice(0, -1)
  const begun = words.at(-1) ?? ''
  const { command, operands, expecting } = walk(program, before)
  const all = expecting
    ? await valuesOf(cli, expecting, nameOfValue(expecting))
    : begun.startsWith('-')
      ? flagsOf(command)
      : [...(operands === 0 ? namesOf(command) : []), ...(await argumentValues(cli, command, operands))]
  return all.filter(([value]) => value.startsWith(begun))
}

interface Place {
  command: Command
  /** How many of its arguments are there. */
  operands: number
  /** The option whose value comes next. */
  expecting: Option | undefined
}

function walk(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, operands: 0, expecting: undefined }
  for (const word of words) {
    if (place.expecting) place = { ...place, expecting: undefined }
    else if (word.startsWith('-')) place = { ...place, expecting: optionWithValue(place.command, word) }
    else place = step(place, word)
  }
  return place
}

function step({ command, operands }: Place, word: string): Place {
  const verb = operands === 0 && command.commands.find((one) => [one.name(), ...one.aliases()].includes(word))
  if (verb) return { command: verb, operands: 0, expecting: undefined }
  return { command, operands: operands + 1, expecting: undefined }
}

function optionWithValue(command: Command, word: string): Option | undefined {
  const option = optionsOf(command).find(({ long, short }) => long === word || short === word)
  return option && (option.required || option.optional) ? option : undefined
}

/** Its own, and those of the commands that it is part of. */
function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent ? optionsOf(command.parent) : [])]
}

function flagsOf(command: Command): Candidate[] {
  return [...optionsOf(command), new Option('--help', 'what there is')].flatMap(({ long, description, hidden }) =>
    long && !hidden ? [[long, description] as const] : [],
  )
}

function namesOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((verb) => [verb.name(), verb.description()])
}

async function argumentValues(cli: Cli, command: Command, index: number): Promise<Candidate[]> {
  const last = command.registeredArguments.at(-1)
  const argument = command.registeredArguments[index] ?? (last?.variadic ? last : undefined)
  return argument ? valuesOf(cli, argument, argument.name()) : []
}

function nameOfValue({ flags }: Option): string {
  return /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? ''
}

async function valuesOf(cli: Cli, { argChoices }: Argument | Option, name: string): Promise<Candidate[]> {
  if (argChoices) return argChoices.map((choice) => [choice, ''])
  const list = listers[name.replace('...', '')]
  return list ? list((await cli.store()).client) : []
}
