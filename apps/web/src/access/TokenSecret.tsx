import type { ApiToken } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { formatTime } from '../ui/format.ts'
import styles from './AccessPage.module.css'

/** A token's secret. The store keeps no way to show it again. */
export function TokenSecret({ token, secret }: { token: ApiToken; secret: string }) {
  return (
    <div className={styles.section}>
      <p>
        {t(
          'This is shown only now: whoever has it acts for you, until {expiresAt} or until you revoke it. Keep it where passwords are kept.',
          { expiresAt: formatTime(token.expiresAt) },
        )}
      </p>
      <CopyField label={t('Token')} value={secret} />
    </div>
  )
}
