import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useCreateAccount } from '../api/account-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import styles from '../ui/form.module.css'
import { AccountForm } from './AccountForm.tsx'
import { accountProblems, emptyDraft, rolesOf } from './account-draft.ts'
import { OneTimePassword } from './OneTimePassword.tsx'

/** Asks for an account, then shows its one-time password until the panel is closed. */
export function NewAccountPanel({ onDismiss }: { onDismiss: () => void }) {
  const { adminRole } = useSession().settings
  const creation = useCreateAccount()
  const created = creation.data
  return (
    <FormPanel
      title={created ? t('{account} can sign in', { account: created.account.name }) : t('New account')}
      isPending={creation.isPending}
      onDismiss={onDismiss}
    >
      {created ? (
        <>
          <OneTimePassword account={created.account} password={created.oneTimePassword} />
          <div className={styles.actions}>
            <PrimaryButton onClick={onDismiss}>{t('Done')}</PrimaryButton>
          </div>
        </>
      ) : (
        <AccountForm
          initial={emptyDraft}
          submitLabel={t('Create account')}
          isPending={creation.isPending}
          problems={accountProblems(creation.error, creation.variables)}
          onSubmit={(draft) => {
            const { username, name, email } = draft
            creation.mutate({ username, name, email, roles: rolesOf(draft, adminRole) })
          }}
          onCancel={onDismiss}
        />
      )}
    </FormPanel>
  )
}
