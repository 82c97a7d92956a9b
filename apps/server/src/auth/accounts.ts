/** Somebody who can sign in at the embedded identity provider. */
export interface Account {
  /** What the provider calls the person, for good. */
  subject: string
  name: string
  email: string
  isAdmin: boolean
}

/** For trying the store out; no password, so never where another machine can reach it. */
export const developmentAccounts: readonly Account[] = [
  { subject: 'admin', name: 'Ada Admin', email: 'admin@example.com', isAdmin: true },
  { subject: 'dana', name: 'Dana Developer', email: 'dana@example.com', isAdmin: false },
  { subject: 'uri', name: 'Uri User', email: 'uri@example.com', isAdmin: false },
]
