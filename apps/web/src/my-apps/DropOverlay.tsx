import { Icon } from '@fluentui/react/lib/Icon'
import { t } from '../i18n/t.ts'
import styles from './DropOverlay.module.css'

/** Covers the page while a file is dragged over it. */
export function DropOverlay() {
  return (
    <div className={styles.overlay} aria-hidden="true">
      <div className={styles.frame}>
        <Icon iconName="CloudUpload" className={styles.icon} />
        {t('Drop the bundle to look into it')}
      </div>
    </div>
  )
}
