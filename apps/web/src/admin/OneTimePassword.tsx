import type { Account } from '@wave-store/contract'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { Facts } from '../ui/Facts.tsx'
import styles from './OneTimePassword.module.css'

interface OneTimePasswordProps {
  account: Pick<Account, 'name' | 'username'>
  password: string
}

/** What an administrator hands to a person. The store keeps no way to show it again. */
export function OneTimePassword({ account: { name, username }, password }: OneTimePasswordProps) {
  const { settings } = useSession()
  return (
    <div className={styles.handover}>
      <p>
        {t(
          'Hand this to {name} in a way that you trust. It is shown only now and is good for one sign-in, which asks for a password of their own.',
          { name },
        )}
      </p>
      <Facts
        facts={[
          [t('Address'), settings.publicUrl],
          [t('Username'), username],
        ]}
      />
      <CopyField label={t('One-time password')} value={password} />
    </div>
  )
}
