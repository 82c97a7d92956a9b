import type { AppDetails, Visibility } from '@wave-store/contract'
import { useUpdateApp } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import type { VisibilityTexts } from '../ui/VisibilityChoice.tsx'
import { VisibilityForm } from '../ui/VisibilityForm.tsx'
import { describeVisibility } from '../ui/visibility.ts'

const texts: VisibilityTexts = {
  PRIVATE: {
    sentence: t('Only you see it and run it.'),
    effect: (before) =>
      before === 'PUBLIC'
        ? t(
            'it leaves the Catalog for everyone, signed in or not. Running instances go on; nobody else can start a new one.',
          )
        : t('it leaves the Catalog. Running instances go on; nobody else can start a new one.'),
  },
  ALL_USERS: {
    sentence: t(
      'Everyone with full access finds it in the Catalog and runs it; visitors do where one of its tags admits them.',
    ),
    effect: (before) =>
      before === 'PUBLIC'
        ? t(
            'who is not signed in, and visitors whom no tag of it admits, no longer find it. For everyone else nothing changes.',
          )
        : t('it appears in the Catalog, and everyone with full access can run it.'),
  },
  PUBLIC: {
    sentence: t('As all users, and anyone reads its page, without signing in.'),
    effect: (before) =>
      before === 'PRIVATE'
        ? t('it appears in the Catalog for everyone, signed in or not, and everyone with full access can run it.')
        : t('anyone finds it in the Catalog and reads its page, without signing in. Running it still takes a sign-in.'),
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
    showToast({
      kind: 'success',
      text: t('{title} {version} is now visible to: {label}.', { title: app.title, version: app.version, label }),
    })
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
