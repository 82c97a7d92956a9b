import { useState } from 'react'
import { t } from '../i18n/t.ts'
import styles from './Gallery.module.css'
import { Lightbox } from './Lightbox.tsx'

/** So many are to be seen without scrolling. */
const atOnce = 3

/** Screenshots side by side; one opens them large. */
export function Gallery({ title, urls }: { title: string; urls: string[] }) {
  const [shown, setShown] = useState<number | null>(null)
  return (
    <section aria-label={t('Screenshots')}>
      <ul className={styles.row}>
        {urls.map((url, index) => (
          <li key={url}>
            <button type="button" className={styles.thumbnail} onClick={() => setShown(index)}>
              <img
                src={url}
                alt={t('Screenshot {number} of {count} of {title}', { number: index + 1, count: urls.length, title })}
                loading={index < atOnce ? 'eager' : 'lazy'}
                fetchPriority={index === 0 ? 'high' : 'auto'}
              />
            </button>
          </li>
        ))}
      </ul>
      {shown !== null && (
        <Lightbox title={title} urls={urls} shown={shown} onShow={setShown} onClose={() => setShown(null)} />
      )}
    </section>
  )
}
