import type { Messages } from './t.ts'

/** By its tag, such as `de` or `pt-BR`, the words of each language that the page speaks besides English. */
const files = import.meta.glob<Messages>('./languages/*.json', { import: 'default' })

/** Marks every text of the page, so that one that is not among those to be translated is seen. */
const pseudoLanguage = 'en-XA'
const choiceKey = 'wave-store:language'

export interface Language {
  tag: string
  messages: Messages
}

const english: Language = { tag: 'en', messages: {} }

/** The first language of the reader's that the page speaks. One whose words do not come is English. */
export async function readersLanguage(): Promise<Language> {
  const tags = wantedTags()
  if (tags[0] === pseudoLanguage) return { tag: 'en', messages: marked }
  for (const tag of tags) {
    if (tag.split('-')[0] === english.tag) return english
    const load = files[`./languages/${tag}.json`] ?? files[`./languages/${tag.split('-')[0]}.json`]
    if (load)
      return load().then(
        (messages) => ({ tag, messages }),
        () => english,
      )
  }
  return english
}

function wantedTags(): readonly string[] {
  if (typeof window === 'undefined') return []
  const chosen = localStorage.getItem(choiceKey)
  return chosen ? [chosen, ...navigator.languages] : navigator.languages
}

const marked: Messages = new Proxy({}, { get: (_, text) => `⟦${String(text)}⟧` })
