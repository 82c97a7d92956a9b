import { StoreError } from '@wave-store/client'

/** What the store said against a form: at its fields, and what belongs to none of them. */
export interface FormProblems<Field extends string> {
  fields: Partial<Record<Field, string>>
  rest: Error | null
}

interface SentForm<Field extends string> {
  fields: readonly Field[]
  /** The field that must be the one of its kind: where a `conflict` belongs. */
  uniqueField?: Field
  /** As it was sent, because a problem names an entry of a list by its position. */
  body: object | undefined
}

export function formProblems<Field extends string>(
  error: Error | null,
  { fields, uniqueField, body }: SentForm<Field>,
): FormProblems<Field> {
  const found: FormProblems<Field>['fields'] = {}
  if (!(error instanceof StoreError)) return { fields: found, rest: error }
  if (error.code === 'conflict' && uniqueField) {
    found[uniqueField] = error.message
    return { fields: found, rest: null }
  }
  let isPlaced = error.problems.length > 0
  for (const { place, message } of error.problems) {
    const [part, name, position] = (place.entry ?? '').split('.')
    const field = part === 'body' ? fields.find((one) => one === name) : undefined
    if (field) found[field] ??= nameEntry(body, field, position) + message
    else isPlaced = false
  }
  return { fields: found, rest: isPlaced ? null : error }
}

function nameEntry(body: object | undefined, field: string, position: string | undefined): string {
  const list = position === undefined ? undefined : (body as Record<string, unknown> | undefined)?.[field]
  return Array.isArray(list) ? `“${list[Number(position)]}”: ` : ''
}
