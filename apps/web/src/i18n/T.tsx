import { cloneElement, Fragment, isValidElement, type ReactNode } from 'react'
import { t, type Values } from './t.ts'

interface TProps {
  /** English, with `{names}` of values, and numbered parts: `See <0>its page</0> and <1/>.` */
  text: string
  values?: Values
  /** By number; one with words between its marks takes these for its children. */
  parts: Parts
}

type Parts = Record<number, ReactNode>

/** A sentence with links and the like in it, whose order is the language's own. */
export function T({ text, values, parts }: TProps) {
  return <>{laidOut(t(text, values), parts)}</>
}

const mark = /<(\d+)\/>|<(\d+)>(.*?)<\/\2>/gs

function laidOut(message: string, parts: Parts): ReactNode[] {
  const nodes: ReactNode[] = []
  let end = 0
  for (const match of message.matchAll(mark)) {
    const [whole, alone, around, words = ''] = match
    nodes.push(message.slice(end, match.index))
    const part = parts[Number(alone ?? around)]
    const filled =
      isValidElement(part) && around !== undefined ? cloneElement(part, {}, ...laidOut(words, parts)) : part
    nodes.push(<Fragment key={nodes.length}>{filled}</Fragment>)
    end = match.index + whole.length
  }
  return [...nodes, message.slice(end)]
}
