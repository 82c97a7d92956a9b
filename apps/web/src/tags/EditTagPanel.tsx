import type { Tag } from '@wave-store/contract'
import { useUpdateTag } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { TagForm } from './TagForm.tsx'
import { draftOfTag, type TagDraft, tagChanges, tagOf, tagProblems } from './tag-draft.ts'

export function EditTagPanel({ tag, onDismiss }: { tag: Tag; onDismiss: () => void }) {
  const update = useUpdateTag(tag.id)
  const showToast = useShowToast()

  async function save(draft: TagDraft) {
    try {
      await update.mutateAsync(tagChanges(tag, draft))
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The tag {title} is saved.', { title: tagOf(draft).title }) })
    onDismiss()
  }

  return (
    <FormPanel
      title={t('Edit the tag {title}', { title: tag.title })}
      isPending={update.isPending}
      onDismiss={onDismiss}
    >
      <TagForm
        initial={draftOfTag(tag)}
        submitLabel={t('Save tag')}
        isPending={update.isPending}
        problems={tagProblems(update.error, update.variables)}
        onSubmit={save}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
