/** As much of a HTML tree as is looked at. */
interface TreeNode {
  type: string
  tagName?: string
  children?: TreeNode[]
}

function headingsOf(node: TreeNode): TreeNode[] {
  const own = node.tagName && /^h[1-6]$/.test(node.tagName) ? [node] : []
  return [...own, ...(node.children ?? []).flatMap(headingsOf)]
}

const levelOf = (heading: TreeNode) => Number(heading.tagName?.slice(1))

/** A rehype plug-in: the highest heading of the text becomes an `h2`, below the page's own `h1`, the others follow it. */
export function shiftHeadings() {
  return (tree: TreeNode): void => {
    const headings = headingsOf(tree)
    const shift = 2 - Math.min(...headings.map(levelOf))
    for (const heading of headings) heading.tagName = `h${Math.min(6, levelOf(heading) + shift)}`
  }
}
