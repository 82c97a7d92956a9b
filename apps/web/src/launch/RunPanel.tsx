import { TextField } from '@fluentui/react/lib/TextField'
import type { App, Visibility } from '@wave-store/contract'
import { useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import { FormPanel } from '../ui/FormPanel.tsx'
import { instanceVisibilityTexts } from '../ui/instance-visibility-texts.ts'
import { VisibilityChoice } from '../ui/VisibilityChoice.tsx'
import { useRun } from './use-run.ts'

interface RunPanelProps {
  app: Pick<App, 'id' | 'title' | 'lifecycle'>
  onDismiss: () => void
}

/** What can be chosen of an instance before it starts; all of it can be changed later. */
export function RunPanel({ app, onDismiss }: RunPanelProps) {
  const { settings } = useSession()
  const { run, isPending } = useRun()
  const [visibility, setVisibility] = useState<Visibility>(app.lifecycle === 'MANAGED' ? 'ALL_USERS' : 'PRIVATE')
  const [alias, setAlias] = useState('')

  async function submit() {
    if (await run(app, { visibility, alias: alias.trim() })) onDismiss()
  }

  return (
    <FormPanel title={t('Run {title}', { title: app.title })} isPending={isPending} onDismiss={onDismiss}>
      <Form submitLabel={t('Run')} isPending={isPending} error={null} onSubmit={submit} onCancel={onDismiss}>
        <VisibilityChoice
          offered={settings.visibilities}
          chosen={visibility}
          texts={instanceVisibilityTexts}
          onChoose={setVisibility}
        />
        <TextField
          label={t('Name in its address')}
          description={t('Letters, digits and hyphens, 3 to 63. Without one the store finds a name.')}
          value={alias}
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          onChange={(_, next) => setAlias(next ?? '')}
        />
      </Form>
    </FormPanel>
  )
}
