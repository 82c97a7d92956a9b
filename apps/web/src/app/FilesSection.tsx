import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { appFilesQuery } from '../api/app-queries.ts'
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
    <Section title="Files">
      <p>
        {formatCount(items.length, 'file')}, {formatBytes(total)} unpacked.
      </p>
      {items.length >= searchedFrom && (
        <SearchBox placeholder="Part of a path" value={sought} onChange={(_, next) => setSought(next ?? '')} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse */}
      <section className={styles.files} aria-label="Files of the bundle" tabIndex={0}>
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
        <p>{formatCount(found.length - mostShown, 'more file')}: name a part of the path.</p>
      )}
    </Section>
  )
}
