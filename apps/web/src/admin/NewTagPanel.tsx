import { useCreateTag } from '../api/tag-queries.ts'
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
      showToast({ kind: 'success', text: `The tag ${title} can be put on apps.` })
    } catch {
      return
    }
    onDismiss()
  }

  return (
    <FormPanel title="New tag" isPending={creation.isPending} onDismiss={onDismiss}>
      <TagForm
        initial={emptyTag}
        submitLabel="Create tag"
        isPending={creation.isPending}
        problems={tagProblems(creation.error, creation.variables)}
        onSubmit={create}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
