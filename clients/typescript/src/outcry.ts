export type * from './api.ts'
export { Outcry, OutcryError, type OutcryOptions } from './client.ts'
export type { StreamOptions } from './stream.ts'
export { verifyWebhook, WebhookVerificationError } from './verify-webhook.ts'
