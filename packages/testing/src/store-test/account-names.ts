export const accountPassword = 'a password of a test’s'

/** The people whom a store on localhost has as development accounts, by their usernames. */
export const accountNames = {
  admin: 'Ada Admin',
  dana: 'Dana Developer',
  uri: 'Uri User',
  vera: 'Vera Visitor',
} as const
