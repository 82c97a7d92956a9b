import { decodeText } from '../decode-text.ts'
import { crc32 } from './crc32.ts'

const utf8Flag = 0x800
const unicodePathField = 0x7075
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/**
 * The name of an entry as its maker meant it. Many tools write UTF-8 without saying so; what is not UTF-8 is read as
 * code page 437, the specification's default (section D.1 of APPNOTE.TXT).
 */
export function decodeEntryName(raw: Uint8Array, flags: number, extra: Uint8Array): string {
  if (flags & utf8Flag) return new TextDecoder().decode(raw)
  return unicodePath(raw, extra) ?? utf8(raw) ?? oemText(raw)
}

/** Without a byte order mark's special meaning: in a name it is a character like others. */
function utf8(raw: Uint8Array): string | undefined {
  return raw[0] === 0xef ? undefined : decodeText(raw)
}

/** Info-ZIP's extra field, valid while the plain name is the one that it was made for. */
function unicodePath(raw: Uint8Array, extra: Uint8Array): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength)
  for (let at = 0; at + 4 <= extra.length; ) {
    const size = view.getUint16(at + 2, true)
    const isUsable = view.getUint16(at, true) === unicodePathField && size > 5 && at + 4 + size <= extra.length
    if (isUsable && extra[at + 4] === 1 && view.getUint32(at + 5, true) === crc32(raw)) {
      return decodeText(extra.subarray(at + 9, at + 4 + size))
    }
    at += 4 + size
  }
  return undefined
}

function oemText(raw: Uint8Array): string {
  return Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : cp437[byte - 128])).join('')
}
