import { createClient } from '@wave-store/client'

export const client = createClient()
