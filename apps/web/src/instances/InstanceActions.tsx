import { IconButton } from '@fluentui/react/lib/Button'
import type { IContextualMenuItem } from '@fluentui/react/lib/ContextualMenu'
import type { Instance } from '@wave-store/contract'
import { useNavigate } from 'react-router'
import { t } from '../i18n/t.ts'
import { OpenButton } from '../ui/OpenButton.tsx'
import table from '../ui/table.module.css'
import { describeRestart } from '../ui/what-stays.ts'
import { RestartButton } from './RestartButton.tsx'
import { useRestart, useWake } from './use-wake.ts'

export type InstanceQuestion = 'suspend' | 'terminate'

interface InstanceActionsProps {
  instance: Instance
  /** What needs to be asked about first. */
  onAsk: (question: InstanceQuestion) => void
}

/** What can be done with an instance, in its row. */
export function InstanceActions({ instance, onAsk }: InstanceActionsProps) {
  const { app, can, status } = instance
  const wake = useWake(instance)
  return (
    <div className={table.actions}>
      {can.restart && status === 'FAILED' && <RestartButton instance={instance} />}
      {can.open && status !== 'FAILED' && <OpenButton instance={instance} />}
      {can.suspend && status !== 'FAILED' && (
        <IconButton
          iconProps={{ iconName: 'Pause' }}
          title={t('Pause. {describeRestart}', { describeRestart: describeRestart(instance) })}
          ariaLabel={t('Pause {title} {version}', { title: app.title, version: app.version })}
          onClick={() => onAsk('suspend')}
        />
      )}
      {can.resume && (
        <IconButton
          iconProps={{ iconName: 'Play' }}
          title={t('Resume')}
          ariaLabel={t('Resume {title} {version}', { title: app.title, version: app.version })}
          disabled={wake.isPending}
          onClick={wake.start}
        />
      )}
      <MoreButton instance={instance} onAsk={onAsk} />
    </div>
  )
}

function MoreButton({ instance, onAsk }: InstanceActionsProps) {
  const { app, can, id, status } = instance
  const navigate = useNavigate()
  const restart = useRestart(instance)
  const link = (tab: string, text: string, iconName: string): IContextualMenuItem => ({
    key: tab,
    text,
    iconProps: { iconName },
    onClick: () => void navigate(`/instances/${id}/${tab}`),
  })
  const items: IContextualMenuItem[] = [
    ...(can.readLogs ? [link('logs', 'Logs', 'TextDocument')] : []),
    ...(can.readMetrics ? [link('metrics', 'Metrics', 'LineChart')] : []),
    ...(can.update ? [link('settings', 'Settings', 'Settings')] : []),
    ...(can.restart && status !== 'FAILED'
      ? [
          {
            key: 'restart',
            text: t('Restart'),
            title: describeRestart(instance),
            iconProps: { iconName: 'Refresh' },
            onClick: restart.start,
          },
        ]
      : []),
    ...(can.terminate
      ? [
          {
            key: 'terminate',
            text: t('Terminate'),
            iconProps: { iconName: 'Delete' },
            onClick: () => onAsk('terminate'),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <IconButton
      iconProps={{ iconName: 'More' }}
      menuIconProps={{ iconName: '' }}
      onRenderMenuIcon={() => null}
      title={t('More')}
      ariaLabel={t('More for {title} {version}', { title: app.title, version: app.version })}
      menuProps={{ items, ariaLabel: t('{title} {version}', { title: app.title, version: app.version }) }}
    />
  )
}
