/** Who did something, as far as we can know. `client` is what an MCP client says of itself. */
export type Actor =
  | { readonly kind: 'agent'; readonly client: string; readonly osUser: string }
  | { readonly kind: 'person'; readonly osUser: string; readonly host: string }
  | { readonly kind: 'worker'; readonly pid: number; readonly osUser: string; readonly host: string }
