import { Checkbox } from '@fluentui/react/lib/Checkbox'
import { t } from '../../i18n/t.ts'
import styles from './SelectBox.module.css'
import type { Selection } from './use-selection.ts'

interface SelectBoxProps<T> {
  item: T
  name: string
  selection: Selection<T>
}

/** Chooses the thing of a row. */
export function SelectBox<T>({ item, name, selection }: SelectBoxProps<T>) {
  return (
    <Checkbox
      className={styles.box}
      ariaLabel={t('Select {name}', { name })}
      checked={selection.has(item)}
      onChange={(_, checked) => selection.set(item, checked === true)}
    />
  )
}
