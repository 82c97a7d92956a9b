import { enterStoreTest } from '@wave-store/testing'

await enterStoreTest()
