import { useCreateTag } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { TagForm } from '../tags/TagForm.tsx'
import { emptyTag, type TagDraft, tagOf, tagProblems } from '../tags/tag-draft.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import { useShowToast } from '../ui/Toasts.tsx'

export function NewTagPanel({ onDismiss }: { onDismiss: () => void }) {
  const creation = useCreateTag()
  const showToast = useShowToast()

  async function create(draft: TagDraft) {
    try {
      const { title } = await creation.mutateAsync(tagOf(draft))
      showToast({ kind: 'success', text: t('The tag {title} can be put on apps.', { title }) })
    } catch {
      return
    }
    onDismiss()
  }

  return (
    <FormPanel title={t('New tag')} isPending={creation.isPending} onDismiss={onDismiss}>
      <TagForm
        initial={emptyTag}
        submitLabel={t('Create tag')}
        isPending={creation.isPending}
        problems={tagProblems(creation.error, creation.variables)}
        onSubmit={create}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
