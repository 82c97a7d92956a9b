import type { Account } from '@wave-store/contract'
import { useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { type AccountAction, AccountActions } from './AccountActions.tsx'
import styles from './AccountTable.module.css'
import { describeState, stateOf } from './account-state.ts'
import { DisableAccountDialog } from './DisableAccountDialog.tsx'
import { EditAccountPanel } from './EditAccountPanel.tsx'
import { ResetPasswordDialog } from './ResetPasswordDialog.tsx'

export function AccountTable({ accounts }: { accounts: Account[] }) {
  const [begun, setBegun] = useState<{ action: AccountAction; accountId: string } | null>(null)
  const account = accounts.find(({ id }) => id === begun?.accountId)
  const end = () => setBegun(null)
  return (
    <>
      <Table label={t('Accounts')} columns={[t('Name'), t('E-mail'), t('Roles'), t('State')]} hasActions>
        {accounts.map((one) => (
          <AccountRow key={one.id} account={one} onBegin={(action) => setBegun({ action, accountId: one.id })} />
        ))}
      </Table>
      {account && begun?.action === 'edit' && <EditAccountPanel account={account} onDismiss={end} />}
      {account && begun?.action === 'disable' && <DisableAccountDialog account={account} onDismiss={end} />}
      {account && begun?.action === 'reset' && <ResetPasswordDialog account={account} onDismiss={end} />}
    </>
  )
}

function AccountRow({ account, onBegin }: { account: Account; onBegin: (action: AccountAction) => void }) {
  const state = describeState(stateOf(account))
  return (
    <tr>
      <td>
        <div className={table.words}>
          <span className={styles.name} dir="auto">
            {account.name}
          </span>
          <span className={`${table.small} ${styles.username}`}>{account.username}</span>
        </div>
      </td>
      {/* A cell without content is left out of a card. */}
      <td data-label={t('E-mail')}>{account.email && <span className={styles.email}>{account.email}</span>}</td>
      <td data-label={t('Roles')}>
        {account.roles.length > 0 && (
          <div className={table.chips}>
            {account.roles.map((role) => (
              <RoleChip key={role} role={role} />
            ))}
          </div>
        )}
      </td>
      <td data-label={t('State')}>
        <Chip tone={state.tone} iconName={state.iconName}>
          {state.label}
        </Chip>
      </td>
      <td>
        <AccountActions account={account} onBegin={onBegin} />
      </td>
    </tr>
  )
}

function RoleChip({ role }: { role: string }) {
  const { adminRole } = useSession().settings
  return role === adminRole ? <Chip tone="accent">{t('Administrator')}</Chip> : <Chip>{role}</Chip>
}
