/** One expression of a query, and the labels that the query gives to its rows. */
export interface Part {
  readonly expression: string
  readonly labels: Readonly<Record<string, string>>
}

const TAGGED = /^label_replace\((.*), "(\w+)", "(\w+)", "", ""\)$/s

/** The expressions of a union that names its parts by labels, whatever unions are in it; else the whole query. */
export function partsOfQuery(query: string, labels: Part['labels'] = {}): readonly Part[] {
  const terms = termsOf(query)
  return terms.flatMap((term) => {
    const [, inner, tag = '', name = ''] = TAGGED.exec(term) ?? []
    if (inner !== undefined) return partsOfQuery(inner, { [tag]: name, ...labels })
    return [{ expression: term, labels }]
  })
}

/** What stands between the `or` that are in no bracket. */
function termsOf(query: string): readonly string[] {
  const terms: string[] = []
  let [depth, begin] = [0, 0]
  for (let index = 0; index < query.length; index += 1) {
    if (query[index] === '(') depth += 1
    if (query[index] === ')') depth -= 1
    if (depth > 0 || !query.startsWith(' or ', index)) continue
    terms.push(query.slice(begin, index))
    begin = index + ' or '.length
  }
  return [...terms, query.slice(begin)]
}
