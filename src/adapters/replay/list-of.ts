import * as z from 'zod'

/**
 * A list that is given up at its first wrong item: zod's own collects an issue for every item, and a small file can have
 * millions of them.
 */
export const listOf = <Item>(item: z.ZodType<Item>): z.ZodType<readonly Item[]> =>
  z.codec(z.custom<readonly unknown[]>(Array.isArray), z.custom<readonly Item[]>(Array.isArray), {
    decode: (items, context) => each(items, context, (one) => z.safeDecode(item, one)),
    encode: (items, context) => each<Item, unknown>(items, context, (one) => z.safeEncode(item, one)),
  })

type Converted<To> = { success: true; data: To } | { success: false; error: z.ZodError }

function each<From, To>(
  items: readonly From[],
  context: z.core.ParsePayload,
  convert: (item: From) => Converted<To>,
): readonly To[] {
  const converted: To[] = []
  for (const [index, item] of items.entries()) {
    const one = convert(item)
    if (!one.success) {
      const [issue] = one.error.issues
      const path = [index, ...(issue?.path ?? [])]
      context.issues.push({ code: 'custom', input: undefined, path, message: issue?.message ?? 'wrong' })
      return z.NEVER
    }
    converted.push(one.data)
  }
  return converted
}
