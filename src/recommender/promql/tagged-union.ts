import type { Sample } from '../../ports/usage-reader.ts'

const TAG = 'part'

/** Several vectors in one query: each row says under `part` which expression it comes from. */
export const taggedUnion = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts)
    .map(([name, promql]) => `label_replace(${promql}, "${TAG}", "${name}", "", "")`)
    .join(' or ')

export const partOf = (sample: Sample): string => sample.labels[TAG] ?? ''
