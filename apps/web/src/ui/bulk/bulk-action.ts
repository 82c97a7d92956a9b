import type { ReactNode } from 'react'

/** Something that can be done with several things of a list at once. */
export interface BulkAction<T> {
  /** A verb, on its button: “Terminate”. */
  label: string
  iconName: string
  /** What becomes of them. */
  what: string
  /** “3 instances …”, once it is done. */
  done: string
  /** Whether it is for this one. */
  concerns: (item: T) => boolean
  act: (item: T) => Promise<unknown>
  /** What else there is to say about one of them. */
  note?: (item: T) => string
  /** What has to be typed first, because something of theirs cannot be had back. */
  typeToConfirm?: (items: T[]) => string | undefined
  /** What is done can be taken back. */
  isReversible?: boolean
}

/** Something that needs to know more first: it is asked for, and the action that comes of it is confirmed as any other. */
export interface BulkQuestion<T> extends Pick<BulkAction<T>, 'label' | 'iconName' | 'concerns'> {
  ask: (props: { items: T[]; onAnswer: (action: BulkAction<T>) => void; onDismiss: () => void }) => ReactNode
}

/** Several actions behind one button. */
export interface BulkMenu<T> extends Pick<BulkAction<T>, 'label' | 'iconName'> {
  actions: BulkAction<T>[]
}

export type BulkChoice<T> = BulkAction<T> | BulkQuestion<T> | BulkMenu<T>
