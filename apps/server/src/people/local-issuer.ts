/** Who vouches for people with an account of this store: not an address, since that may change. */
export const localIssuer = 'urn:wave-store:accounts'
