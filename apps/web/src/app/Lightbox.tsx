import { IconButton } from '@fluentui/react/lib/Button'
import { useEffect, useRef } from 'react'
import { t } from '../i18n/t.ts'
import styles from './Gallery.module.css'

interface LightboxProps {
  title: string
  urls: string[]
  shown: number
  onShow: (index: number) => void
  onClose: () => void
}

/** One screenshot over the page; arrow keys go through them, Escape closes. */
export function Lightbox({ title, urls, shown, onShow, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])

  const step = (by: number) => onShow((shown + by + urls.length) % urls.length)

  return (
    <dialog
      ref={dialog}
      className={styles.lightbox}
      aria-label={t('Screenshots of {title}', { title })}
      closedby="any"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') step(-1)
        if (event.key === 'ArrowRight') step(1)
      }}
    >
      <div className={styles.bar}>
        <span role="status">{t('{number} of {count}', { number: shown + 1, count: urls.length })}</span>
        <IconButton iconProps={{ iconName: 'Cancel' }} ariaLabel={t('Close')} onClick={() => dialog.current?.close()} />
      </div>
      <img
        src={urls[shown]}
        alt={t('Screenshot {number} of {count} of {title}', { number: shown + 1, count: urls.length, title })}
      />
      {urls.length > 1 && (
        <div className={styles.steps}>
          <IconButton
            iconProps={{ iconName: 'ChevronLeft' }}
            ariaLabel={t('Previous screenshot')}
            onClick={() => step(-1)}
          />
          <IconButton
            iconProps={{ iconName: 'ChevronRight' }}
            ariaLabel={t('Next screenshot')}
            onClick={() => step(1)}
          />
        </div>
      )}
    </dialog>
  )
}
