import { IconButton } from '@fluentui/react/lib/Button'
import type { ApiToken } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { formatTime } from '../ui/format.ts'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import styles from './AccessPage.module.css'
import { RevokeTokenDialog } from './RevokeTokenDialog.tsx'
import { describeScope } from './token-scopes.ts'

export function TokenTable({ tokens }: { tokens: ApiToken[] }) {
  const [revokedId, setRevokedId] = useState<string | null>(null)
  const revoked = tokens.find(({ id }) => id === revokedId)
  return (
    <>
      <Table
        label={t('API tokens')}
        columns={[t('Name'), t('Scopes'), t('Created'), t('Expires'), t('Last used')]}
        hasActions
      >
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setRevokedId(token.id)} />
        ))}
      </Table>
      {revoked && <RevokeTokenDialog token={revoked} onDismiss={() => setRevokedId(null)} />}
    </>
  )
}

function TokenRow({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const { name, scopes, createdAt, expiresAt, isExpired, lastUsedAt, lastUsedFrom } = token
  return (
    <tr>
      <td>
        <span className={styles.name} dir="auto">
          {name}
        </span>
      </td>
      <td data-label={t('Scopes')}>
        <div className={table.chips}>
          {scopes.map((scope) => (
            <Chip key={scope}>{describeScope(scope).label}</Chip>
          ))}
        </div>
      </td>
      <td data-label={t('Created')} className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td data-label={t('Expires')}>
        {isExpired ? (
          <Chip tone="warning" iconName="Clock">
            {t('Expired')}
          </Chip>
        ) : (
          <time dateTime={expiresAt}>{formatTime(expiresAt)}</time>
        )}
      </td>
      <td data-label={t('Last used')}>
        {lastUsedAt ? (
          <div className={table.words}>
            <Age since={lastUsedAt} />
            {lastUsedFrom && <span className={table.small}>{t('from {lastUsedFrom}', { lastUsedFrom })}</span>}
          </div>
        ) : (
          t('Never')
        )}
      </td>
      <td>
        <div className={table.actions}>
          <IconButton
            iconProps={{ iconName: 'Delete' }}
            title={t('Revoke')}
            ariaLabel={t('Revoke {name}', { name })}
            onClick={onRevoke}
          />
        </div>
      </td>
    </tr>
  )
}
