import { ConfigError } from './config/config.ts'
import { readConfig } from './config/read-config.ts'
import { rotateKeyFile } from './secrets/open-key-ring.ts'

/** `npm run rotate-secrets-key`, with the settings that the store has; it may run meanwhile. */
try {
  const { dataDir, secrets } = readConfig(process.env, process.cwd())
  console.log(await rotate(dataDir, secrets.key !== null))
} catch (cause) {
  console.error(cause instanceof ConfigError ? cause.message : cause)
  process.exitCode = 1
}

async function rotate(dataDir: string, isConfigured: boolean): Promise<string> {
  if (isConfigured) {
    process.exitCode = 1
    return 'The key comes from WAVE_STORE_SECRETS_KEY. Put a new one there and the old one into WAVE_STORE_SECRETS_PREVIOUS_KEYS, then start the store again.'
  }
  if (await rotateKeyFile(dataDir))
    return 'A new key stands in front of the old one. Start the store again: it seals every secret with the new key and takes the old one out.'
  process.exitCode = 1
  return `${dataDir} holds no file secrets.key with a key in it: the first start of the store makes one.`
}
