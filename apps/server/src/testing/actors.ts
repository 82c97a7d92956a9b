import { type Actor, actorFrom } from '../actor.ts'

const rules = { adminRole: 'admin', fullAccessRole: 'full' }

/** Somebody with the roles; without `full` or `admin` a visitor. */
export function actorWith(id: string, ...roles: string[]): Actor {
  return actorFrom(rules, {
    id,
    subject: id,
    name: id,
    email: `${id}@example.com`,
    rolesJson: JSON.stringify(roles),
  })
}
