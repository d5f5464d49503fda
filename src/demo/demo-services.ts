import type { ErrorType } from '../report/error-type.ts'

/** Where a demo service is used: shares of its reports by country. */
export type Reach =
  | 'world'
  | 'north-america'
  | 'europe'
  | 'asia'
  | 'US'
  | 'DE'
  | 'GB'
  | 'FR'
  | 'IN'
  | 'JP'
  | 'AU'
  | 'CA'
  | 'BR'

export interface DemoService {
  slug: string
  /** Reports on an ordinary day. */
  perDay: number
  reach: Reach
  /** How busy it is over the day: at work, or in the evening. */
  rhythm: 'work' | 'evening'
  leading: ErrorType
}

const service = (
  slug: string,
  perDay: number,
  reach: Reach,
  rhythm: DemoService['rhythm'],
  leading: ErrorType,
): DemoService => ({ slug, perDay, reach, rhythm, leading })

/** What the demo world uses; invented figures, real names. */
export const DEMO_SERVICES: readonly DemoService[] = [
  service('exchange-online', 420, 'world', 'work', 'login'),
  service('microsoft-teams', 380, 'world', 'work', 'connection'),
  service('outlook-com', 240, 'world', 'work', 'login'),
  service('sharepoint-online', 90, 'world', 'work', 'slow'),
  service('onedrive', 80, 'world', 'work', 'data'),
  service('gmail', 300, 'world', 'work', 'login'),
  service('google-drive', 110, 'world', 'work', 'slow'),
  service('google-meet', 70, 'world', 'work', 'connection'),
  service('slack', 120, 'north-america', 'work', 'connection'),
  service('zoom', 160, 'world', 'work', 'connection'),
  service('salesforce', 60, 'north-america', 'work', 'slow'),
  service('github', 90, 'world', 'work', 'unavailable'),
  service('gitlab', 30, 'world', 'work', 'unavailable'),
  service('npm', 20, 'world', 'work', 'timeout'),
  service('aws', 150, 'world', 'work', 'unavailable'),
  service('azure', 110, 'world', 'work', 'unavailable'),
  service('google-cloud', 60, 'world', 'work', 'unavailable'),
  service('cloudflare', 120, 'world', 'work', 'timeout'),
  service('stripe', 25, 'north-america', 'work', 'timeout'),
  service('shopify', 50, 'north-america', 'work', 'unavailable'),
  service('chatgpt', 420, 'world', 'work', 'slow'),
  service('claude', 120, 'world', 'work', 'slow'),
  service('whatsapp', 360, 'world', 'evening', 'connection'),
  service('telegram', 140, 'world', 'evening', 'connection'),
  service('signal', 40, 'world', 'evening', 'connection'),
  service('discord', 260, 'world', 'evening', 'connection'),
  service('instagram', 460, 'world', 'evening', 'feature'),
  service('facebook', 420, 'world', 'evening', 'login'),
  service('x', 260, 'world', 'evening', 'feature'),
  service('tiktok', 220, 'world', 'evening', 'feature'),
  service('snapchat', 160, 'world', 'evening', 'login'),
  service('reddit', 150, 'world', 'evening', 'unavailable'),
  service('youtube', 420, 'world', 'evening', 'slow'),
  service('netflix', 240, 'world', 'evening', 'slow'),
  service('disney-plus', 110, 'world', 'evening', 'slow'),
  service('prime-video', 130, 'world', 'evening', 'slow'),
  service('spotify', 180, 'world', 'evening', 'connection'),
  service('twitch', 120, 'world', 'evening', 'slow'),
  service('steam', 160, 'world', 'evening', 'login'),
  service('playstation-network', 190, 'world', 'evening', 'login'),
  service('xbox-network', 130, 'world', 'evening', 'login'),
  service('roblox', 170, 'world', 'evening', 'login'),
  service('paypal', 120, 'world', 'work', 'login'),
  service('verizon', 260, 'US', 'work', 'connection'),
  service('att', 240, 'US', 'work', 'connection'),
  service('xfinity', 320, 'US', 'evening', 'connection'),
  service('rogers', 110, 'CA', 'evening', 'connection'),
  service('virgin-media', 260, 'GB', 'evening', 'connection'),
  service('vodafone-germany', 220, 'DE', 'evening', 'connection'),
  service('telekom-germany', 240, 'DE', 'evening', 'connection'),
  service('orange-france', 160, 'FR', 'evening', 'connection'),
  service('jio', 200, 'IN', 'evening', 'connection'),
  service('telstra', 120, 'AU', 'evening', 'connection'),
  service('deutsche-bahn', 70, 'DE', 'work', 'data'),
]
