import { IconButton } from '@fluentui/react/lib/Button'
import type { Alias } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { GiveBackDialog } from './GiveBackDialog.tsx'

/** Nothing for who may not. */
export function GiveBackButton({ alias }: { alias: Alias }) {
  const [isAsking, setIsAsking] = useState(false)
  if (!alias.can.delete) return null
  return (
    <>
      <IconButton
        iconProps={{ iconName: 'Delete' }}
        title={t('Give back')}
        ariaLabel={t('Give back {name}', { name: alias.name })}
        onClick={() => setIsAsking(true)}
      />
      {isAsking && <GiveBackDialog alias={alias} onDismiss={() => setIsAsking(false)} />}
    </>
  )
}
