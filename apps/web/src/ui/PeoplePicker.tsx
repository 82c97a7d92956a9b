import { Label } from '@fluentui/react/lib/Label'
import { NormalPeoplePicker } from '@fluentui/react/lib/Pickers'
import { useQueryClient } from '@tanstack/react-query'
import type { Person } from '@wave-store/contract'
import { useId } from 'react'
import { peopleQuery } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'

interface PeoplePickerProps {
  people: Person[]
  /** Default: “People”. */
  label?: string
  /** How many at most. Default: any number. */
  limit?: number
  onChange: (people: Person[]) => void
}

/** People who have been here, found by name or e-mail address; for administrators. */
export function PeoplePicker({ people, label = t('People'), limit, onChange }: PeoplePickerProps) {
  const queryClient = useQueryClient()
  const id = useId()
  const personaOf = ({ id: key, name, email }: Person) => ({ key, text: name, secondaryText: email })
  return (
    <div>
      <Label htmlFor={id}>{label}</Label>
      <NormalPeoplePicker
        inputProps={{ id, placeholder: t('Name or e-mail address') }}
        itemLimit={limit}
        selectedItems={people.map(personaOf)}
        resolveDelay={200}
        pickerSuggestionsProps={{ suggestionsHeaderText: t('People'), noResultsFoundText: t('Nobody of that name') }}
        removeButtonAriaLabel={t('Remove')}
        onResolveSuggestions={async (search, chosen = []) => {
          const found = await queryClient.fetchQuery(peopleQuery(search))
          return found.filter(({ id: one }) => !chosen.some(({ key }) => key === one)).map(personaOf)
        }}
        onChange={(items = []) =>
          onChange(
            items.map(({ key, text, secondaryText }) => ({
              id: String(key),
              name: text ?? '',
              email: secondaryText ?? '',
            })),
          )
        }
      />
    </div>
  )
}
