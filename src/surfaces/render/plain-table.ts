import Table from 'cli-table3'

/** Columns without lines: a heading, then a row each. Cells are plain text already. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[], colour: boolean): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', mid: '', 'left-mid': '', 'mid-mid': '' }
  const table = new Table({
    head: [...head],
    chars: {
      ...none,
      'right-mid': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      right: '',
      middle: '  ',
    },
    style: { head: colour ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const row of rows) table.push([...row])
  const lines = table.toString().split('\n')
  return lines.map((line) => line.trimEnd()).join('\n')
}
