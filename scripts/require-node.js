// `npm ci --ignore-scripts` leaves out the pinned Node, and vitest then dies on an old one with an obscure stack.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`The tests need Node 22.19 or newer, and npm scripts run on ${process.version}. Run: npm rebuild node`)
  process.exit(1)
}
