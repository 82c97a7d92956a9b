import { ChoiceGroup } from '@fluentui/react/lib/ChoiceGroup'
import { TextField } from '@fluentui/react/lib/TextField'
import { t } from '../i18n/t.ts'
import form from '../ui/form.module.css'
import { PeoplePicker } from '../ui/PeoplePicker.tsx'
import type { SecretDraft } from './secret-draft.ts'

type Audience = NonNullable<SecretDraft['audience']>

/** Whose apps get a shared secret. */
export function AudienceFields({ audience, onChange }: { audience: Audience; onChange: (audience: Audience) => void }) {
  const { isForEveryone, people, apps } = audience
  return (
    <fieldset className={form.group}>
      <legend>{t('Which apps get it')}</legend>
      <ChoiceGroup
        options={[
          { key: 'everyone', text: t('Every app of everybody') },
          { key: 'some', text: t('Apps of some people, or some apps') },
        ]}
        selectedKey={isForEveryone ? 'everyone' : 'some'}
        onChange={(_, option) => onChange({ ...audience, isForEveryone: option?.key === 'everyone' })}
      />
      {!isForEveryone && (
        <>
          <PeoplePicker people={people} onChange={(chosen) => onChange({ ...audience, people: chosen })} />
          <TextField
            label={t('Names of apps')}
            description={t('One a line, as [App] Name has it. Every version of them gets it.')}
            multiline
            autoAdjustHeight
            rows={2}
            resizable={false}
            spellCheck={false}
            value={apps}
            onChange={(_, next) => onChange({ ...audience, apps: next ?? '' })}
          />
        </>
      )}
    </fieldset>
  )
}
