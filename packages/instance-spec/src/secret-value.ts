import type { SecretValue } from '@wave-store/contract'

export function bytesOf(value: SecretValue): Buffer {
  return 'text' in value ? Buffer.from(value.text, 'utf8') : Buffer.from(value.base64, 'base64')
}
