import type { App, Visibility } from '@wave-store/contract'
import { useCreateAlias } from '../api/alias-queries.ts'
import { useLaunchInstance } from '../api/instance-queries.ts'
import { t } from '../i18n/t.ts'
import { useShowToast } from '../ui/Toasts.tsx'

export interface RunChoices {
  /** Default: the store's for the app. */
  visibility?: Visibility
  /** What its address begins with; empty: the store finds a name. */
  alias?: string
}

/**
 * Launches an app and shows its instance in a new tab. The tab is opened while the click is still being handled, as a
 * browser takes a later one for a pop-up; where it is refused even so, a link remains.
 */
export function useRun() {
  const launch = useLaunchInstance()
  const naming = useCreateAlias()
  const showToast = useShowToast()

  /** @returns whether it was launched; what went wrong is told. */
  async function run(app: Pick<App, 'id' | 'title'>, { visibility, alias }: RunChoices = {}): Promise<boolean> {
    const tab = window.open('about:blank', '_blank')
    if (tab) tab.opener = null
    try {
      const instance = await launch.mutateAsync({ appId: app.id, ...(visibility && { visibility }) })
      const { url, refusal } = alias ? await nameIt(instance, alias) : { url: instance.url, refusal: null }
      tab?.location.replace(url)
      const begun = tab
        ? t('{title} is starting in a new tab', { title: app.title })
        : t('{title} is starting', { title: app.title })
      showToast({
        kind: refusal ? 'error' : 'success',
        text: refusal ? t('{begun}, but not as {alias}: {refusal}', { begun, alias, refusal }) : `${begun}.`,
        link: { href: url, text: t('Open') },
      })
      return true
    } catch (error) {
      tab?.close()
      showToast({ kind: 'error', text: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  /** A name that cannot be had does not undo the launch. */
  async function nameIt({ id, url }: { id: string; url: string }, name: string) {
    try {
      return { url: (await naming.mutateAsync({ name, instanceId: id })).url, refusal: null }
    } catch (error) {
      return { url, refusal: error instanceof Error ? error.message : String(error) }
    }
  }

  return { run, isPending: launch.isPending || naming.isPending }
}
