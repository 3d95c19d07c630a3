import type { WithheldRow } from '../../model/recommendation.ts'
import { containerText } from './container-text.ts'
import { plainText } from '../../model/plain-text.ts'

/** A row without numbers, and why: under a table, and as its whole explanation. */
export const withheldText = ({ row, container, reason }: WithheldRow): string =>
  `${row}: ${plainText(container.namespace, 63)} ${containerText(container)}: withheld: ${plainText(reason, 400)}`
