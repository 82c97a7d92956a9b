import type { App, Tag } from '@wave-store/contract'
import { client } from '../../api/client.ts'
import type { BulkMenu } from './bulk-action.ts'

const bears = (app: App, tag: Tag) => app.tags.some(({ id }) => id === tag.id)

/** Putting tags on several apps, and taking them off; nothing where the reader assigns none. */
export function tagBulkMenus(tags: Tag[]): BulkMenu<App>[] {
  const assigned = tags.filter(({ can }) => can.assign)
  if (assigned.length === 0) return []
  return [
    {
      label: 'Tags',
      iconName: 'Tag',
      actions: assigned.flatMap((tag) => [
        {
          label: `Put on “${tag.title}”`,
          iconName: 'Add',
          what: admits(tag)
            ? `Visitors whom “${tag.title}” admits see and run those that are visible to all users.`
            : '',
          done: `given “${tag.title}”`,
          concerns: (app: App) => !bears(app, tag),
          act: ({ id }: App) => client.assignTag({ params: { appId: id, tagId: tag.id } }),
          isReversible: true,
        },
        {
          label: `Take off “${tag.title}”`,
          iconName: 'Cancel',
          what: admits(tag) ? `Visitors whom only “${tag.title}” admits no longer see and run them.` : '',
          done: `freed of “${tag.title}”`,
          concerns: (app: App) => bears(app, tag),
          act: ({ id }: App) => client.removeTag({ params: { appId: id, tagId: tag.id } }),
          isReversible: true,
        },
      ]),
    },
  ]
}

function admits({ visitorRoles }: Tag): boolean {
  return visitorRoles.length > 0
}
