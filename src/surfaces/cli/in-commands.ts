const COMMANDS: Readonly<Record<string, string>> = {
  scan_recommendations: 'scan',
  explain_recommendation: 'explain',
  preview_changes: 'preview',
  request_confirmation: 'approve',
  apply_recommendations: 'apply',
  rollback_changes: 'rollback',
  get_execution: 'watch',
  stop_execution: 'stop',
}
const TOOL = new RegExp(`\\b(${Object.keys(COMMANDS).join('|')})\\b`, 'g')

/** A sentence that names tools, as one that names commands: a person at a shell has no tools. */
export const inCommands = (text: string, command = 'krr-mcp'): string =>
  text.replace(TOOL, (tool) => `${command} ${COMMANDS[tool] ?? ''}`)
