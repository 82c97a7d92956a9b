import { enterStoreTest } from '@wave-store/testing'
import { afterAll } from 'vitest'

afterAll(await enterStoreTest())
