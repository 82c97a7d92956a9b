import type { App } from '@wave-store/contract'
import { useLaunchInstance } from '../api/instance-queries.ts'
import { useShowToast } from '../ui/Toasts.tsx'

/**
 * Launches an app and shows its instance in a new tab. The tab is opened while the click is still being handled, as a
 * browser takes a later one for a pop-up; where it is refused even so, a link remains.
 */
export function useRun() {
  const launch = useLaunchInstance()
  const showToast = useShowToast()

  async function run(app: Pick<App, 'id' | 'title'>) {
    const tab = window.open('about:blank', '_blank')
    if (tab) tab.opener = null
    try {
      const instance = await launch.mutateAsync({ appId: app.id })
      tab?.location.replace(instance.url)
      const text = tab ? `${app.title} is starting in a new tab.` : `${app.title} is starting.`
      showToast({ kind: 'success', text, link: { href: instance.url, text: 'Open' } })
    } catch (error) {
      tab?.close()
      showToast({ kind: 'error', text: error instanceof Error ? error.message : String(error) })
    }
  }

  return { run, isPending: launch.isPending }
}
