import { DefaultButton } from '@fluentui/react/lib/Button'
import type { TagSummary } from '@wave-store/contract'
import { Link } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
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
      <EmptyState iconName="Search" title="Nothing found">
        <p dir="auto">
          {filter.search ? <>No app matches “{filter.search}”</> : 'No app is here'}
          {filter.category && <> in the category {filter.category}</>}
          {filter.tags.length > 0 && (
            <> with {tags.map(({ title }) => title).join(', ') || 'the tag that was asked for'}</>
          )}
          {filter.owner && ' by that owner'}
          {filter.mine && ' among your own'}
          {filter.running && ' among those that run for you'}.
        </p>
        <DefaultButton onClick={onClear}>Clear the search</DefaultButton>
      </EmptyState>
    )
  if (!user)
    return (
      <EmptyState iconName="Shop" title="No app is public yet">
        <p>Apps that may be read without signing in appear here. Sign in to see the others.</p>
      </EmptyState>
    )
  if (!user.hasFullAccess)
    return (
      <EmptyState iconName="Shop" title="No app is open to you yet">
        <p>Apps that your roles admit you to appear here. Whoever runs this store can say which they are.</p>
      </EmptyState>
    )
  return (
    <EmptyState iconName="Shop" title="No app has been published yet">
      {can.importApps ? (
        <>
          <p>Import a bundle (.wave or .zip) under My Apps, try it, and then let all users see it.</p>
          <Link to="/my-apps">Go to My Apps</Link>
        </>
      ) : (
        <p>Apps appear here as soon as somebody publishes one.</p>
      )}
    </EmptyState>
  )
}

function isNarrow({ search, category, tags, owner, mine, running }: CatalogFilter): boolean {
  return Boolean(search || category || tags.length > 0 || owner || mine || running)
}
