/** For an answer to one caller, which nobody keeps. */
export const NO_STORE = { 'cache-control': 'no-store' }
