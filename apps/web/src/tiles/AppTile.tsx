import type { App } from '@wave-store/contract'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import { RunButton } from '../launch/RunButton.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { Chip } from '../ui/Chip.tsx'
import { describeStatus } from '../ui/instance-status.ts'
import { TagChip } from '../ui/TagChip.tsx'
import styles from './AppTile.module.css'
import { Highlighted } from './Highlighted.tsx'
import type { Searched } from './highlight.ts'

const nothing: Searched = { words: [], alike: [] }

/**
 * One app of the Catalog. The whole tile leads to the app; Run stands above that link.
 *
 * @param searched what to mark in it; default: nothing
 */
export function AppTile({ app, searched = nothing }: { app: App; searched?: Searched }) {
  const instance = app.sharedInstance ?? app.myInstance
  return (
    <article className={styles.tile}>
      <div className={styles.head}>
        <AppIcon app={app} />
        <div className={styles.title}>
          <h2 dir="auto">
            <Link to={`/apps/${app.id}`}>
              <Highlighted text={app.title} searched={searched} />
            </Link>
          </h2>
          {instance && (
            <span className={styles.status} data-tone={describeStatus(instance.status).tone}>
              <span className={styles.dot} aria-hidden="true" />
              {describeStatus(instance.status).label}
            </span>
          )}
        </div>
      </div>
      <p className={styles.description} dir="auto">
        <Highlighted text={app.description} searched={searched} />
      </p>
      {app.tags.length > 0 && (
        <ul className={styles.tags} aria-label={t('Tags')}>
          {app.tags.map((tag) => (
            <li key={tag.id}>
              <TagChip tag={tag} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.foot}>
        <Chip>{app.category}</Chip>
        <span
          className={styles.origin}
          title={t('{owner}, version {version}', { owner: app.owner.name, version: app.version })}
        >
          <Link className={styles.owner} to={`/catalog?owner=${app.owner.id}`} dir="auto">
            <Highlighted text={app.owner.name} searched={searched} />
          </Link>{' '}
          · {app.version}
        </span>
      </div>
      <div className={styles.run}>
        <RunButton app={app} />
      </div>
    </article>
  )
}
