/** Who asks. */
export interface Actor {
  id: string
  /** What the identity provider calls the person. */
  subject: string
  name: string
  email: string
  isAdmin: boolean
}
