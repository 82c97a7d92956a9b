import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { TextField } from '@fluentui/react/lib/TextField'
import { type TokenScope, tokenScopes } from '@wave-store/contract'
import { useState } from 'react'
import type { NewToken } from '../api/access-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import type { FormProblems } from '../ui/form-problems.ts'
import { describeLifetime, lifetimesInDays } from './expiry.ts'
import { ScopeChoice } from './ScopeChoice.tsx'

interface TokenFormProps {
  isPending: boolean
  problems: FormProblems<'name' | 'scopes' | 'expiresInDays'>
  onSubmit: (token: NewToken) => void
  onCancel: () => void
}

export function TokenForm({ isPending, problems: { fields, rest }, onSubmit, onCancel }: TokenFormProps) {
  const { can } = useSession()
  const [openedAtMs] = useState(() => Date.now())
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<TokenScope[]>(['read'])
  const [expiresInDays, setExpiresInDays] = useState<number>(30)
  return (
    <Form
      submitLabel={t('Create token')}
      isPending={isPending}
      error={rest}
      onSubmit={() => onSubmit({ name, scopes, expiresInDays })}
      onCancel={onCancel}
    >
      <TextField
        label={t('Name')}
        description={t('What uses it, so that you know it again.')}
        required
        autoComplete="off"
        value={name}
        onChange={(_, next) => setName(next ?? '')}
        errorMessage={fields.name}
      />
      <ScopeChoice
        offered={tokenScopes.filter((scope) => scope !== 'admin' || can.administer)}
        chosen={scopes}
        problem={fields.scopes}
        onChange={setScopes}
      />
      <Dropdown
        label={t('Expires after')}
        selectedKey={expiresInDays}
        options={lifetimesInDays.map((days) => ({ key: days, text: describeLifetime(days, openedAtMs) }))}
        onChange={(_, option) => setExpiresInDays(Number(option?.key))}
        errorMessage={fields.expiresInDays}
      />
    </Form>
  )
}
