import { Icon } from '@fluentui/react/lib/Icon'
import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { formatBytes } from '../ui/format.ts'
import styles from './ChooseStep.module.css'

export function ChooseStep({ refusal, onChoose }: { refusal?: string; onChoose: (file: File) => void }) {
  const { settings } = useSession()
  return (
    <>
      {refusal && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline>
          {refusal}
        </MessageBar>
      )}
      <label className={styles.zone}>
        <Icon iconName="CloudUpload" className={styles.icon} aria-hidden="true" />
        <span className={styles.words}>{t('Drag a bundle here, or choose a file')}</span>
        <span className={styles.hint}>
          {t('.wave or .zip with app.toml in its root, up to {bundleMaxBytes}', {
            bundleMaxBytes: formatBytes(settings.bundleMaxBytes),
          })}
        </span>
        <input
          type="file"
          accept=".wave,.zip"
          aria-label={t('Choose a bundle')}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) onChoose(file)
          }}
        />
      </label>
      <p className={styles.hint}>
        {t(
          'It is looked into in this browser first. Nothing is sent before you say so, and what is imported is private until you publish it.',
        )}
      </p>
    </>
  )
}
