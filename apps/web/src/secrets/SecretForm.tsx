import { TextField } from '@fluentui/react/lib/TextField'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import { formProblems } from '../ui/form-problems.ts'
import { AudienceFields } from './AudienceFields.tsx'
import { KeyRows } from './KeyRows.tsx'
import { rowProblems, type SecretDraft } from './secret-draft.ts'

interface SecretFormProps {
  initial: SecretDraft
  /** A name stays what it is: manifests know the secret by it. */
  isNew: boolean
  submitLabel: string
  isPending: boolean
  error: Error | null
  /** What saving means for apps. */
  hint?: ReactNode
  onSubmit: (draft: SecretDraft) => void
  onCancel: () => void
}

export function SecretForm({
  initial,
  isNew,
  submitLabel,
  isPending,
  error,
  hint,
  onSubmit,
  onCancel,
}: SecretFormProps) {
  const [draft, setDraft] = useState(initial)
  const [isTried, setIsTried] = useState(false)
  const change = (changes: Partial<SecretDraft>) => setDraft((current) => ({ ...current, ...changes }))
  const { fields, rest } = formProblems(error, {
    fields: ['name', 'description'],
    uniqueField: 'name',
    body: undefined,
  })
  const wrong = rowProblems(draft.rows)
  return (
    <Form
      submitLabel={submitLabel}
      isPending={isPending}
      error={rest}
      onSubmit={() => {
        setIsTried(true)
        if (wrong.size === 0) onSubmit(draft)
      }}
      onCancel={onCancel}
    >
      {isNew && (
        <TextField
          label={t('Name')}
          description={t('As the manifest writes it: Secret = “name”.')}
          required
          value={draft.name}
          errorMessage={fields.name}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, next) => change({ name: next ?? '' })}
        />
      )}
      <TextField
        label={t('Description')}
        value={draft.description}
        errorMessage={fields.description}
        autoComplete="off"
        onChange={(_, next) => change({ description: next ?? '' })}
      />
      <KeyRows
        rows={draft.rows}
        problems={isTried ? wrong : new Map()}
        onChange={(apply) => setDraft((current) => ({ ...current, rows: apply(current.rows) }))}
      />
      {draft.audience && <AudienceFields audience={draft.audience} onChange={(audience) => change({ audience })} />}
      {hint}
    </Form>
  )
}
