import type { ApiToken } from '@wave-store/contract'
import { CopyField } from '../ui/CopyField.tsx'
import { formatTime } from '../ui/format.ts'
import styles from './AccessPage.module.css'

/** A token's secret. The store keeps no way to show it again. */
export function TokenSecret({ token, secret }: { token: ApiToken; secret: string }) {
  return (
    <div className={styles.section}>
      <p>
        This is shown only now: whoever has it acts for you, until {formatTime(token.expiresAt)} or until you revoke it.
        Keep it where passwords are kept.
      </p>
      <CopyField label="Token" value={secret} />
    </div>
  )
}
