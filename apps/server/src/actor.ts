/** Who asks. */
export interface Actor {
  id: string
  /** What who vouches for the person calls them. */
  subject: string
  name: string
  email: string
  roles: readonly string[]
  isAdmin: boolean
  /** False: a visitor, who sees and runs what tags admit them to. */
  hasFullAccess: boolean
}

/** Null: nobody is signed in. */
export type Reader = Actor | null

/** Which roles make an administrator and a person with full access; null: everybody has it. */
export interface RoleRules {
  adminRole: string
  fullAccessRole: string | null
}

interface PersonFacts {
  id: string
  subject: string
  name: string
  email: string
  rolesJson: string
}

/** What a person is by the roles that they hold now. An administrator always has full access. */
export function actorFrom({ adminRole, fullAccessRole }: RoleRules, person: PersonFacts): Actor {
  const roles = JSON.parse(person.rolesJson) as string[]
  const isAdmin = roles.includes(adminRole)
  const hasFullAccess = isAdmin || fullAccessRole === null || roles.includes(fullAccessRole)
  const { id, subject, name, email } = person
  return { id, subject, name, email, roles, isAdmin, hasFullAccess }
}
