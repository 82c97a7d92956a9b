import { DefaultButton } from '@fluentui/react/lib/Button'
import type { TagSummary } from '@wave-store/contract'
import { Link } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

interface NothingFoundProps {
  filter: CatalogFilter
  /** The tags that the filter names, as far as there are such. */
  tags: TagSummary[]
  onClear: () => void
}

/** A Catalog without tiles: because of the filter, or because nobody has published yet. */
export function NothingFound({ filter, tags, onClear }: NothingFoundProps) {
  const { can, user } = useSession()
  if (isNarrow(filter))
    return (
      <EmptyState iconName="Search" title={t('Nothing found')}>
        <p dir="auto">
          {filter.search ? t('No app matches “{search}”', { search: filter.search }) : t('No app is here')}
          {filter.category && t(' in the category {category}', { category: filter.category })}
          {filter.tags.length > 0 &&
            t(' with {tags}', { tags: tags.map(({ title }) => title).join(', ') || t('the tag that was asked for') })}
          {filter.owner && t(' by that owner')}
          {filter.mine && t(' among your own')}
          {filter.running && t(' among those that run for you')}.
        </p>
        <DefaultButton onClick={onClear}>{t('Clear the search')}</DefaultButton>
      </EmptyState>
    )
  if (!user)
    return (
      <EmptyState iconName="Shop" title={t('No app is public yet')}>
        <p>{t('Apps that may be read without signing in appear here. Sign in to see the others.')}</p>
      </EmptyState>
    )
  if (!user.hasFullAccess)
    return (
      <EmptyState iconName="Shop" title={t('No app is open to you yet')}>
        <p>{t('Apps that your roles admit you to appear here. Whoever runs this store can say which they are.')}</p>
      </EmptyState>
    )
  return (
    <EmptyState iconName="Shop" title={t('No app has been published yet')}>
      {can.importApps ? (
        <>
          <p>{t('Import a bundle (.wave or .zip) under My Apps, try it, and then let all users see it.')}</p>
          <Link to="/my-apps">{t('Go to My Apps')}</Link>
        </>
      ) : (
        <p>{t('Apps appear here as soon as somebody publishes one.')}</p>
      )}
    </EmptyState>
  )
}

function isNarrow({ search, category, tags, owner, mine, running }: CatalogFilter): boolean {
  return Boolean(search || category || tags.length > 0 || owner || mine || running)
}
