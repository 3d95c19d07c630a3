import type { Sample } from '../../ports/usage-reader.ts'

const TAG = 'part'

/** Several vectors in one query: each row says under the tag, `part`, which expression it comes from. */
export const taggedUnion = (parts: Readonly<Record<string, string>>, tag: string = TAG): string =>
  Object.entries(parts)
    .map(([name, promql]) => `label_replace(${promql}, "${tag}", "${name}", "", "")`)
    .join(' or ')

export const partOf = (sample: Sample): string => sample.labels[TAG] ?? ''
