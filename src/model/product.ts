/** Of package.json (a test compares them): a bundle has no package.json beside it to read. */
export const PRODUCT_VERSION = '0.1.0'
