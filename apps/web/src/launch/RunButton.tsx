import { DefaultButton } from '@fluentui/react/lib/Button'
import type { App } from '@wave-store/contract'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { signInUrlFor } from '../ui/sign-in-url.ts'
import { useRun } from './use-run.ts'

interface RunButtonProps {
  app: Pick<
    App,
    'id' | 'title' | 'lifecycle' | 'linkAddress' | 'myInstance' | 'sharedInstance' | 'can' | 'launchRefusal'
  >
  className?: string
  /** In place of “Run”. */
  label?: string
  /** For a row among others. */
  isQuiet?: boolean
  /** Where the refusal's reason stands, for a disabled button. */
  refusalId?: string
}

/**
 * The one thing to do with an app: open its link, visit the instance that is kept for all, open my running instance, or
 * run it. Nothing where none is allowed.
 */
export function RunButton({ app, className, label = t('Run'), isQuiet, refusalId }: RunButtonProps) {
  const { user } = useSession()
  const { run, isPending } = useRun()

  const address = app.lifecycle === 'LINK' ? app.linkAddress : (app.sharedInstance ?? app.myInstance)?.url
  const verb = app.sharedInstance ? t('Visit') : t('Open')
  if (address)
    return (
      <DefaultButton
        primary={!isQuiet}
        className={className}
        href={address}
        target="_blank"
        rel="noopener"
        iconProps={{ iconName: 'OpenInNewTab' }}
        ariaLabel={t('{verb} {title} in a new tab', { verb, title: app.title })}
      >
        {verb}
      </DefaultButton>
    )
  if (!user && app.lifecycle === 'ON_DEMAND')
    return (
      <DefaultButton
        primary={!isQuiet}
        className={className}
        href={signInUrlFor(`/apps/${app.id}`)}
        iconProps={{ iconName: 'Play' }}
        ariaLabel={t('Sign in to run {title}', { title: app.title })}
      >
        {label}
      </DefaultButton>
    )
  if (!app.can.launch && !app.launchRefusal) return null
  return (
    <DefaultButton
      primary={!isQuiet}
      className={className}
      disabled={!app.can.launch || isPending}
      iconProps={{ iconName: 'Play' }}
      ariaLabel={t('{label} {title}', { label, title: app.title })}
      aria-describedby={app.launchRefusal ? refusalId : undefined}
      onClick={() => run(app)}
    >
      {label}
    </DefaultButton>
  )
}
