import { Checkbox } from '@fluentui/react/lib/Checkbox'
import { TextField } from '@fluentui/react/lib/TextField'
import type { Account } from '@wave-store/contract'
import { useId, useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import styles from '../ui/form.module.css'
import type { FormProblems } from '../ui/form-problems.ts'
import { type AccountDraft, type AccountField, rolesOf } from './account-draft.ts'

interface AccountFormProps {
  /** The account that is there already; its username stays. */
  edited?: Account
  initial: AccountDraft
  submitLabel: string
  isPending: boolean
  problems: FormProblems<AccountField>
  onSubmit: (draft: AccountDraft) => void
  onCancel: () => void
}

/** What was typed outlives a refetch and a refusal. */
export function AccountForm({
  edited,
  initial,
  submitLabel,
  isPending,
  problems: { fields, rest },
  onSubmit,
  onCancel,
}: AccountFormProps) {
  const { adminRole } = useSession().settings
  const [draft, setDraft] = useState(initial)
  const change = (changes: Partial<AccountDraft>) => setDraft((current) => ({ ...current, ...changes }))
  const text = (key: 'username' | 'name' | 'email' | 'otherRoles') => ({
    value: draft[key],
    autoComplete: 'off',
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
      <TextField
        {...text('username')}
        label={t('Username')}
        description={
          edited ? t('It cannot be changed.') : t('They sign in with it. Upper and lower case are the same.')
        }
        required={!edited}
        readOnly={edited !== undefined}
        autoCapitalize="none"
        spellCheck={false}
        errorMessage={fields.username}
      />
      <TextField {...text('name')} label={t('Name')} required errorMessage={fields.name} />
      <TextField
        {...text('email')}
        label={t('E-mail')}
        inputMode="email"
        spellCheck={false}
        errorMessage={fields.email}
      />
      <AdminCheckbox
        isChecked={draft.isAdmin}
        isFixed={edited?.can.disable === false}
        onChange={(isAdmin) => change({ isAdmin })}
      />
      <TextField
        {...text('otherRoles')}
        label={t('Other roles')}
        description={t(
          'Separated by commas. Tags name them: who holds one may see more apps or look after a tag. One of them may give full access, where the operator has said so.',
        )}
        spellCheck={false}
        errorMessage={fields.roles}
      />
      {edited && changesRoles(edited, rolesOf(draft, adminRole)) && (
        <p className={styles.effect} role="status">
          <T
            text="<0>When you save:</0> {name} is signed out at once; the roles count from the next sign-in."
            values={{ name: edited.name }}
            parts={{ 0: <strong /> }}
          />
        </p>
      )}
    </Form>
  )
}

interface AdminCheckboxProps {
  isChecked: boolean
  /** The reader's own, which only somebody else may take. */
  isFixed: boolean
  onChange: (isChecked: boolean) => void
}

function AdminCheckbox({ isChecked, isFixed, onChange }: AdminCheckboxProps) {
  const hintId = useId()
  return (
    <div>
      <Checkbox
        label={t('Administrator')}
        checked={isChecked}
        disabled={isFixed}
        inputProps={{ 'aria-describedby': hintId }}
        onChange={(_, next) => onChange(next === true)}
      />
      <p id={hintId} className={styles.hint}>
        {isFixed
          ? t('This is you: another administrator can take it from you.')
          : t('Sees and changes every app and instance, and makes accounts.')}
      </p>
    </div>
  )
}

function changesRoles({ roles }: Account, next: string[]): boolean {
  return next.length !== roles.length || next.some((role) => !roles.includes(role))
}
