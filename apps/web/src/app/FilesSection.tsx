import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { appFilesQuery } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { formatBytes, formatCount } from '../ui/format.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import styles from './FilesSection.module.css'

const mostShown = 500
/** From so many on there is something to look for. */
const searchedFrom = 12

/** What is in the bundle, narrowed by a part of the path. */
export function FilesSection({ appId }: { appId: string }) {
  const files = useQuery(appFilesQuery(appId))
  const [sought, setSought] = useState('')
  if (files.error) return <QueryError query={files} />
  if (!files.data) return null
  const { items } = files.data
  const found = items.filter(({ path }) => path.toLowerCase().includes(sought.trim().toLowerCase()))
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return (
    <Section title={t('Files')}>
      <p>{t('{items}, {total} unpacked.', { items: formatCount(items.length, 'file'), total: formatBytes(total) })}</p>
      {items.length >= searchedFrom && (
        <SearchBox
          clearButtonProps={{ ariaLabel: t('Clear text') }}
          placeholder={t('Part of a path')}
          value={sought}
          onChange={(_, next) => setSought(next ?? '')}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse */}
      <section className={styles.files} aria-label={t('Files of the bundle')} tabIndex={0}>
        <ul>
          {found.slice(0, mostShown).map(({ path, sizeBytes }) => (
            <li key={path}>
              <span dir="auto">{path}</span>
              <span className={styles.size}>{formatBytes(sizeBytes)}</span>
            </li>
          ))}
        </ul>
      </section>
      {found.length > mostShown && (
        <p>{t('{count}: name a part of the path.', { count: formatCount(found.length - mostShown, 'more file') })}</p>
      )}
    </Section>
  )
}
