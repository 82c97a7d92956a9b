/** Who asks. */
export interface Actor {
  id: string
  name: string
  email: string
  isAdmin: boolean
}
