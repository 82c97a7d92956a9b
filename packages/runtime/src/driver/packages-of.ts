export interface Package {
  name: string
  version: string
}

const mostPackages = 5000
const distribution = /^([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)==([A-Za-z0-9.!+_-]{1,100})$/

/** What a build says that it has installed, `name==version` each; a build is not trusted to speak well. */
export function packagesOf(claimed: unknown): Package[] {
  if (!Array.isArray(claimed)) return []
  return claimed.slice(0, mostPackages).flatMap((each) => {
    const match = typeof each === 'string' ? distribution.exec(each) : null
    return match ? [{ name: match[1]!, version: match[2]! }] : []
  })
}
