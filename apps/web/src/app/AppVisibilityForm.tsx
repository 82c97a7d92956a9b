import type { AppDetails, Visibility } from '@wave-store/contract'
import { useUpdateApp } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import { VisibilityForm, type VisibilityTexts } from '../ui/VisibilityForm.tsx'
import { describeVisibility } from '../ui/visibility.ts'

const texts: VisibilityTexts = {
  PRIVATE: {
    sentence: 'Only you see it and run it.',
    effect: 'it leaves the Catalog. Running instances go on; nobody else can start a new one.',
  },
  ALL_USERS: {
    sentence: 'Everyone with full access finds it in the Catalog and runs it.',
    effect: 'it appears in the Catalog, and everyone with full access can run it.',
  },
  PUBLIC: {
    sentence: 'As all users, and its page can be read without signing in.',
    effect: 'anyone with the link can read its page, without signing in.',
  },
}

interface AppVisibilityFormProps {
  app: AppDetails
  proposed?: Visibility
  onSaved?: () => void
}

export function AppVisibilityForm({ app, proposed, onSaved }: AppVisibilityFormProps) {
  const { settings } = useSession()
  const update = useUpdateApp(app.id)
  const showToast = useShowToast()

  async function save(visibility: Visibility) {
    try {
      await update.mutateAsync(visibility)
    } catch {
      return
    }
    const { label } = describeVisibility(visibility)
    showToast({ kind: 'success', text: `${app.title} ${app.version} is now visible to: ${label}.` })
    onSaved?.()
  }

  return (
    <VisibilityForm
      current={app.visibility}
      proposed={proposed}
      allowed={settings.visibilities}
      texts={texts}
      isPending={update.isPending}
      error={update.error}
      onSave={save}
    />
  )
}
