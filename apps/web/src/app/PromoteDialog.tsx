import { usePromoteApp } from '../api/app-queries.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import type { Promotion } from './promotions.ts'

export function PromoteDialog({ promotion, onDismiss }: { promotion: Promotion; onDismiss: () => void }) {
  const { to, from, isBack } = promotion
  const showToast = useShowToast()
  const promote = usePromoteApp()
  const name = `${to.title} ${to.version}`

  return (
    <ConfirmDialog
      title={isBack ? `Roll back to ${name}?` : `Promote ${name}?`}
      confirmLabel={isBack ? 'Roll back' : 'Promote'}
      isReversible
      isPending={promote.isPending}
      error={promote.error}
      onDismiss={onDismiss}
      onConfirm={() =>
        promote.mutate(to.id, {
          onSuccess: () => {
            showToast({ kind: 'success', text: `${name} is in the Catalog now.` })
            onDismiss()
          },
        })
      }
    >
      {from ? (
        <p>
          It takes the place of {from.version} in the Catalog, for the same people. {from.version} becomes private: only
          its owner starts new instances of it. Visitors see the version by its own tags.
        </p>
      ) : (
        <p>It appears in the Catalog for all users; visitors see it by its tags.</p>
      )}
      <p>Running instances go on as they are, whichever version they are of.</p>
    </ConfirmDialog>
  )
}
