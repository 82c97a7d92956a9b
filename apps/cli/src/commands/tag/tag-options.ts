import { type Command, Option } from 'commander'
import { commaList } from '../comma-list.ts'

/** What a tag is made of, as the flags say it. */
export interface TagOptions {
  color?: string
  title?: string
  description?: string
  visitorRoles?: string[]
  adminRoles?: string[]
  category?: boolean
}

export function withTagOptions(command: Command): Command {
  return command
    .option('-c, --color <color>', 'as #rrggbb')
    .option('-t, --title <title>', 'what is shown')
    .option('-d, --description <text>', 'what it is for')
    .addOption(
      new Option(
        '-v, --visitor-roles <roles>',
        'visitors who hold one see and run the apps; comma-separated',
      ).argParser(commaList),
    )
    .addOption(
      new Option(
        '-a, --admin-roles <roles>',
        'who holds one assigns, removes and updates it, everybody where none is named; comma-separated',
      ).argParser(commaList),
    )
    .option('--category', 'offer it among the categories of the Catalog')
    .option('--no-category', 'offer it among the tags alone')
}

export function tagBody({ color, title, description, visitorRoles, adminRoles, category }: TagOptions) {
  return {
    ...(color !== undefined && { color: color.startsWith('#') ? color : `#${color}` }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(visitorRoles && { visitorRoles }),
    ...(adminRoles && { adminRoles }),
    ...(category !== undefined && { isCategory: category }),
  }
}
