import { DefaultButton } from '@fluentui/react/lib/Button'
import type { OwnSession } from '@wave-store/contract'
import { useEndSession } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { describeAgent } from '../ui/describe-agent.ts'
import { Table } from '../ui/Table.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import table from '../ui/table.module.css'
import styles from './AccessPage.module.css'

/** Browsers and command lines that are signed in as me. */
export function SessionTable({ sessions }: { sessions: OwnSession[] }) {
  return (
    <Table
      label={t('Where you are signed in')}
      columns={[t('Browser or program'), t('Address'), t('Signed in'), t('Last used')]}
      hasActions
    >
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Table>
  )
}

function SessionRow({ session }: { session: OwnSession }) {
  const { agent, address, createdAt, lastUsedAt, isCurrent } = session
  const name = describeAgent(session)
  const ending = useEndSession()
  const showToast = useShowToast()

  function end() {
    ending.mutate(session.id, {
      onSuccess: () => {
        if (isCurrent) location.assign('/signed-out')
        else showToast({ kind: 'success', text: t('{name} is signed out.', { name }) })
      },
      onError: (error) => showToast({ kind: 'error', text: error.message }),
    })
  }

  return (
    <tr>
      <td>
        <div className={table.app} title={agent}>
          <span className={styles.name}>{name}</span>
          {isCurrent && <Chip tone="accent">{t('This one')}</Chip>}
        </div>
      </td>
      <td data-label={t('Address')}>{address}</td>
      <td data-label={t('Signed in')} className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td data-label={t('Last used')} className={table.brief}>
        <Age since={lastUsedAt} />
      </td>
      <td>
        <div className={table.actions}>
          <DefaultButton
            ariaLabel={isCurrent ? t('Sign out here') : t('Sign out {name}', { name })}
            disabled={ending.isPending}
            allowDisabledFocus
            onClick={end}
          >
            {t('Sign out')}
          </DefaultButton>
        </div>
      </td>
    </tr>
  )
}
