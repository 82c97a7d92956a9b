import type { ReactNode } from 'react'
import { Link } from 'react-router'
import table from '../table.module.css'
import { SelectBox } from './SelectBox.tsx'
import type { Selection } from './use-selection.ts'

interface ChoiceCellProps<T> {
  item: T
  /** What it is chosen as: “Hello 1.0.0”. */
  name: string
  selection: Selection<T>
  icon?: ReactNode
  /** Where the row leads. */
  to: string
  title: string
  /** Under the title. */
  small: string
}

/** The first cell of a row that leads somewhere and can be chosen. */
export function ChoiceCell<T>({ item, name, selection, icon, to, title, small }: ChoiceCellProps<T>) {
  return (
    <td>
      <div className={table.app}>
        <SelectBox item={item} name={name} selection={selection} />
        {icon}
        <div className={table.words}>
          <Link to={to} className={table.rowLink} dir="auto">
            {title}
          </Link>
          <span className={table.small}>{small}</span>
        </div>
      </div>
    </td>
  )
}
