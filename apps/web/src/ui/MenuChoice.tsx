import { DefaultButton } from '@fluentui/react/lib/Button'
import { t } from '../i18n/t.ts'

interface MenuChoiceProps<Key extends string> {
  /** What is chosen: “Order”. */
  label: string
  options: { key: Key; text: string }[]
  chosen: Key
  className?: string | undefined
  onChoose: (key: Key) => void
}

/** One of a few, in a menu: where a drop-down would be too much to load. */
export function MenuChoice<Key extends string>({ label, options, chosen, className, onChoose }: MenuChoiceProps<Key>) {
  const text = options.find(({ key }) => key === chosen)?.text ?? ''
  return (
    <DefaultButton
      className={className}
      text={text}
      ariaLabel={t('{label}: {text}', { label, text })}
      menuProps={{
        ariaLabel: label,
        items: options.map((option) => ({
          ...option,
          canCheck: true,
          checked: option.key === chosen,
          onClick: () => onChoose(option.key),
        })),
      }}
    />
  )
}
