import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tagsQuery } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AdminPage.module.css'
import { NewTagPanel } from './NewTagPanel.tsx'
import { TagTable } from './TagTable.tsx'

export function TagsPage() {
  const tags = useQuery(tagsQuery)
  const [isCreating, setIsCreating] = useState(false)
  const newButton = tags.data?.can.create && (
    <PrimaryButton iconProps={{ iconName: 'Tag' }} onClick={() => setIsCreating(true)}>
      {t('New tag')}
    </PrimaryButton>
  )
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Tags')} />
          <p>{t('Marks on apps, which also decide what visitors see and run.')}</p>
        </div>
        {tags.data?.items.length !== 0 && newButton}
      </header>
      <QueryError query={tags} />
      {tags.isPending && <TableSkeleton />}
      {tags.data?.items.length === 0 && (
        <EmptyState iconName="Tag" title={t('There is no tag yet')}>
          <p>
            {t(
              'A tag sorts apps for everybody, and lets visitors with a role of your choice see and run those with it.',
            )}
          </p>
          {newButton}
        </EmptyState>
      )}
      {tags.data && tags.data.items.length > 0 && <TagTable tags={tags.data.items} />}
      {isCreating && <NewTagPanel onDismiss={() => setIsCreating(false)} />}
    </>
  )
}
