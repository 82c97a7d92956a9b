import type { App, Tag } from '@wave-store/contract'
import { client } from '../../api/client.ts'
import { t } from '../../i18n/t.ts'
import type { BulkMenu } from './bulk-action.ts'

const bears = (app: App, tag: Tag) => app.tags.some(({ id }) => id === tag.id)

/** Putting tags on several apps, and taking them off; nothing where the reader assigns none. */
export function tagBulkMenus(tags: Tag[]): BulkMenu<App>[] {
  const assigned = tags.filter(({ can }) => can.assign)
  if (assigned.length === 0) return []
  return [
    {
      label: t('Tags'),
      iconName: 'Tag',
      actions: assigned.flatMap((tag) => [
        {
          label: t('Put on “{title}”', { title: tag.title }),
          iconName: 'Add',
          what: admits(tag)
            ? t('Visitors whom “{title}” admits see and run those that are visible to all users.', { title: tag.title })
            : '',
          done: t('given “{title}”', { title: tag.title }),
          concerns: (app: App) => !bears(app, tag),
          act: ({ id }: App) => client.assignTag({ params: { appId: id, tagId: tag.id } }),
          isReversible: true,
        },
        {
          label: t('Take off “{title}”', { title: tag.title }),
          iconName: 'Cancel',
          what: admits(tag)
            ? t('Visitors whom only “{title}” admits no longer see and run them.', { title: tag.title })
            : '',
          done: t('freed of “{title}”', { title: tag.title }),
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
