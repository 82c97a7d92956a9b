import { IconButton } from '@fluentui/react/lib/Button'
import type { ApiToken } from '@wave-store/contract'
import { useState } from 'react'
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
      <Table label="API tokens" columns={['Name', 'Scopes', 'Created', 'Expires', 'Last used']} hasActions>
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
      <td data-label="Scopes">
        <div className={table.chips}>
          {scopes.map((scope) => (
            <Chip key={scope}>{describeScope(scope).label}</Chip>
          ))}
        </div>
      </td>
      <td data-label="Created" className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td data-label="Expires">
        {isExpired ? (
          <Chip tone="warning" iconName="Clock">
            Expired
          </Chip>
        ) : (
          <time dateTime={expiresAt}>{formatTime(expiresAt)}</time>
        )}
      </td>
      <td data-label="Last used">
        {lastUsedAt ? (
          <div className={table.words}>
            <Age since={lastUsedAt} />
            {lastUsedFrom && <span className={table.small}>from {lastUsedFrom}</span>}
          </div>
        ) : (
          'Never'
        )}
      </td>
      <td>
        <div className={table.actions}>
          <IconButton
            iconProps={{ iconName: 'Delete' }}
            title="Revoke"
            ariaLabel={`Revoke ${name}`}
            onClick={onRevoke}
          />
        </div>
      </td>
    </tr>
  )
}
