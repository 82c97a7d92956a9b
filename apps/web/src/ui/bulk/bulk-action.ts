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
