/**
 * What is the same for two names that people take for one: case, compatibility forms (`ﬁ`, full-width letters) and
 * repeated blanks do not tell tags apart.
 */
export function tagNameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC').trim().replaceAll(/\s+/g, ' ')
}
