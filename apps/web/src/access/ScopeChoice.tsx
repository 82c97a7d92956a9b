import { Checkbox } from '@fluentui/react/lib/Checkbox'
import type { TokenScope } from '@wave-store/contract'
import { useId } from 'react'
import { t } from '../i18n/t.ts'
import form from '../ui/form.module.css'
import { describeScope } from './token-scopes.ts'

interface ScopeChoiceProps {
  offered: readonly TokenScope[]
  chosen: readonly TokenScope[]
  problem: string | undefined
  onChange: (scopes: TokenScope[]) => void
}

export function ScopeChoice({ offered, chosen, problem, onChange }: ScopeChoiceProps) {
  const id = useId()
  return (
    <fieldset className={form.group} aria-describedby={problem ? id : undefined}>
      <legend>{t('Scopes')}</legend>
      {offered.map((scope) => (
        <ScopeCheckbox
          key={scope}
          scope={scope}
          isChecked={chosen.includes(scope)}
          onChange={(isChecked) =>
            onChange(offered.filter((one) => (one === scope ? isChecked : chosen.includes(one))))
          }
        />
      ))}
      {problem && (
        <p id={id} className={form.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

interface ScopeCheckboxProps {
  scope: TokenScope
  isChecked: boolean
  onChange: (isChecked: boolean) => void
}

function ScopeCheckbox({ scope, isChecked, onChange }: ScopeCheckboxProps) {
  const hintId = useId()
  const { label, sentence } = describeScope(scope)
  return (
    <div>
      <Checkbox
        label={label}
        checked={isChecked}
        inputProps={{ 'aria-describedby': hintId }}
        onChange={(_, next) => onChange(next === true)}
      />
      <p id={hintId} className={form.hint}>
        {sentence}
      </p>
    </div>
  )
}
