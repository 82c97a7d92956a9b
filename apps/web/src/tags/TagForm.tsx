import { TextField } from '@fluentui/react/lib/TextField'
import { Toggle } from '@fluentui/react/lib/Toggle'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import type { FormProblems } from '../ui/form-problems.ts'
import { ColourChoice } from './ColourChoice.tsx'
import type { TagDraft, TagField } from './tag-draft.ts'

interface TagFormProps {
  initial: TagDraft
  submitLabel: string
  isPending: boolean
  problems: FormProblems<TagField>
  onSubmit: (draft: TagDraft) => void
  onCancel: () => void
}

const descriptions = {
  name: t('Programs and bundles call it so: letters, digits, blanks, dots, hyphens and underscores.'),
  title: t('What people read; without one, the name.'),
  adminRoles: t(
    'Separated by commas. Who holds one of them puts the tag on apps, takes it off and changes it. None: everyone with full access.',
  ),
  visitorRoles: t(
    'Separated by commas. Visitors who hold one of them see and run the apps that bear the tag and are visible to all users. None: no visitor.',
  ),
}

/** What was typed outlives a refetch and a refusal. */
export function TagForm(props: TagFormProps) {
  const { initial, submitLabel, isPending, onSubmit, onCancel } = props
  const { fields, rest } = props.problems
  const [draft, setDraft] = useState(initial)
  const change = (changes: Partial<TagDraft>) => setDraft((current) => ({ ...current, ...changes }))
  const text = (key: Exclude<TagField, 'isCategory' | 'color'>) => ({
    value: draft[key],
    autoComplete: 'off',
    errorMessage: fields[key],
    onChange: (_: unknown, next?: string) => change({ [key]: next ?? '' }),
  })
  return (
    <Form
      submitLabel={submitLabel}
      isPending={isPending}
      error={rest}
      onSubmit={() => onSubmit(draft)}
      onCancel={onCancel}
    >
      <TextField {...text('name')} label={t('Name')} description={descriptions.name} required spellCheck={false} />
      <TextField {...text('title')} label={t('Title')} description={descriptions.title} />
      <ColourChoice
        color={draft.color}
        sample={draft.title.trim() || draft.name.trim() || t('Tag')}
        problem={fields.color}
        onChange={(color) => change({ color })}
      />
      <TextField {...text('description')} label={t('Description')} multiline autoAdjustHeight resizable={false} />
      <TextField
        {...text('adminRoles')}
        label={t('Admin roles')}
        description={descriptions.adminRoles}
        spellCheck={false}
      />
      <TextField
        {...text('visitorRoles')}
        label={t('Visitor roles')}
        description={descriptions.visitorRoles}
        spellCheck={false}
      />
      <Toggle
        label={t('Category')}
        onText={t('Offered among the Catalog’s categories')}
        offText={t('Shown on apps and above the Catalog')}
        checked={draft.isCategory}
        onChange={(_, next) => change({ isCategory: next === true })}
      />
    </Form>
  )
}
