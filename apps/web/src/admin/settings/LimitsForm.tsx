import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { TextField } from '@fluentui/react/lib/TextField'
import type { getSettings, OperationResult } from '@wave-store/contract'
import { useState } from 'react'
import { type SettingChanges, useUpdateSettings } from '../../api/administration-queries.ts'
import { t } from '../../i18n/t.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import form from '../../ui/form.module.css'
import { formProblems } from '../../ui/form-problems.ts'
import { useShowToast } from '../../ui/Toasts.tsx'
import { describeLimit, type LimitName, limitFields, quotaFields, readLimit, writeLimit } from './limit-fields.ts'
import styles from './Settings.module.css'

type Answer = OperationResult<typeof getSettings>
type PublicMode = 'default' | 'on' | 'off'

const fields = [...quotaFields, ...limitFields]

/** A field that is empty holds what the operator configured. */
export function LimitsForm({ answer }: { answer: Answer }) {
  const { settings, defaults, changed } = answer
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(
      fields.map((field) => [field.name, changed.includes(field.name) ? writeLimit(field, settings[field.name]) : '']),
    ),
  )
  const kept: PublicMode = changed.includes('publicMode') ? (settings.publicMode ? 'on' : 'off') : 'default'
  const [publicMode, setPublicMode] = useState(kept)
  const [wrong, setWrong] = useState<ReadonlySet<LimitName>>(new Set())
  const update = useUpdateSettings()
  const showToast = useShowToast()
  const refused = formProblems(update.error, { fields: fields.map(({ name }) => name), body: undefined })

  async function save() {
    const values = fields.map((field) => {
      const text = texts[field.name] ?? ''
      return [field, text.trim() === '' ? null : readLimit(field, text)] as const
    })
    const unread = values.filter(([, value]) => value === undefined).map(([{ name }]) => name)
    setWrong(new Set(unread))
    if (unread.length > 0) return
    const changes: SettingChanges = Object.fromEntries(values.map(([{ name }, value]) => [name, value]))
    changes.publicMode = publicMode === 'default' ? null : publicMode === 'on'
    try {
      await update.mutateAsync(changes)
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The settings hold. Limits are given at the next start of an instance.') })
  }

  const fieldOf = (field: (typeof fields)[number]) => (
    <TextField
      key={field.name}
      label={field.label}
      value={texts[field.name]}
      placeholder={describeLimit(field, defaults[field.name])}
      description={t('Empty: {describeLimit}{value}.', {
        describeLimit: describeLimit(field, defaults[field.name]),
        value: field.zero ? t('. 0: {zero}', { zero: field.zero }) : '',
      })}
      errorMessage={
        wrong.has(field.name)
          ? field.unit === 'bytes'
            ? 'A size such as 512Mi or 2Gi'
            : 'A whole number'
          : refused.fields[field.name]
      }
      autoComplete="off"
      spellCheck={false}
      onChange={(_, text) => setTexts((before) => ({ ...before, [field.name]: text ?? '' }))}
    />
  )

  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!update.isPending) void save()
      }}
    >
      <Dropdown
        label={t('Public mode')}
        selectedKey={publicMode}
        options={[
          {
            key: 'default',
            text: t('As the operator configured it: {state}', { state: defaults.publicMode ? 'on' : 'off' }),
          },
          { key: 'on', text: t('On: apps and instances may be opened without signing in') },
          { key: 'off', text: t('Off: what is public is for all users only') },
        ]}
        onChange={(_, option) => setPublicMode((option?.key ?? 'default') as PublicMode)}
      />
      <fieldset className={form.group}>
        <legend>{t('Quotas')}</legend>
        <div className={styles.fields}>{quotaFields.map(fieldOf)}</div>
      </fieldset>
      <fieldset className={form.group}>
        <legend>{t('Limits where the manifest says nothing')}</legend>
        <div className={styles.fields}>{limitFields.map(fieldOf)}</div>
      </fieldset>
      {refused.rest && <ErrorMessage error={refused.rest} />}
      <div className={form.actions}>
        <PrimaryButton type="submit" disabled={update.isPending}>
          {t('Save settings')}
        </PrimaryButton>
      </div>
    </form>
  )
}
