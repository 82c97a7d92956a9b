/** The thing that something was done to. */
export interface AuditTarget {
  kind:
    | 'app'
    | 'instance'
    | 'tag'
    | 'account'
    | 'session'
    | 'token'
    | 'person'
    | 'alias'
    | 'environment'
    | 'constraints'
    | 'settings'
    | 'secret'
  id: string
  /** As people know it at that moment. */
  name: string
  /** Person whose thing it is, who is told what others do to it; null: nobody's in particular. */
  ownerId: string | null
}

/** What is recorded of one act. */
export interface AuditEntry {
  /** Null: nobody who was signed in. */
  actor: { id: string; name: string } | null
  /** How the actor came, such as `browser`. */
  via: string
  /** Address of the client; empty where there was none. */
  address: string
  /** The operation's id, or `session.sign-in` and the like. */
  action: string
  target: AuditTarget | null
  /** `done`, or the code of the error. */
  outcome: string
  /** What was asked for, such as `visibility: ALL_USERS`; never a secret, a password or a token. */
  detail: string
}

const maxDetail = 300

/** Fields of a body that hold no secret, for the detail of an event. */
export function fields(body: object): string {
  return Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') || 'none' : String(value)}`)
    .join(', ')
}

/** Cut to what a row is meant to hold, and in one line. */
export function inOneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.length > maxDetail ? `${line.slice(0, maxDetail - 1)}…` : line
}
