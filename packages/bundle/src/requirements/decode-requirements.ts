import { decodeText } from '../decode-text.ts'

/** The text of a requirements file; UTF-16 as PowerShell writes it is read too, as pip does. */
export function decodeRequirements(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return decodeText(bytes)
}
