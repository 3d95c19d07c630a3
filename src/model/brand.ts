declare const brand: unique symbol

/** A primitive that carries its unit in its type, so that two of them cannot be mixed up. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
