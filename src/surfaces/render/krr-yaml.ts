import { Document, isScalar, visit } from 'yaml'
import type { Scan } from '../../model/recommendation.ts'
import { krrJson } from './krr-json.ts'

// A line break is part of the form; everything else of these could move a cursor or hide.
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

// YAML 1.1 (so: PyYAML) takes `1e-7` for text; a string of that form has quotation marks here.
const BARE_EXPONENT = /: (-?\d)(e[+-]\d+)$/gm

/** krr's `yaml`: the data of its JSON. Words that YAML 1.1 would read as something else are quoted; unseen characters are escapes. */
export function krrYaml(scan: Scan): string {
  const document = new Document(krrJson(scan), { compat: 'yaml-1.1', aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, node) => {
      // Only between double quotation marks is an escape an escape.
      if (isScalar(node) && typeof node.value === 'string' && node.value.search(UNSEEN) >= 0) node.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString({ lineWidth: 0 }).replace(UNSEEN, escaped).replace(BARE_EXPONENT, ': $1.0$2')
}

const escaped = (character: string): string => {
  const point = character.codePointAt(0) ?? 0
  return point > 0xff_ff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`
}
