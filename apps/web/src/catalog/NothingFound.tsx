import { DefaultButton } from '@fluentui/react/lib/Button'
import { Link } from 'react-router'
import type { CatalogFilter } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

/** A Catalog without tiles: because of the filter, or because nobody has published yet. */
export function NothingFound({ filter, onClear }: { filter: CatalogFilter; onClear: () => void }) {
  const { can } = useSession()
  if (filter.search || filter.category)
    return (
      <EmptyState iconName="Search" title="Nothing found">
        <p dir="auto">
          No app {filter.search && <>matches “{filter.search}”</>}
          {filter.category && <> in the category {filter.category}</>}.
        </p>
        <DefaultButton onClick={onClear}>Clear the search</DefaultButton>
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
