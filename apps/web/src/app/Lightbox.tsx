import { IconButton } from '@fluentui/react/lib/Button'
import { useEffect, useRef } from 'react'
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
      aria-label={`Screenshots of ${title}`}
      closedby="any"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') step(-1)
        if (event.key === 'ArrowRight') step(1)
      }}
    >
      <div className={styles.bar}>
        <span role="status">
          {shown + 1} of {urls.length}
        </span>
        <IconButton iconProps={{ iconName: 'Cancel' }} ariaLabel="Close" onClick={() => dialog.current?.close()} />
      </div>
      <img src={urls[shown]} alt={`Screenshot ${shown + 1} of ${urls.length} of ${title}`} />
      {urls.length > 1 && (
        <div className={styles.steps}>
          <IconButton
            iconProps={{ iconName: 'ChevronLeft' }}
            ariaLabel="Previous screenshot"
            onClick={() => step(-1)}
          />
          <IconButton iconProps={{ iconName: 'ChevronRight' }} ariaLabel="Next screenshot" onClick={() => step(1)} />
        </div>
      )}
    </dialog>
  )
}
