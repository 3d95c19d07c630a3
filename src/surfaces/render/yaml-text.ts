import { Document, isScalar, visit } from 'yaml'
import { UNSEEN } from './unseen.ts'

// YAML 1.1 (so: PyYAML) takes `1e-7` for text; a string of that form has quotation marks here.
const BARE_EXPONENT = /: (-?\d)(e[+-]\d+)$/gm

/** YAML that readers of 1.1 and 1.2 understand alike, without anchors, whose characters can all be seen. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, node) => {
      // Only between double quotation marks is an escape an escape.
      if (isScalar(node) && typeof node.value === 'string' && node.value.search(UNSEEN) >= 0) node.type = 'QUOTE_DOUBLE'
    },
  })
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity })
    .replace(UNSEEN, escaped)
    .replace(BARE_EXPONENT, ': $1.0$2')
}

const escaped = (character: string): string => {
  const point = character.codePointAt(0) ?? 0
  return point > 0xff_ff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`
}
